package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/style"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Cells of the calendar. A month has eight lines: its name, the weekdays, six weeks; a year has its
// months' names and the weekdays. A line is left free above each.
const (
	blockHeight = 9
	dayWidth    = 4              // of a month
	monthWidth  = 7*dayWidth + 4 // a few cells between two
	yearMargin  = 5              // the weekdays left of a year
	yearWeeks   = 54             // at most, as they begin on Monday
)

// calendarPanes says where the days are, and the recordings of the chosen ones and the detail of
// one of them: their h is 0 if there is no room for them.
type calendarPanes struct {
	grid, list, detail rect
	across, down       int // months or years that fit
	week               int // cells of a week of a year
}

func (c *calendar) panes(l layout) calendarPanes {
	body := rect{0, 2, l.w, max(1, l.h-4)}
	p := calendarPanes{grid: body, across: max(1, (l.w-2)/monthWidth), down: max(1, (body.h-1)/blockHeight), week: 1}
	beside := l.w >= 100
	if beside {
		p.across = max(1, l.w/2/monthWidth)
	}
	p.grid.w = 2 + p.across*monthWidth
	if c.years {
		p.across, beside = 1, l.w >= 114
		if l.w >= 180 || !beside && l.w >= yearMargin+2*yearWeeks {
			p.week = 2
		}
		p.grid.w = 2 + yearMargin + p.week*yearWeeks
		newest, oldest := c.span()
		p.down = min(p.down, newest.year-oldest.year+1)
	}
	if !beside {
		p.grid.w = l.w
		return p
	}
	p.list = rect{p.grid.w + 1, body.y, l.w - p.grid.w - 1, body.h}
	if body.h >= 20 {
		p.detail = p.list
		p.detail.h = min(body.h/3, 14)
		p.list.h -= p.detail.h + 1
		p.detail.y += p.list.h + 1
	}
	return p
}

// span is the newest and the oldest day with recordings, and at least the cursor's.
func (c *calendar) span() (newest, oldest date) {
	newest, oldest = c.cursor, c.cursor
	if n := len(c.ids); n > 0 {
		if day := c.dayOf(0); newest.before(day) {
			newest = day
		}
		if day := c.dayOf(n - 1); day.before(oldest) {
			oldest = day
		}
	}
	return newest, oldest
}

// first is the month or the year shown first. They are shown by the page, counted from the newest
// one back, so that days stay in their places while the cursor moves among them.
func (c *calendar) first(p calendarPanes) date {
	newest, _ := c.span()
	if c.years {
		back := (newest.year - c.cursor.year) / p.down * p.down
		return date{newest.year - back - p.down + 1, time.January, 1}
	}
	page := p.across * p.down
	back := (12*(newest.year-c.cursor.year) + int(newest.month-c.cursor.month)) / page * page
	return date{newest.year, newest.month, 1}.plusMonths(1 - page - back)
}

// dayAt is the day drawn at a place on the screen.
func (c *calendar) dayAt(l layout, x, y int) (day date, ok bool) {
	p := c.panes(l)
	if !p.grid.contains(x, y) || (y-p.grid.y)/blockHeight >= p.down {
		return date{}, false
	}
	down, line, x := (y-p.grid.y)/blockHeight, (y-p.grid.y)%blockHeight, x-1
	if c.years {
		first := c.first(p)
		first.year += down
		weekday, week := line-2, floorDiv(x-yearMargin, p.week)
		day = first.plus(7*week + weekday - weekdayOf(first))
		return day, weekday >= 0 && day.year == first.year && week >= 0
	}
	across := x / monthWidth
	month := c.first(p).plusMonths(down*p.across + across)
	week, weekday := line-3, (x%monthWidth)/dayWidth
	day = month.plus(7*week + weekday - weekdayOf(month))
	return day, x >= 0 && across < p.across && week >= 0 && weekday < 7 && day.month == month.month
}

// floorDiv divides, below nothing too.
func floorDiv(a, b int) int {
	if a < 0 {
		return -1
	}
	return a / b
}

// weekdayOf numbers the weekday of a day. Weeks begin on Monday.
func weekdayOf(d date) int { return (int(d.noon().Weekday()) + 6) % 7 }

func (c *calendar) title(a *App) string {
	st := &a.styles
	from, to := c.chosen()
	words := from.noon().Format(dayLayout)
	if from != to {
		words += " – " + to.noon().Format(dayLayout)
	}
	left := " " + st.Strong.Render(words) + "  " + countOf(len(c.list.ids), "recording")
	return text.Sides(left, st.Quiet.Render(daysAgo(to, dateOf(a.today()))), a.layout.w)
}

// view draws the months or years, as many as there is room for, and the recordings of the chosen days.
func (c *calendar) view(a *App) []string {
	p := c.panes(a.layout)
	lines := c.grid(a, p)
	if p.grid.h-len(lines) >= 2 {
		lines = append(lines, "", a.styles.Quiet.Render(cmp.Or(c.heat.Legend(), "Nothing with a known time is in the library.")))
	}
	lines = text.Indent(lines)
	if p.list.h == 0 {
		return lines
	}
	lines = text.Pad(lines, p.grid.w, p.grid.h)
	for i, line := range c.side(a, p) {
		lines[i] += a.styles.Quiet.Render("│") + line
	}
	return lines
}

// side draws the list of the recordings and, where there is room, the detail of the one at its cursor.
func (c *calendar) side(a *App, p calendarPanes) []string {
	st := &a.styles
	rows := a.listRows(&c.list, p.list.w, c.inList)
	if len(rows) == 0 {
		rows = []string{"", st.Quiet.Render("  Nothing was recorded then.")}
	}
	lines := text.Pad(rows, p.list.w, p.list.h)
	if p.detail.h == 0 {
		return lines
	}
	lines = append(lines, st.Quiet.Render(strings.Repeat("─", p.detail.w)))
	var detail []string
	if r, ok := c.list.selected(); ok {
		detail = text.Indent(a.detailLines(r, p.detail.w-2, p.detail.h))
	}
	return append(lines, text.Pad(detail, p.detail.w, p.detail.h)...)
}

// grid draws the months or years.
func (c *calendar) grid(a *App, p calendarPanes) []string {
	var lines []string
	first := c.first(p)
	for range p.down {
		if c.years {
			lines = append(append(lines, ""), c.year(a, first, p.week)...)
			first.year++
			continue
		}
		var block [blockHeight]string
		for range p.across {
			for i, line := range c.month(a, first) {
				block[i+1] += text.Fit(line, monthWidth)
			}
			first = first.plusMonths(1)
		}
		lines = append(lines, block[:]...)
	}
	return lines
}

// month draws the month that begins with a day.
func (c *calendar) month(a *App, first date) [blockHeight - 1]string {
	st := &a.styles
	var lines [blockHeight - 1]string
	lines[0] = st.Strong.Render(first.noon().Format("January 2006"))
	lines[1] = st.Quiet.Render(" Mo  Tu  We  Th  Fr  Sa  Su")
	offset := weekdayOf(first)
	lines[2] = strings.Repeat(" ", dayWidth*offset)
	for day := first; day.month == first.month; day = day.plus(1) {
		number, shade := fmt.Sprintf("%2d", day.day), strings.Replace(c.heat.Shade(c.days[day]), widget.NoShade, " ", 1)
		var text string
		switch {
		case day == c.cursor:
			text = st.Accent.Render("▐") + st.Row.Render(number+shade)
		case c.isChosen(day):
			text = st.Mark.Render("✓") + st.RowOff.Render(number+shade)
		case c.days[day] == 0:
			text = st.Quiet.Render(" " + number + shade)
		default:
			text = " " + number + st.Accent.Render(shade)
		}
		lines[2+(offset+day.day-1)/7] += text
	}
	return lines
}

// year draws the year that begins with a day, a week to a column.
func (c *calendar) year(a *App, first date, week int) []string {
	st := &a.styles
	lines := []string{st.Strong.Render(text.Fit(fmt.Sprint(first.year), yearMargin))}
	for _, weekday := range []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} {
		lines = append(lines, st.Quiet.Render(text.Fit(weekday, yearMargin)))
	}
	offset := weekdayOf(first)
	for day := first; day.year == first.year; day = day.plus(1) {
		at := offset + day.noon().YearDay() - 1
		if day.day == 1 {
			name := strings.Repeat(" ", max(0, yearMargin+at/7*week-ansi.StringWidth(lines[0]))) + day.noon().Format("Jan")
			lines[0] += st.Quiet.Render(name)
		}
		if at%7 > 0 && day == first {
			for i := range at % 7 {
				lines[1+i] += strings.Repeat(" ", week)
			}
		}
		lines[1+at%7] += c.yearCell(st, day, week)
	}
	return lines
}

// yearCell draws a day of a year.
func (c *calendar) yearCell(st *style.Styles, day date, width int) string {
	shade := c.heat.Shade(c.days[day])
	switch {
	case day == c.cursor:
		return st.Row.Render(text.Fit("◆", width))
	case c.isChosen(day):
		return st.Mark.Render(text.Fit("✓", width))
	case c.days[day] == 0:
		return st.Quiet.Render(text.Fit(shade, width))
	}
	return st.Accent.Render(strings.Repeat(shade, width))
}

// isChosen reports whether a day is one of the chosen ones.
func (c *calendar) isChosen(day date) bool {
	from, to := c.chosen()
	return !day.before(from) && !to.before(day)
}
