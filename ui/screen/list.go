package screen

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/widget"
)

// cachedRows is how many recordings a list keeps at hand; of the rest it has only the ids.
const cachedRows = 2000

// List is a list of recordings in some order. It knows the id of each, which tells the time,
// and reads the rest of a recording only where it is seen. It is a plain struct: what has to be
// read is told by missing and comes back through fill.
type List struct {
	IDs    []int64
	order  store.Sorting
	Cursor int         // index of IDs
	moved  bool        // by the user; until then the cursor stays on the first
	top    int         // index of the first one shown
	rested int         // top as it was before the screen became smaller or larger
	area   common.Rect // of it on the screen, without height if it is not seen
	height int         // rows that it has there
	zone   *time.Location

	marked map[int64]bool // by hand; lists share it. nil if nothing can be marked
	anchor int64          // where a range of marks began, 0 if none is open
	State  store.State    // of its recordings

	rows  map[int64]store.Recording
	stale map[int64]store.Recording // read before the last change, shown until read again
	asked map[int64]bool            // being read
}

func newList(zone *time.Location) List {
	return List{State: store.Live, zone: zone, rows: map[int64]store.Recording{}, asked: map[int64]bool{}}
}

// setIDs shows other recordings. The cursor stays on its recording, which stays in its row of the screen; if it is not
// among them, the cursor goes where it would be, and stayed is false. Until the user moved the cursor it is on the
// first one.
func (l *List) setIDs(ids []int64) (stayed bool) {
	at, had := l.Current()
	l.IDs = ids
	switch {
	case !l.moved:
		l.Cursor, l.top, stayed = 0, 0, true
	case had:
		was := l.Cursor
		l.Cursor, stayed = l.place(at)
		if l.top > 0 { // else what comes before the first one is to be seen
			l.top += l.Cursor - was
		}
	}
	l.moveTo(l.Cursor)
	return stayed
}

// place is the index of an id; if it is not listed, where it would be, or where the cursor is if
// ids do not tell that.
func (l *List) place(id int64) (index int, found bool) {
	switch l.order {
	case store.Newest:
		return slices.BinarySearchFunc(l.IDs, id, descending)
	case store.Oldest:
		return slices.BinarySearch(l.IDs, id)
	}
	if index = slices.Index(l.IDs, id); index < 0 {
		return l.Cursor, false
	}
	return index, true
}

// hold keeps the cursor where it is, if an action is for what it is on.
func (l *List) hold(what keys.Action) {
	l.moved = l.moved || l.Shown() && needs(what) != nothing
}

// Shown reports whether the list is on the screen.
func (l *List) Shown() bool { return l.area.H > 0 }

// Load reads the recordings that come into sight.
func (l *List) Load(c *common.Common) tea.Cmd {
	ids := l.missing()
	if len(ids) == 0 {
		return nil
	}
	return common.Read(c, func(ctx context.Context) ([]store.Recording, error) { return c.DB.Recordings(ctx, ids) },
		func(rows []store.Recording) common.Action {
			l.fill(ids, rows)
			return nil
		})
}

// Next is the recording after the one at the cursor, if it was read already.
func (l *List) Next() (store.Recording, bool) {
	if l.Cursor+1 >= len(l.IDs) {
		return store.Recording{}, false
	}
	return l.row(l.IDs[l.Cursor+1])
}

// Seen is the ids of the recordings that are on the screen.
func (l *List) Seen() map[int64]bool {
	seen := map[int64]bool{}
	for _, index := range l.lines() {
		if index != heading {
			seen[l.IDs[index]] = true
		}
	}
	return seen
}

// forget has everything read anew, since it may have changed.
func (l *List) forget() {
	l.stale, l.rows = l.rows, map[int64]store.Recording{}
	clear(l.asked)
}

// row is a recording as far as it was read.
func (l *List) row(id int64) (store.Recording, bool) {
	r, ok := l.rows[id]
	if !ok {
		r, ok = l.stale[id]
	}
	return r, ok
}

// fill takes recordings that were read.
func (l *List) fill(asked []int64, read []store.Recording) {
	if len(l.rows)+len(read) > cachedRows {
		near := map[int64]store.Recording{}
		for _, id := range l.around(l.height) {
			if r, known := l.rows[id]; known {
				near[id] = r
			}
		}
		l.rows = near
	}
	for _, id := range asked {
		delete(l.asked, id)
	}
	for _, r := range read {
		l.rows[r.ID] = r
	}
}

// missing returns the ids that are seen, or soon will be, but not read yet, and takes them as
// asked for. A screen is asked for at a time, and not each row as it comes near.
func (l *List) missing() []int64 {
	unread := func(id int64) bool {
		_, known := l.rows[id]
		return !known && !l.asked[id]
	}
	if !slices.ContainsFunc(l.around(l.height/2), unread) {
		return nil
	}
	var ids []int64
	for _, id := range l.around(l.height) {
		if unread(id) {
			ids = append(ids, id)
			l.asked[id] = true
		}
	}
	return ids
}

// around is the ids that are seen, and so many before and after them.
func (l *List) around(margin int) []int64 {
	from, to := max(0, l.top-margin), min(len(l.IDs), l.top+l.height+margin)
	return l.IDs[min(from, to):to]
}

// Current is the id at the cursor.
func (l *List) Current() (int64, bool) {
	if l.Cursor < 0 || l.Cursor >= len(l.IDs) {
		return 0, false
	}
	return l.IDs[l.Cursor], true
}

// GoTo puts the cursor on a recording, if it is listed.
func (l *List) GoTo(id int64) {
	if at, found := l.place(id); found {
		l.moved = true
		l.moveTo(at)
	}
}

// Selected is the recording at the cursor, if it was read already.
func (l *List) Selected() (store.Recording, bool) {
	id, ok := l.Current()
	if !ok {
		return store.Recording{}, false
	}
	return l.row(id)
}

// move does what a movement key asks for and reports whether it was one.
func (l *List) move(a keys.Action) bool {
	to, is := widget.Moved(l.Cursor, a, len(l.IDs), l.height/2, l.height-1)
	if is {
		l.moveTo(to)
		l.moved = a != keys.ToTop
	}
	return is
}

// resize gives the list another place on the screen. With as many rows as before it shows what it showed.
func (l *List) resize(to common.Rect) {
	l.area, l.height = to, max(1, to.H)
	rested := l.rested
	l.top = rested
	l.moveTo(l.Cursor)
	l.rested = rested
}

// moveTo puts the cursor at an index, as near as there is one, and scrolls as little as shows it.
func (l *List) moveTo(index int) {
	l.Cursor = max(0, min(index, len(l.IDs)-1))
	if l.Cursor < l.top {
		l.top = l.Cursor
	}
	// The first one from which the cursor still fits on the screen, days' headings included.
	first, used := l.Cursor, 1
	if l.headed() {
		used = 2
	}
	for first > 0 {
		needed := 1
		if l.headed() && l.day(first-1) != l.day(first) {
			needed = 2 // a heading comes between
		}
		if used+needed > l.height {
			break
		}
		used += needed
		first--
	}
	l.top = max(0, min(max(l.top, first), len(l.IDs)-1))
	l.rested = l.top
}

// scroll moves what is seen by rows, the cursor only as far as it has to.
func (l *List) scroll(rows int) {
	l.moved = true
	l.top = max(0, min(l.top+rows, len(l.IDs)-1))
	bottom := l.top
	for i, line := range l.lines() {
		if i < l.height && line >= 0 {
			bottom = line
		}
	}
	l.Cursor = max(l.top, min(l.Cursor, bottom))
	l.moveTo(l.Cursor)
}

// wheel scrolls the list if it is at a place on the screen, and reports whether it is.
func (l *List) wheel(x, y, by int) bool {
	under := l.area.Contains(x, y)
	if under {
		l.scroll(3 * by)
	}
	return under
}

// press chooses the recording at a place on the screen. Where recordings can be marked, those that it is dragged over
// are a range, which is marked at the end.
func (l *List) press(x, y int) Press {
	index, ok := l.at(y - l.area.Y)
	if !ok || !l.area.Contains(x, y) {
		return Press{}
	}
	p := Press{Again: index == l.Cursor, Open: keys.PlayPause}
	l.moved = true
	l.moveTo(index)
	if l.marked == nil {
		return p
	}
	id := l.IDs[index]
	p.Drag = func(_, y int) bool {
		to, ok := l.at(y - l.area.Y)
		switch {
		case y < l.area.Y:
			to, ok = l.Cursor-1, true
		case y >= l.area.Y+l.area.H:
			to, ok = l.Cursor+1, true
		}
		if !ok || to == l.Cursor {
			return false
		}
		l.anchor = id
		l.moveTo(to)
		return true
	}
	p.Drop = func() common.Action {
		if l.anchor != id {
			return nil
		}
		return l.markRange()
	}
	return p
}

// headed reports whether days have headings, which makes no sense unless they follow each other.
func (l *List) headed() bool { return l.order != store.Longest }

// day is the local day of a recording.
func (l *List) day(index int) store.Day { return store.DayOf(store.IDTime(l.IDs[index]), l.zone) }

// heading stands for a day's heading among lines.
const heading = -1

// lines says what each row of the screen shows: the index of a recording, or heading for the
// day of the one below.
func (l *List) lines() []int {
	var lines []int
	for i := l.top; i < len(l.IDs) && len(lines) < l.height; i++ {
		if l.headed() && (i == l.top || l.day(i) != l.day(i-1)) {
			lines = append(lines, heading)
		}
		lines = append(lines, i)
	}
	return lines[:min(len(lines), l.height)]
}

// at returns the index shown in a row of the screen.
func (l *List) at(row int) (int, bool) {
	lines := l.lines()
	if row < 0 || row >= len(lines) || lines[row] == heading {
		return 0, false
	}
	return lines[row], true
}

// descending orders ids from the newest to the oldest.
func descending(a, b int64) int { return cmp.Compare(b, a) }
