package ui

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/keys"
	"unsaid/ui/text"
)

// table is a list of few things with a cursor, of which all are at hand.
type table struct{ cursor int }

// move does what a movement key asks for among n rows and reports whether it was one.
func (t *table) move(what keys.Action, n, page int) bool {
	switch what {
	case keys.MoveDown:
		t.cursor++
	case keys.MoveUp:
		t.cursor--
	case keys.HalfDown, keys.PageDown:
		t.cursor += page
	case keys.HalfUp, keys.PageUp:
		t.cursor -= page
	case keys.ToTop:
		t.cursor = 0
	case keys.ToBottom:
		t.cursor = n - 1
	default:
		return false
	}
	t.keep(n)
	return true
}

// keep keeps the cursor within n rows.
func (t *table) keep(n int) { t.cursor = max(0, min(t.cursor, n-1)) }

// stay keeps the cursor on what it is on when the things listed change, and reports whether that
// is among them still.
func stay[T any](t *table, before, after []T, id func(T) int64) bool {
	at := -1
	if t.cursor < len(before) {
		at = slices.IndexFunc(after, func(thing T) bool { return id(thing) == id(before[t.cursor]) })
	}
	if at >= 0 {
		t.cursor = at
	}
	t.keep(len(after))
	return at >= 0
}

// seen returns which of n rows are seen in height: those around the cursor.
func (t *table) seen(n, height int) (from, to int) {
	from = max(0, min(t.cursor-height/2, n-height))
	return from, min(n, from+height)
}

// row draws a row of a table, the one with the cursor marked.
func (a *App) row(words string, selected bool, w int) string {
	if selected {
		return a.styles.Accent.Render("▌") + onRow(&a.styles, true, text.Fit(" "+words, w-1))
	}
	return "  " + text.Fit(words, w-2)
}

// at is the index of the thing in a row of the screen, counted from the first that is seen.
func (t *table) at(row, n, height int) (index int, ok bool) {
	from, to := t.seen(n, height)
	return from + row, row >= 0 && from+row < to
}

// column is a column of a table. Its cells are ready to be drawn; there is one for each row.
type column struct {
	title string
	cells []string
	right bool // its cells stand at the right, as numbers do
	least int  // so many cells of the screen it is worth being shown in; 0 if only as a whole
	rank  int  // what gives way first where there is little room: the highest
	extra bool // only shown where all others have all the room they need
}

// columnOf is a column with what cell says of each thing, shown as a whole or not at all.
func columnOf[T any](title string, things []T, cell func(T) string) column {
	c := column{title: title, cells: make([]string, len(things))}
	for i, thing := range things {
		c.cells[i] = cell(thing)
	}
	return c
}

// number makes it a column of numbers of a rank.
func (c column) number(rank int) column {
	c.right, c.rank = true, rank
	return c
}

// from makes it a column of texts of a rank, which may be cut down to so many cells of the screen.
func (c column) from(least, rank int) column {
	c.least, c.rank = least, rank
	return c
}

// beyond makes it one that comes after all others.
func (c column) beyond() column {
	c.extra = true
	return c
}

// apart is the space between columns.
const apart = 2

// rowsOf lays columns out within w cells of the screen and returns a line for their titles and one for each row, and
// whether all columns had room.
func rowsOf(columns []column, w int) (lines []string, whole bool) {
	n := len(columns[0].cells)
	widths, whole := widthsOf(columns, w)
	lines = make([]string, 1+n)
	for i, c := range columns {
		if widths[i] == 0 {
			continue
		}
		draw := text.Fit
		if c.right {
			draw = text.FitRight
		}
		for row := range lines {
			text := c.title
			if row > 0 {
				text = c.cells[row-1]
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
func widthsOf(columns []column, w int) (widths []int, whole bool) {
	order := make([]int, len(columns))
	natural := make([]int, len(columns))
	for i, c := range columns {
		order[i], natural[i] = i, ansi.StringWidth(c.title)
		for _, cell := range c.cells {
			natural[i] = max(natural[i], ansi.StringWidth(cell))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return columns[a].rank - columns[b].rank })
	widths, whole = make([]int, len(columns)), true
	room := w + apart
	give := func(extra bool) {
		for at, i := range order {
			least := natural[i]
			if columns[i].least > 0 {
				least = min(least, columns[i].least)
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

// nothing fills a screen that has nothing to show.
func (a *App) nothing(text string) []string {
	return []string{"", "  " + a.styles.Quiet.Render(text)}
}
