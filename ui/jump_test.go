package ui

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

func TestPeriods(t *testing.T) {
	today, newest := date{2025, 4, 1}, date{2025, 3, 20} // a Tuesday, and what the list has
	for text, want := range map[string][2]date{
		"2024-05-03":    {{2024, 5, 3}, {2024, 5, 4}},
		" 3  May 2024 ": {{2024, 5, 3}, {2024, 5, 4}},
		"may 3, 2024":   {{2024, 5, 3}, {2024, 5, 4}},
		"3.5.2024":      {{2024, 5, 3}, {2024, 5, 4}},
		"2024-05":       {{2024, 5, 1}, {2024, 6, 1}},
		"may 2024":      {{2024, 5, 1}, {2024, 6, 1}},
		"2024":          {{2024, 1, 1}, {2025, 1, 1}},
		"today":         {{2025, 4, 1}, {2025, 4, 2}},
		"Yesterday":     {{2025, 3, 31}, {2025, 4, 1}},
		"monday":        {{2025, 3, 31}, {2025, 4, 1}},
		"tue":           {{2025, 3, 25}, {2025, 3, 26}},
		"3 may":         {{2024, 5, 3}, {2024, 5, 4}},
		"1 april":       {{2024, 4, 1}, {2024, 4, 2}},
		"20 mar":        {{2025, 3, 20}, {2025, 3, 21}},
		"march":         {{2025, 3, 1}, {2025, 4, 1}},
		"29 feb":        {{2024, 2, 29}, {2024, 3, 1}},
		"december":      {{2024, 12, 1}, {2025, 1, 1}},
		"dec 31":        {{2024, 12, 31}, {2025, 1, 1}},
		"february":      {{2025, 2, 1}, {2025, 3, 1}},
	} {
		from, to, ok := period(text, today, newest)
		if !ok || from != want[0] || to != want[1] {
			t.Errorf("%q is %s to %s, %v", text, from, to, ok)
		}
	}
	for _, text := range []string{"", "soon", "2024-13", "30 feb", "1812", "99999", "5", "may 40"} {
		if from, to, ok := period(text, today, newest); ok {
			t.Errorf("%q is %s to %s", text, from, to)
		}
	}
}

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

func FuzzPeriod(f *testing.F) {
	for _, seed := range []string{"2024-05-03", "may 2024", "3 may", "29 feb", "sun", "0000", "2200-12-31"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if from, to, ok := period(text, date{2025, 4, 1}, date{2024, 2, 29}); ok && !from.noon().Before(to.noon()) {
			t.Fatalf("%q is %s to %s", text, from, to)
		}
	})
}
