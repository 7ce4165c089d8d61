package screen

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

// Whatever the order, no recording is nearer than the one that is gone to, nor as near before it.
func TestNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := someIDs(t)
		if rapid.Bool().Draw(t, "oldest first") {
			slices.Reverse(ids)
		}
		from := time.Date(2025, 3, rapid.IntRange(-10, 20).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		to := from.AddDate(0, 0, rapid.IntRange(1, 5).Draw(t, "days"))
		away := func(id int64) time.Duration {
			when := store.IDTime(id)
			switch {
			case when.Before(from):
				return from.Sub(when)
			case when.Before(to):
				return 0
			}
			return when.Sub(to) + time.Millisecond
		}
		index, ok := nearest(ids, from, to)
		for i, id := range ids {
			switch known := store.IDTime(id).UnixMilli() != 0; {
			case !known:
			case !ok:
				t.Fatal("nothing is near")
			case away(id) < away(ids[index]) || i < index && away(id) == away(ids[index]):
				t.Fatalf("%d is nearer than %d", i, index)
			}
		}
	})
}
