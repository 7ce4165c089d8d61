package screen

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// someIDs draws ids as a search finds them, newest first, several on a day, some of unknown time.
func someIDs(t *rapid.T) []int64 {
	start := time.Date(2025, 3, 1, 22, 0, 0, 0, time.UTC)
	hours := rapid.SliceOfNDistinct(rapid.IntRange(-200, 200), 0, 60, rapid.ID[int]).Draw(t, "hours")
	var ids []int64
	for i, h := range hours {
		when := start.Add(time.Duration(h) * time.Hour)
		if i%17 == 16 {
			when = time.UnixMilli(0)
		}
		ids = append(ids, store.MakeID(when, uint32(i+1)))
	}
	slices.SortFunc(ids, descending)
	return ids
}

// modelOfList is the list as simple as it can be said: ids and where the cursor is.
type modelOfList struct {
	ids    []int64
	cursor int
	moved  bool
	height int
}

func (m *modelOfList) move(by int) { m.cursor = max(0, min(m.cursor+by, len(m.ids)-1)) }

func (m *modelOfList) setIDs(ids []int64) {
	if len(m.ids) > 0 && m.moved {
		at := m.ids[m.cursor]
		m.cursor = 0
		for _, id := range ids {
			if id > at {
				m.cursor++
			}
		}
	}
	m.ids = ids
	m.move(0)
}

func TestListIsItsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, m := newList(time.UTC), &modelOfList{height: 10}
		l.resize(common.Rect{H: m.height})
		check := func() {
			if l.Cursor != m.cursor {
				t.Fatalf("the cursor is at %d of %d, want %d", l.Cursor, len(m.ids), m.cursor)
			}
			checkLines(t, &l)
		}
		moves := map[string]func() (keys.Action, int){
			"down": func() (keys.Action, int) { return keys.MoveDown, 1 }, "up": func() (keys.Action, int) { return keys.MoveUp, -1 },
			"page down": func() (keys.Action, int) { return keys.PageDown, m.height - 1 }, "page up": func() (keys.Action, int) { return keys.PageUp, 1 - m.height },
			"half down": func() (keys.Action, int) { return keys.HalfDown, m.height / 2 }, "half up": func() (keys.Action, int) { return keys.HalfUp, -(m.height / 2) },
			"top": func() (keys.Action, int) { return keys.ToTop, -len(m.ids) }, "bottom": func() (keys.Action, int) { return keys.ToBottom, len(m.ids) },
		}
		actions := map[string]func(*rapid.T){
			"": func(*rapid.T) { check() },
			"search": func(t *rapid.T) {
				ids := someIDs(t)
				l.setIDs(ids)
				m.setIDs(ids)
			},
			"narrow": func(t *rapid.T) {
				keep := rapid.IntRange(1, 5).Draw(t, "keep")
				ids := slices.DeleteFunc(slices.Clone(m.ids), func(id int64) bool { return int(id)%5 >= keep })
				l.setIDs(ids)
				m.setIDs(ids)
			},
			"resize": func(t *rapid.T) {
				m.height = rapid.IntRange(2, 40).Draw(t, "height")
				l.resize(common.Rect{H: m.height})
			},
			"wheel": func(t *rapid.T) {
				l.scroll(rapid.SampledFrom([]int{-3, 3}).Draw(t, "rows"))
				m.cursor, m.moved = l.Cursor, true // wherever it is, it is seen
			},
		}
		for name, move := range moves {
			actions[name] = func(t *rapid.T) {
				what, by := move()
				before := l.lines()
				top := l.top
				if !l.move(what) {
					t.Fatal("not a movement")
				}
				m.move(by)
				m.moved = what != keys.ToTop
				if slices.Contains(before, l.Cursor) && l.top != top {
					t.Fatalf("scrolled from %d to %d, though %d was seen already", top, l.top, l.Cursor)
				}
			}
		}
		t.Repeat(actions)
	})
}

// checkLines fails unless the cursor is seen, and every day among what is seen has its heading.
func checkLines(t *rapid.T, l *List) {
	lines := l.lines()
	if len(lines) > l.height {
		t.Fatalf("%d lines on %d rows", len(lines), l.height)
	}
	if len(l.IDs) > 0 && !slices.Contains(lines, l.Cursor) {
		t.Fatalf("the cursor, at %d, is not among %v of %d rows", l.Cursor, lines, l.height)
	}
	next := l.top
	for i, line := range lines {
		index, found := l.at(i)
		if found != (line != heading) || found && index != line {
			t.Fatalf("row %d is %d, but a click there finds %d, %v", i, line, index, found)
		}
		if line == heading {
			continue
		}
		if line != next {
			t.Fatalf("%d follows %d in %v", line, next-1, lines)
		}
		newDay := line == l.top || l.day(line) != l.day(line-1)
		if hasHeading := i > 0 && lines[i-1] == heading; hasHeading != newDay {
			t.Fatalf("heading before %d: %v, want %v", line, hasHeading, newDay)
		}
		next++
	}
	if _, found := l.at(len(lines)); found {
		t.Fatal("something is below the last row")
	}
}

// Whatever is seen is asked for, once, and never more than three screens of it.
func TestListAsksForWhatIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newList(time.UTC)
		l.resize(common.Rect{H: rapid.IntRange(2, 20).Draw(t, "height")})
		l.setIDs(someIDs(t))
		for range 20 {
			l.moveTo(rapid.IntRange(0, 80).Draw(t, "to"))
			asked := l.missing()
			if len(asked) > 3*l.height {
				t.Fatalf("asks for %d recordings on %d rows", len(asked), l.height)
			}
			if again := l.missing(); len(again) > 0 {
				t.Fatalf("asks twice for %v", again)
			}
			for _, line := range l.lines() {
				_, read := l.row(l.IDs[max(0, line)])
				if line != heading && !read && !l.asked[l.IDs[line]] {
					t.Fatalf("%d is seen, but not asked for", line)
				}
			}
			if rapid.Bool().Draw(t, "answered") {
				var rows []store.Recording
				for _, id := range asked {
					rows = append(rows, store.Recording{ID: id})
				}
				l.fill(asked, rows)
			}
		}
	})
}
