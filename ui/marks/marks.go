package marks

import (
	"context"
	"maps"
	"time"

	"unsaid/store"
)

// Set is the marks of a sitting. The mark of a recording that was deleted sleeps: when an undo brings the
// recording back, it is marked again.
type Set struct {
	On     map[int64]bool // on recordings that were in the library when that was looked at last
	asleep map[int64]bool
}

// NewSet returns a set without marks.
func NewSet() Set { return Set{On: map[int64]bool{}, asleep: map[int64]bool{}} }

// All returns a copy of all marks, those that sleep, too.
func (s *Set) All() map[int64]bool {
	all := maps.Clone(s.On)
	maps.Copy(all, s.asleep)
	return all
}

// Here returns which of some recordings are in the library now.
func Here(ctx context.Context, db *store.DB, ids map[int64]bool) ([]int64, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query, err := store.ParseQuery("is:marked", time.Time{})
	if err != nil {
		return nil, err
	}
	query.Marked = ids
	return db.IDs(ctx, query)
}

// Settle puts marks to sleep whose recordings are gone, wakes those whose recordings are back, and reports
// whether there were any. asked is what Here was asked for, here what it returned. A mark that was taken off
// since stays off.
func (s *Set) Settle(asked map[int64]bool, here []int64) (changed bool) {
	there := make(map[int64]bool, len(here))
	for _, id := range here {
		there[id] = true
	}
	for id := range asked {
		from, to := s.On, s.asleep
		if there[id] {
			from, to = to, from
		}
		if from[id] {
			delete(from, id)
			to[id], changed = true, true
		}
	}
	return changed
}
