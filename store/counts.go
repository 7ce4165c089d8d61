package store

import (
	"context"
	"encoding/json"
)

// seen is what an import has counted of a recording: the best that became of it, and all that came with it.
type seen struct {
	outcome     putOutcome
	heard, said bool // whether it came with a sound, with words
}

// count counts what an entry was found to be: each recording of an import once, however many of its lists have it. What is
// in doubt was found to be none, so each of it counts.
func (w *writer) count(e *entry, outcome putOutcome) {
	now := seen{outcome, e.Audio != nil, e.Transcript != ""}
	if outcome != putAdded && e.found != nil {
		was := e.was
		if e.found.from != w.im.id {
			was = w.im.seen.get(e.found.id)
		}
		if was != (seen{}) {
			w.counts.add(was, -1)
			now = seen{min(was.outcome, outcome), was.heard || now.heard, was.said || now.said}
		}
		if e.found.from != w.im.id {
			w.im.seen.set(e.found.id, now)
		}
	}
	w.counts.add(now, 1)
}

// add adds n recordings of which the same was counted.
func (c *ImportCounts) add(what seen, n int) {
	switch what.outcome {
	case putAdded:
		c.Added += n
	case putCompleted:
		c.Completed += n
	case putKnown:
		c.Known += n
	case putTombstoned:
		c.Tombstoned += n
	case putDoubtful:
		c.Doubtful += n
	}
	switch {
	case !what.heard:
		c.WithoutAudio += n
	case !what.said:
		c.AudioWithoutText += n
	}
}

// writeCounts writes what the import has to show so far.
func (w *writer) writeCounts(ctx context.Context) error {
	for at := range w.covered {
		if !at.device.none && !w.im.recorded.get(at.device.id) {
			w.im.recorded.set(at.device.id, true)
			w.counts.Devices++
		}
	}
	counts, err := json.Marshal(w.counts)
	if err != nil {
		return err
	}
	sources, err := json.Marshal(append([]string{}, w.im.sources...))
	if err != nil {
		return err
	}
	_, err = w.tx.ExecContext(ctx, `UPDATE imports SET counts = ?, sources = ? WHERE id = ?`, string(counts), string(sources), w.im.id)
	return err
}
