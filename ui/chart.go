package ui

import (
	"slices"

	"unsaid/ui/keys"
)

// shape is how a chart draws its cells.
type shape int

const (
	upright shape = iota // bars side by side: what has an order in time
	lying                // bars, one below the other, with their names
	grid                 // squares, the darker the more: seven days of 24 hours
)

// cell is what one column, bar or square shows.
type cell struct {
	label  string // its name
	value  int
	part   int    // of the value, drawn apart
	number string // the value in a few cells
	says   string // all of it in words
	term   string // of a query that finds the recordings behind it, "" if none does
}

// chart is some cells with a cursor.
type chart struct {
	name  string
	note  string // what the drawing means, beside the name
	none  string // what is said where there is nothing to draw
	shape shape
	cells []cell
	most  int // the largest value
	table
}

// set takes other cells. The cursor stays on its cell if that is among them, or else goes to start.
func (c *chart) set(cells []cell, start int) {
	at := -1
	if old, ok := c.selected(); ok {
		at = slices.IndexFunc(cells, func(other cell) bool { return other.term == old.term })
	}
	if at < 0 {
		at = start
	}
	c.cells, c.most, c.cursor = cells, 0, at
	for _, cell := range cells {
		c.most = max(c.most, cell.value)
	}
	c.keep(len(cells))
}

// selected is the cell at the cursor.
func (c *chart) selected() (cell, bool) {
	if c.cursor < 0 || c.cursor >= len(c.cells) || c.most == 0 {
		return cell{}, false
	}
	return c.cells[c.cursor], true
}

// move does what a movement key asks for. page is how many bars a page has.
func (c *chart) move(what keys.Action, page int) {
	all := len(c.cells)
	var by map[keys.Action]int
	switch c.shape {
	case upright: // the newest is the last
		by = map[keys.Action]int{keys.MoveLeft: -1, keys.MoveRight: 1, keys.PageUp: -12, keys.PageDown: 12, keys.HalfUp: -6, keys.HalfDown: 6, keys.ToTop: all, keys.ToBottom: -all}
	case lying:
		by = map[keys.Action]int{
			keys.MoveLeft: -1, keys.MoveRight: 1, keys.MoveUp: -1, keys.MoveDown: 1, keys.HalfUp: -page / 2, keys.HalfDown: page / 2,
			keys.PageUp: -page, keys.PageDown: page, keys.ToTop: -all, keys.ToBottom: all,
		}
	case grid:
		day, hour := c.cursor/24, c.cursor%24
		days := func(n int) int { return 24 * (max(0, min(day+n, 6)) - day) }
		by = map[keys.Action]int{
			keys.MoveLeft: -min(1, hour), keys.MoveRight: min(1, 23-hour), keys.MoveUp: days(-1), keys.MoveDown: days(1),
			keys.HalfUp: days(-2), keys.HalfDown: days(2), keys.PageUp: days(-3), keys.PageDown: days(3), keys.ToTop: -all, keys.ToBottom: all,
		}
	}
	c.cursor += by[what]
	c.keep(all)
}

// chartFrame is how many rows of a chart are none of its cells: the heading, and one that keeps the
// next chart apart.
const chartFrame = 2

// columnsAxis is how wide the numbers beside columns are, with the space behind them.
const columnsAxis = 7

// window says which columns are seen in w cells: how far one is from the next, and from which to
// which they are.
func (c *chart) window(w int) (step, from, to int) {
	const widest = 9 // a month's name with its year, and a space
	room := max(1, w-columnsAxis)
	step = max(1, min(room/len(c.cells), widest))
	from, to = c.seen(len(c.cells), room/step)
	return step, from, to
}

// gridAxis is how wide the names beside a grid are.
const gridAxis = 5

// squares says how large the squares of a grid are in w by h cells.
func (c *chart) squares(w, h int) (wide, high int) {
	return max(1, min(3, (w-gridAxis)/24)), max(1, min(2, (h-1)/7))
}

// at returns the cell drawn at a place of the chart, which has w by h cells.
func (c *chart) at(x, y, w, h int) (index int, ok bool) {
	h -= chartFrame
	y-- // the heading
	switch {
	case c.most == 0 || y < 0 || y >= h:
		return 0, false
	case c.shape == upright:
		step, from, to := c.window(w)
		index = from + (x-columnsAxis)/step
		return index, x >= columnsAxis && index < to
	case c.shape == lying:
		from, to := c.seen(len(c.cells), h)
		return from + y, from+y < to
	}
	wide, high := c.squares(w, h)
	hour, day := (x-gridAxis)/wide, (y-1)/high
	return day*24 + hour, x >= gridAxis && y > 0 && hour < 24 && day < 7
}
