package widget

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"unsaid/ui/style"
	"unsaid/ui/text"
)

// The marks that drawings are made of; all of them can be read without colour.
const (
	eighthsUp   = " ▁▂▃▄▅▆▇█"
	eighthsLeft = " ▏▎▍▌▋▊▉█"
	PartMark    = "▒" // the part of a bar that is drawn apart
	cursorUp    = "▲"
	cursorIn    = "◆"
)

// View draws the chart in w by h cells: a heading, the cells, and a row that keeps the next chart apart.
func (c *Chart) View(st *style.Styles, w, h int, active bool) []string {
	if h == 0 {
		return nil
	}
	lines := []string{c.heading(st, w, h, active)}
	if c.most == 0 {
		return append(lines, "  "+st.Quiet.Render(text.Fit(c.None, w-2)))
	}
	switch h -= chartFrame; c.Shape {
	case Upright:
		lines = append(lines, c.columns(st, w, h, active)...)
	case Grid:
		lines = append(lines, c.grid(st, w, h, active)...)
	default:
		lines = append(lines, c.bars(st, w, h, active)...)
	}
	return lines
}

// heading is the chart's name, and all about the cell at the cursor, or how much is not seen.
func (c *Chart) heading(st *style.Styles, w, h int, active bool) string {
	left, right := "  "+st.Strong.Render(c.Name), ""
	if active {
		left = st.Accent.Render("▌ ") + st.Tab.Render(c.Name)
	}
	if c.Note != "" && w >= 60 {
		left += "  " + st.Quiet.Render(c.Note)
	}
	at, ok := c.Selected()
	from, to := c.Seen(len(c.Cells), h-chartFrame)
	switch {
	case !ok:
	case active:
		right = at.Says
	case c.Shape != Lying:
		right = st.Quiet.Render(at.Says)
	case to-from < len(c.Cells):
		right = st.Quiet.Render(fmt.Sprintf("%s of %s", humanize.Comma(int64(to-from)), humanize.Comma(int64(len(c.Cells)))))
	}
	return text.Sides(left, right, w)
}

// columns draws the cells upright above a line with the cursor, and their names below that.
func (c *Chart) columns(st *style.Styles, w, h int, active bool) []string {
	step, from, to := c.window(w)
	width, high := max(1, min(step-1, 5)), h-2
	lines := make([]string, high)
	top := c.Cells[Largest(c.Cells)].Number
	for y := range lines {
		axis := strings.Repeat(" ", columnsAxis)
		if y == 0 {
			axis = st.Quiet.Render(text.FitRight(top, columnsAxis-1)) + " "
		}
		// Drawn in three parts, since each change of style costs more than a column.
		var part [3]strings.Builder
		for i := from; i < to; i++ {
			text := strings.Repeat(eighth(eighthsUp, c.Cells[i].Value, c.most, high, high-1-y), width)
			part[cmp.Compare(i, c.Cursor)+1].WriteString(text + strings.Repeat(" ", step-width))
		}
		at := &st.Bar
		if active {
			at = &st.Accent
		}
		lines[y] = axis + st.Bar.Render(part[0].String()) + at.Render(part[1].String()) + st.Bar.Render(part[2].String())
	}
	line := strings.Repeat("─", (to-from)*step)
	at := (c.Cursor - from) * step
	cursor := strings.Repeat(cursorUp, width)
	if active {
		cursor = st.Accent.Render(cursor)
	}
	line = st.Quiet.Render(string([]rune(line)[:at])) + cursor + st.Quiet.Render(string([]rune(line)[at+width:]))
	return append(lines, st.Quiet.Render(text.FitRight("0", columnsAxis-1))+" "+line, strings.Repeat(" ", columnsAxis)+st.Quiet.Render(c.months(step, from, to)))
}

// months are the names below columns, as many as there is room for: the first month, years where they
// begin, and other months where columns are far apart.
func (c *Chart) months(step, from, to int) string {
	text := ""
	for i := from; i < to; i++ {
		name := c.Cells[i].Label
		month, year, _ := strings.Cut(name, " ")
		room := step // up to the next year's name
		for next := i + 1; next < to && !strings.HasPrefix(c.Cells[next].Label, "Jan"); next++ {
			room += step
		}
		switch at := (i - from) * step; {
		case at > 0 && at <= len(text), i == from && month != "Jan" && room <= len(name):
			continue
		case i == from && month != "Jan", step > len(name):
		case month == "Jan":
			name = year
		case step > len(month):
			name = month
		default:
			continue
		}
		text += strings.Repeat(" ", (i-from)*step-len(text)) + name
	}
	return text
}

// eighth is the part of a bar that is so many cells long at most which stands in one of them,
// counted from where it begins. What is more than nothing shows.
func eighth(marks string, value, most, cells, at int) string {
	length := 0
	if value > 0 {
		length = max(1, int(int64(value)*int64(8*cells)/int64(most)))
	}
	return string([]rune(marks)[max(0, min(8, length-8*at))])
}

// bars draws the cells one below the other: name, number, bar.
func (c *Chart) bars(st *style.Styles, w, h int, active bool) []string {
	name, number := 4, 1
	for _, cell := range c.Cells {
		name, number = max(name, ansi.StringWidth(cell.Label)), max(number, ansi.StringWidth(cell.Number))
	}
	name = min(name, max(12, w/2-number))
	long := max(0, w-name-number-6)
	var lines []string
	from, to := c.Seen(len(c.Cells), h)
	for i := from; i < to; i++ {
		cell := c.Cells[i]
		var bar, part strings.Builder
		apart := cell.Part * long / max(1, c.most) // cells at the end of the bar
		whole := max(0, (cell.Value*long+c.most-1)/c.most-apart)
		for at := range whole {
			bar.WriteString(eighth(eighthsLeft, cell.Value, c.most, long, at))
		}
		part.WriteString(strings.Repeat(PartMark, apart))
		row := text.Fit(cell.Label, name) + " " + text.FitRight(cell.Number, number) + "  " + st.Bar.Render(bar.String()) + st.Warn.Render(part.String())
		lines = append(lines, Row(st, row, active && i == c.Cursor, w))
	}
	return lines
}

// grid draws seven days below each other, with 24 hours each.
func (c *Chart) grid(st *style.Styles, w, h int, active bool) []string {
	wide, high := c.squares(w, h)
	axis := ""
	for _, hour := range []string{"0", "6", "12", "18"} {
		axis += text.Fit(hour, 6*wide)
	}
	lines := []string{strings.Repeat(" ", gridAxis) + st.Quiet.Render(axis)}
	for y := range 7 * high {
		day := y / high
		row, name := "", ""
		for i := 24 * day; i < 24*(day+1); i++ {
			row += c.square(st, i, wide, y%high == 0, active && i == c.Cursor)
		}
		if y%high == 0 {
			name = c.Cells[24*day].Label
		}
		lines = append(lines, st.Quiet.Render(text.Fit("  "+name, gridAxis))+row)
	}
	if len(lines)+2 <= h {
		legend := shades[1] + " few – " + shades[4] + " most (" + humanize.Comma(int64(c.most)) + " within an hour)"
		lines = append(lines, "", "  "+st.Quiet.Render(legend))
	}
	return lines
}

// shade is the mark of n, where most is the largest number there is.
func shade(n, most int) string {
	if n == 0 {
		return " "
	}
	return shades[1+(n-1)*(len(shades)-1)/max(1, most)]
}

// square is one line of a square of a grid.
func (c *Chart) square(st *style.Styles, index, wide int, first, cursor bool) string {
	mark := shade(c.Cells[index].Value, c.most)
	switch {
	case cursor && first:
		return st.Accent.Render(cursorIn + strings.Repeat(mark, wide-1))
	case cursor:
		return st.Accent.Render(strings.Repeat(mark, wide))
	case c.Cells[index].Value > 0:
		return st.Bar.Render(strings.Repeat(mark, wide))
	case first:
		return st.Quiet.Render(text.Fit("·", wide))
	}
	return strings.Repeat(" ", wide)
}
