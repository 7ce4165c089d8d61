package store

import (
	"context"
	"slices"
)

// A table without identifiers cannot tell two recordings of one device with the same words if it gives both the same
// time, as one does that cuts the seconds off. Where it has fewer of them than the library, each may be the one that it
// lacks, so the others prove nothing.

// sightTwins notes that the list at hand has the recording that an entry was found to be, or one of those that it may be
// as well. Which is not known until the list had as many entries.
func (w *recordingWriter) sightTwins(ctx context.Context, e *entry, known recognized) error {
	twins, err := w.twins(ctx, e, known.id)
	if err != nil {
		return err
	}
	claimed := 1 // by the entry
	for _, id := range twins {
		if _, taken := w.matched.by(id); taken {
			claimed++
		}
	}
	matched := known.matched
	if claimed <= len(twins) {
		matched = MatchedUnsurely
	}
	for _, id := range append(twins, known.id) {
		if err := w.sight(ctx, id, matched); err != nil {
			return err
		}
	}
	return nil
}

// twins returns the recordings that an entry may be as well as the one that it was found to be, if a request is about any of them.
func (w *recordingWriter) twins(ctx context.Context, e *entry, id int64) ([]int64, error) {
	if !w.asked || e.Identifier() != "" || !e.timeProves() {
		return nil, nil
	}
	span, cut := spansAround(e.millis)
	if e.millis%minuteMillis == 0 || id < span.from || id > span.to {
		span = idSpan{min(cut.from, span.from), max(cut.to, span.to)}
	}
	var asked bool
	err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM request_items WHERE recording_id BETWEEN ? AND ?)`, span.from, span.to).Scan(&asked)
	if err != nil || !asked {
		return nil, err
	}
	near, err := w.readNeighbours(ctx, span, e.device.account)
	if err != nil {
		return nil, err
	}
	twins, err := w.doubts(ctx, e, &claims{})
	for i := range near {
		n := &near[i]
		if like := n.likeness(e); n.id != id && (like == likeWords || like == likeElsewhere || like == likeDevice && n.unintended == e.Unintended) {
			twins = append(twins, n.id)
		}
	}
	return slices.DeleteFunc(twins, func(twin int64) bool { return twin == id }), err
}
