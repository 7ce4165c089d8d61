package screen

import (
	"slices"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// The parts of the screen with the charts. They depend on its size alone, so that nothing jumps
// when the figures change.

const (
	menuWidth  = 14 // of the charts' names, where one chart is shown at a time
	weekHeight = 10 // of the week's chart: title, hours, seven days, a row between
)

// places are the parts that the charts have; those that are not shown have a height of 0.
func (in *insights) places(l common.Layout) (places [charts]common.Rect) {
	body := common.NewRect(0, 2, l.W, l.H-4)
	switch {
	case l.W >= 165 && l.H >= 34:
		w, week := l.W/3, weekHeight
		if body.H >= 44 {
			week += 7 // two rows for each day
		}
		stack(&places, common.NewRect(0, body.Y, w-2, body.H), []chartID{monthsChart, unintendedChart, growthChart}, []int{1, 1, 1})
		places[weekChart] = common.NewRect(w, body.Y, w-2, week)
		stack(&places, common.NewRect(w, body.Y+week, w-2, body.H-week), []chartID{devicesChart, peopleChart}, []int{3, 2})
		stack(&places, common.NewRect(2*w, body.Y, l.W-2*w-1, body.H), []chartID{phrasesChart, kindsChart}, []int{3, 1})
	case l.W >= 110 && l.H >= 34:
		w := l.W / 2
		stack(&places, common.NewRect(0, body.Y, w-2, body.H), []chartID{monthsChart, unintendedChart, growthChart}, []int{1, 1, 1})
		places[weekChart] = common.NewRect(w, body.Y, l.W-w-1, weekHeight)
		stack(&places, common.NewRect(w, body.Y+weekHeight, l.W-w-1, body.H-weekHeight),
			[]chartID{devicesChart, phrasesChart, peopleChart, kindsChart}, []int{3, 4, 2, 2})
	default:
		places[in.current] = common.NewRect(menuWidth+2, body.Y, l.W-menuWidth-3, body.H)
	}
	return places
}

// stack divides a part of the screen among charts, one above the other, by their weights.
func stack(places *[charts]common.Rect, within common.Rect, ids []chartID, weights []int) {
	sum, from := 0, 0
	for _, weight := range weights {
		sum += weight
	}
	for i, id := range ids {
		to := from + weights[i]
		y := within.H * from / sum
		places[id] = common.NewRect(within.X, within.Y+y, within.W, within.H*to/sum-y)
		from = to
	}
}

// alone reports whether one chart is shown at a time.
func (in *insights) alone(l common.Layout) bool {
	shown := 0
	for _, place := range in.places(l) {
		if place.H > 0 {
			shown++
		}
	}
	return shown == 1
}

// menuAt returns the chart whose name is at a place of the screen.
func (in *insights) menuAt(l common.Layout, x, y int) (chartID, bool) {
	id := chartID(y - 2)
	return id, in.alone(l) && x < menuWidth && id >= 0 && id < charts
}

// View draws the charts in their places.
func (in *insights) View(c *common.Common) []string {
	switch {
	case c.Empty():
		return c.Notice("Here your recordings are counted: by month, hour, device,", "person, phrase and kind. "+c.Keys.KeyOf(keys.OpenImport)+" imports an export.")
	case in.state != counted && in.figures.Recordings == 0:
		return nil
	case in.figures.Recordings == 0 && in.scope != "":
		return c.Notice("No search results to count. " + c.Keys.KeyOf(keys.CountFound) + " counts everything.")
	case in.figures.Recordings == 0:
		return c.Notice("Every recording is in the trash. " + c.Keys.KeyOf(keys.Undo) + " undoes the last change.")
	}
	rows := make([][]piece, c.Layout.H-4)
	if in.alone(c.Layout) {
		for y, line := range in.menu(c, len(rows)) {
			rows[y] = append(rows[y], piece{0, line})
		}
	}
	for id, place := range in.places(c.Layout) {
		for i, line := range in.charts[id].View(&c.Styles, place.W, place.H, in.current == chartID(id)) {
			y := place.Y - 2 + i
			rows[y] = append(rows[y], piece{place.X, text.Fit(line, place.W)})
		}
	}
	lines := make([]string, len(rows))
	for y, pieces := range rows {
		lines[y] = joined(pieces)
	}
	return lines
}

// menu draws the names of the charts, the one with the keys marked.
func (in *insights) menu(c *common.Common, h int) []string {
	lines := make([]string, h)
	for id := range charts {
		lines[id] = widget.Row(&c.Styles, in.charts[id].Name, id == in.current, menuWidth)
	}
	rule := c.Styles.Quiet.Render("│")
	for y := range lines {
		lines[y] = text.Fit(lines[y], menuWidth) + rule
	}
	return lines
}

// piece is a part of a line of the screen, from a column on.
type piece struct {
	x    int
	text string
}

// joined puts the pieces of a line side by side.
func joined(pieces []piece) string {
	slices.SortFunc(pieces, func(a, b piece) int { return a.x - b.x })
	line := ""
	for _, p := range pieces {
		line = text.Fit(line, p.x) + p.text
	}
	return line
}
