package store

import (
	"context"
	"slices"
)

// Of two exports, one may know the time of a recording better: the history has it to the millisecond, a table cuts it to
// the second, a file's name has that of the file. The better one counts, whichever came first. The id of a recording is
// its time, so it changes with it, unless the user has done something with the recording: then it stays.

// moved is a recording with another time.
type moved struct{ from, to int64 }

// better reports whether the time of an entry is better than that of a recording.
func (e *entry) better(k *known) bool {
	ranks := []TimeFrom{TimeExact, TimeIdentifier, TimeName, TimeModified, TimeUnknown}
	mine, its := slices.Index(ranks, e.TimeFrom), slices.Index(ranks, k.timeFrom)
	if e.millis == 0 || mine != its || e.TimeFrom != TimeExact {
		return e.millis != 0 && mine < its
	}
	was := k.id >> idBits
	for _, unit := range []int64{secondMillis, minuteMillis} {
		if was%unit == 0 && e.millis%unit != 0 && e.millis-e.millis%unit == was {
			return true
		}
	}
	return false
}

// move plans to give a recording the time of an entry, and an id of that.
func (w *writer) move(ctx context.Context, k *known, e *entry) error {
	id, err := w.freeID(ctx, e.id)
	if err != nil {
		return err
	}
	for i := range w.keys {
		if w.keys[i].id == k.id {
			w.keys[i].id = id
		}
	}
	if !slices.Contains(w.added, k) {
		w.moved = append(w.moved, moved{k.id, id})
	}
	delete(w.byID, k.id)
	k.id, k.timeFrom = id, e.TimeFrom
	w.view.add(k)
	w.changed[k] = true
	return nil
}

// writeMoved gives recordings their other ids, before anything else is written of them.
func (w *writer) writeMoved(ctx context.Context) error {
	if len(w.moved) > 0 && !w.indexDirty {
		if err := markIndexDirty(ctx, w.tx); err != nil {
			return err
		}
		w.indexDirty = true
	}
	for _, m := range w.moved {
		if err := w.changeIndex(ctx, `INSERT INTO words (words, rowid, transcript, reply) SELECT 'delete', id, transcript, reply`, []int64{m.from}); err != nil {
			return err
		}
		for _, text := range []string{
			`UPDATE recordings SET id = ?2 WHERE id = ?1`,
			`UPDATE recording_keys SET recording_id = ?2 WHERE recording_id = ?1`,
			`UPDATE import_members SET recording_id = ?2 WHERE recording_id = ?1`,
			`UPDATE lookalikes SET other_id = ?2 WHERE other_id = ?1`,
			`UPDATE lookalike_answers SET other_id = ?2 WHERE other_id = ?1`,
			`UPDATE list_coverage SET first_id = min(?2, last_id) WHERE first_id = ?1`,
			`UPDATE list_coverage SET last_id = max(?2, first_id) WHERE last_id = ?1`,
		} {
			if _, err := w.tx.ExecContext(ctx, text, m.from, m.to); err != nil {
				return err
			}
		}
		if err := w.changeIndex(ctx, `INSERT INTO words (rowid, transcript, reply) SELECT id, transcript, reply`, []int64{m.to}); err != nil {
			return err
		}
	}
	w.moved = nil
	return nil
}
