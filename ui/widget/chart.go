package widget

import (
	"slices"

	"unsaid/ui/keys"
)

// Shape is how a chart draws its cells.
type Shape int

// The shapes of charts.
const (
	Upright Shape = iota // bars side by side: what has an order in time
	Lying                // bars, one below the other, with their names
	Grid                 // squares, the darker the more: seven days of 24 hours
)

// Cell is what one column, bar or square shows.
type Cell struct {
	Label  string // its name
	Value  int
	Part   int    // of the value, drawn apart
	Number string // the value in a few cells
	Says   string // all of it in words
	Term   string // of a query that finds what is behind it, "" if none does
}

// Chart is some cells with a cursor.
type Chart struct {
	Name  string
	Note  string // what the drawing means, beside the name
	None  string // what is said where there is nothing to draw
	Shape Shape
	Cells []Cell
	most  int // the largest value
	Table
}

// Set takes other cells. The cursor stays on its cell if that is among them, or else goes to start.
func (c *Chart) Set(cells []Cell, start int) {
	at := -1
	if old, ok := c.Selected(); ok {
		at = slices.IndexFunc(cells, func(other Cell) bool { return other.Term == old.Term })
	}
	if at < 0 {
		at = start
	}
	c.Cells, c.most, c.Cursor = cells, 0, at
	for _, cell := range cells {
		c.most = max(c.most, cell.Value)
	}
	c.Keep(len(cells))
}

// Selected is the cell at the cursor.
func (c *Chart) Selected() (Cell, bool) {
	if c.Cursor < 0 || c.Cursor >= len(c.Cells) || c.most == 0 {
		return Cell{}, false
	}
	return c.Cells[c.Cursor], true
}

// Move does what a movement key asks for. page is how many bars a page has.
func (c *Chart) Move(what keys.Action, page int) {
	all := len(c.Cells)
	var by map[keys.Action]int
	switch c.Shape {
	case Upright: // the newest is the last
		by = map[keys.Action]int{keys.MoveLeft: -1, keys.MoveRight: 1, keys.PageUp: -12, keys.PageDown: 12, keys.HalfUp: -6, keys.HalfDown: 6, keys.ToTop: all, keys.ToBottom: -all}
	case Lying:
		by = map[keys.Action]int{
			keys.MoveLeft: -1, keys.MoveRight: 1, keys.MoveUp: -1, keys.MoveDown: 1, keys.HalfUp: -page / 2, keys.HalfDown: page / 2,
			keys.PageUp: -page, keys.PageDown: page, keys.ToTop: -all, keys.ToBottom: all,
		}
	case Grid:
		day, hour := c.Cursor/24, c.Cursor%24
		days := func(n int) int { return 24 * (max(0, min(day+n, 6)) - day) }
		by = map[keys.Action]int{
			keys.MoveLeft: -min(1, hour), keys.MoveRight: min(1, 23-hour), keys.MoveUp: days(-1), keys.MoveDown: days(1),
			keys.HalfUp: days(-2), keys.HalfDown: days(2), keys.PageUp: days(-3), keys.PageDown: days(3), keys.ToTop: -all, keys.ToBottom: all,
		}
	}
	c.Cursor += by[what]
	c.Keep(all)
}

// chartFrame is how many rows of a chart are none of its cells: the heading, and one that keeps the
// next chart apart.
const chartFrame = 2

// columnsAxis is how wide the numbers beside columns are, with the space behind them.
const columnsAxis = 7

// window says which columns are seen in w cells: how far one is from the next, and from which to
// which they are.
func (c *Chart) window(w int) (step, from, to int) {
	const widest = 9 // a month's name with its year, and a space
	room := max(1, w-columnsAxis)
	step = max(1, min(room/len(c.Cells), widest))
	from, to = c.Seen(len(c.Cells), room/step)
	return step, from, to
}

// gridAxis is how wide the names beside a grid are.
const gridAxis = 5

// squares says how large the squares of a grid are in w by h cells.
func (c *Chart) squares(w, h int) (wide, high int) {
	return max(1, min(3, (w-gridAxis)/24)), max(1, min(2, (h-1)/7))
}

// At returns the cell drawn at a place of the chart, which has w by h cells.
func (c *Chart) At(x, y, w, h int) (index int, ok bool) {
	h -= chartFrame
	y-- // the heading
	switch {
	case c.most == 0 || y < 0 || y >= h:
		return 0, false
	case c.Shape == Upright:
		step, from, to := c.window(w)
		index = from + (x-columnsAxis)/step
		return index, x >= columnsAxis && index < to
	case c.Shape == Lying:
		from, to := c.Seen(len(c.Cells), h)
		return from + y, from+y < to
	}
	wide, high := c.squares(w, h)
	hour, day := (x-gridAxis)/wide, (y-1)/high
	return day*24 + hour, x >= gridAxis && y > 0 && hour < 24 && day < 7
}

// Largest is the index of the first cell with the largest value.
func Largest(cells []Cell) int {
	at := 0
	for i, c := range cells {
		if c.Value > cells[at].Value {
			at = i
		}
	}
	return at
}
