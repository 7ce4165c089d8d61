package widget

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/keys"
	"unsaid/ui/style"
	"unsaid/ui/text"
)

// Table is a list of few things with a cursor, of which all are at hand.
type Table struct {
	Cursor  int
	clicked [2]int // the row of the screen that was clicked last, and what that has chosen
}

// Move does what a movement key asks for among n rows and reports whether it was one.
func (t *Table) Move(what keys.Action, n, page int) bool {
	to, is := Moved(t.Cursor, what, n, page, page)
	t.Cursor = to
	t.Keep(n)
	return is
}

// Moved is where a movement key leads from a row, among n rows or beyond them, and whether it is one.
func Moved(from int, what keys.Action, n, half, page int) (to int, is bool) {
	switch what {
	case keys.MoveDown:
		return from + 1, true
	case keys.MoveUp:
		return from - 1, true
	case keys.HalfDown:
		return from + half, true
	case keys.HalfUp:
		return from - half, true
	case keys.PageDown:
		return from + page, true
	case keys.PageUp:
		return from - page, true
	case keys.ToTop:
		return 0, true
	case keys.ToBottom:
		return n - 1, true
	}
	return from, false
}

// Keep keeps the cursor within n rows.
func (t *Table) Keep(n int) { t.Cursor = max(0, min(t.Cursor, n-1)) }

// Stay keeps the cursor on what it is on when the things listed change, and reports whether that
// is among them still.
func Stay[T any](t *Table, before, after []T, id func(T) int64) bool {
	at := -1
	if t.Cursor < len(before) {
		at = slices.IndexFunc(after, func(thing T) bool { return id(thing) == id(before[t.Cursor]) })
	}
	if at >= 0 {
		t.Cursor = at
	}
	t.Keep(len(after))
	return at >= 0
}

// Seen returns which of n rows are seen in height: those around the cursor.
func (t *Table) Seen(n, height int) (from, to int) {
	from = max(0, min(t.Cursor-height/2, n-height))
	return from, min(n, from+height)
}

// At is the index of the thing in a row of the screen, counted from the first that is seen.
func (t *Table) At(row, n, height int) (index int, ok bool) {
	from, to := t.Seen(n, height)
	return from + row, row >= 0 && from+row < to
}

// Click chooses the thing in a row of the screen, counted from the first that is seen; again is whether that was chosen
// already. Choosing scrolls the cursor to the middle, so that a second click in the same place means what the first one
// has chosen.
func (t *Table) Click(row, n, height int) (again, ok bool) {
	index, ok := t.At(row, n, height)
	if !ok || index == t.Cursor || t.clicked == [2]int{row, t.Cursor} {
		return ok, ok
	}
	t.Cursor, t.clicked = index, [2]int{row, index}
	return false, true
}

// View draws columns in w cells of the screen: their titles, and so many rows around the cursor. whole is whether
// all columns had room.
func (t *Table) View(st *style.Styles, columns []Column, w, height int) (lines []string, whole bool) {
	rows, whole := Rows(columns, w-2)
	lines = []string{"  " + st.Quiet.Render(rows[0])}
	return append(lines, t.Lines(st, len(rows)-1, w, height, func(i int) string { return rows[1+i] })...), whole
}

// Lines draws those of n rows that are seen, in w cells of the screen.
func (t *Table) Lines(st *style.Styles, n, w, height int, row func(index int) string) []string {
	var lines []string
	from, to := t.Seen(n, height)
	for i := from; i < to; i++ {
		lines = append(lines, Row(st, row(i), i == t.Cursor, w))
	}
	return lines
}

// Column is a column of a table. Its cells are ready to be drawn; there is one for each row.
type Column struct {
	Title string
	Cells []string
	Right bool // its cells stand at the right, as numbers do
	Least int  // so many cells of the screen it is worth being shown in; 0 if only as a whole
	Rank  int  // what gives way first where there is little room: the highest
	extra bool // only shown where all others have all the room they need
}

// ColumnOf is a column with what cell says of each thing, shown as a whole or not at all.
func ColumnOf[T any](title string, things []T, cell func(T) string) Column {
	c := Column{Title: title, Cells: make([]string, len(things))}
	for i, thing := range things {
		c.Cells[i] = cell(thing)
	}
	return c
}

// Number makes it a column of numbers of a rank.
func (c Column) Number(rank int) Column {
	c.Right, c.Rank = true, rank
	return c
}

// From makes it a column of texts of a rank, which may be cut down to so many cells of the screen.
func (c Column) From(least, rank int) Column {
	c.Least, c.Rank = least, rank
	return c
}

// Beyond makes it one that comes after all others.
func (c Column) Beyond() Column {
	c.extra = true
	return c
}

// apart is the space between columns.
const apart = 2

// Rows lays columns out within w cells of the screen and returns a line for their titles and one for each row, and
// whether all columns had room.
func Rows(columns []Column, w int) (lines []string, whole bool) {
	n := len(columns[0].Cells)
	widths, whole := widthsOf(columns, w)
	lines = make([]string, 1+n)
	for i, c := range columns {
		if widths[i] == 0 {
			continue
		}
		draw := text.Fit
		if c.Right {
			draw = text.FitRight
		}
		for row := range lines {
			text := c.Title
			if row > 0 {
				text = c.Cells[row-1]
			}
			if lines[row] != "" {
				lines[row] += "  "
			}
			lines[row] += draw(text, widths[i])
		}
	}
	return lines, whole
}

// widthsOf gives each column its room, the ones of low rank first, and 0 to those for which there is none.
func widthsOf(columns []Column, w int) (widths []int, whole bool) {
	order := make([]int, len(columns))
	natural := make([]int, len(columns))
	for i, c := range columns {
		order[i], natural[i] = i, ansi.StringWidth(c.Title)
		for _, cell := range c.Cells {
			natural[i] = max(natural[i], ansi.StringWidth(cell))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return columns[a].Rank - columns[b].Rank })
	widths, whole = make([]int, len(columns)), true
	room := w + apart
	give := func(extra bool) {
		for at, i := range order {
			least := natural[i]
			if columns[i].Least > 0 {
				least = min(least, columns[i].Least)
			}
			switch {
			case columns[i].extra != extra:
			case least+apart > room && at > 0:
				whole = false
			default:
				widths[i] = min(least, w)
				room -= widths[i] + apart
			}
		}
	}
	give(false)
	spare := room
	for _, i := range order {
		if widths[i] > 0 {
			more := max(0, min(spare, natural[i]-widths[i]))
			widths[i] += more
			spare -= more
		}
	}
	room = spare
	give(true)
	return widths, whole
}
