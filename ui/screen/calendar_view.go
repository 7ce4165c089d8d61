package screen

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
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
	grid, list, detail common.Rect
	across, down       int // months or years that fit
	week               int // cells of a week of a year
}

func (cal *calendar) panes(l common.Layout) calendarPanes {
	body := common.NewRect(0, 2, l.W, max(1, l.H-4))
	p := calendarPanes{grid: body, across: max(1, (l.W-2)/monthWidth), down: max(1, (body.H-1)/blockHeight), week: 1}
	beside := l.W >= 100
	if beside {
		p.across = max(1, l.W/2/monthWidth)
	}
	p.grid.W = 2 + p.across*monthWidth
	if cal.years {
		p.across, beside = 1, l.W >= 114
		if l.W >= 180 || !beside && l.W >= yearMargin+2*yearWeeks {
			p.week = 2
		}
		p.grid.W = 2 + yearMargin + p.week*yearWeeks
		newest, oldest := cal.span()
		p.down = min(p.down, yearOf(newest)-yearOf(oldest)+1)
	}
	if !beside {
		p.grid.W = l.W
		return p
	}
	p.list = common.NewRect(p.grid.W+1, body.Y, l.W-p.grid.W-1, body.H)
	if body.H >= 20 {
		p.detail = p.list
		p.detail.H = min(body.H/3, 14)
		p.list.H -= p.detail.H + 1
		p.detail.Y += p.list.H + 1
	}
	return p
}

// span is the newest and the oldest day with recordings, and at least the cursor's.
func (cal *calendar) span() (newest, oldest store.Day) {
	newest, oldest = cal.cursor, cal.cursor
	if n := len(cal.ids); n > 0 {
		newest, oldest = max(newest, cal.dayOf(0)), min(oldest, cal.dayOf(n-1))
	}
	return newest, oldest
}

// first is the month or the year shown first. They are shown by the page, counted from the newest
// one back, so that days stay in their places while the cursor moves among them.
func (cal *calendar) first(p calendarPanes) store.Day {
	newest, _ := cal.span()
	year, month, _ := newest.Date()
	cursorYear, cursorMonth, _ := cal.cursor.Date()
	if cal.years {
		back := (year - cursorYear) / p.down * p.down
		return store.NewDay(year-back-p.down+1, time.January, 1)
	}
	page := p.across * p.down
	back := (12*(year-cursorYear) + int(month-cursorMonth)) / page * page
	return store.NewDay(year, month, 1).AddMonths(1 - page - back)
}

// dayAt is the day drawn at a place on the screen.
func (cal *calendar) dayAt(l common.Layout, x, y int) (day store.Day, ok bool) {
	p := cal.panes(l)
	if !p.grid.Contains(x, y) || (y-p.grid.Y)/blockHeight >= p.down {
		return 0, false
	}
	down, line, x := (y-p.grid.Y)/blockHeight, (y-p.grid.Y)%blockHeight, x-1
	if cal.years {
		first := cal.first(p).AddMonths(12 * down)
		weekday, week := line-2, floorDiv(x-yearMargin, p.week)
		day = first + store.Day(7*week+weekday-weekdayOf(first))
		return day, weekday >= 0 && yearOf(day) == yearOf(first) && week >= 0
	}
	across := x / monthWidth
	month := cal.first(p).AddMonths(down*p.across + across)
	week, weekday := line-3, (x%monthWidth)/dayWidth
	day = month + store.Day(7*week+weekday-weekdayOf(month))
	return day, x >= 0 && across < p.across && week >= 0 && weekday < 7 && month <= day && day < month.AddMonths(1)
}

// floorDiv divides, below nothing too.
func floorDiv(a, b int) int {
	if a < 0 {
		return -1
	}
	return a / b
}

// weekdayOf numbers the weekday of a day. Weeks begin on Monday.
func weekdayOf(d store.Day) int { return (int(d.Weekday()) + 6) % 7 }

func yearOf(d store.Day) int {
	year, _, _ := d.Date()
	return year
}

func (cal *calendar) Title(c *common.Common) string {
	st := &c.Styles
	chosen := cal.chosen()
	left := " " + st.Strong.Render(c.Dates().Days(chosen)) + "  " + phrase.Count(len(cal.list.IDs), "recording")
	return text.Sides(left, st.Quiet.Render(phrase.Ago(chosen.Last, c.Today())), c.Layout.W)
}

// View draws the months or years, as many as there is room for, and the recordings of the chosen days.
func (cal *calendar) View(c *common.Common) []string {
	p := cal.panes(c.Layout)
	lines := cal.grid(c, p)
	if p.grid.H-len(lines) >= 2 {
		lines = append(lines, "", c.Styles.Quiet.Render(cmp.Or(cal.heat.Legend(), "No recording has a known time.")))
	}
	lines = text.Indent(lines)
	if p.list.H == 0 {
		return lines
	}
	lines = text.Pad(lines, p.grid.W, p.grid.H)
	for i, line := range cal.side(c, p) {
		lines[i] += c.Styles.Quiet.Render("│") + line
	}
	return lines
}

// side draws the list of the recordings and, where there is room, the detail of the one at its cursor.
func (cal *calendar) side(c *common.Common, p calendarPanes) []string {
	st := &c.Styles
	rows := listRows(c, &cal.list, p.list.W, cal.inList)
	if len(rows) == 0 {
		rows = []string{"", st.Quiet.Render("  Nothing was recorded then.")}
	}
	lines := text.Pad(rows, p.list.W, p.list.H)
	if p.detail.H == 0 {
		return lines
	}
	lines = append(lines, st.Quiet.Render(strings.Repeat("─", p.detail.W)))
	var detail []string
	if r, ok := cal.list.Selected(); ok {
		detail = text.Indent(detailLines(c, r, p.detail.W-2, p.detail.H))
	}
	return append(lines, text.Pad(detail, p.detail.W, p.detail.H)...)
}

// grid draws the months or years.
func (cal *calendar) grid(c *common.Common, p calendarPanes) []string {
	var lines []string
	first := cal.first(p)
	for range p.down {
		if cal.years {
			lines = append(append(lines, ""), cal.year(c, first, p.week)...)
			first = first.AddMonths(12)
			continue
		}
		var block [blockHeight]string
		for range p.across {
			for i, line := range cal.month(c, first) {
				block[i+1] += text.Fit(line, monthWidth)
			}
			first = first.AddMonths(1)
		}
		lines = append(lines, block[:]...)
	}
	return lines
}

// month draws the month that begins with a day.
func (cal *calendar) month(c *common.Common, first store.Day) [blockHeight - 1]string {
	st := &c.Styles
	var lines [blockHeight - 1]string
	lines[0] = st.Strong.Render(first.Format("January 2006"))
	lines[1] = st.Quiet.Render(" Mo  Tu  We  Th  Fr  Sa  Su")
	offset := weekdayOf(first)
	lines[2] = strings.Repeat(" ", dayWidth*offset)
	for day, next := first, first.AddMonths(1); day < next; day++ {
		date := int(day-first) + 1
		number, shade := fmt.Sprintf("%2d", date), strings.Replace(cal.heat.Shade(cal.days[day]), widget.NoShade, " ", 1)
		var text string
		switch {
		case day == cal.cursor:
			text = st.Accent.Render("▐") + st.Row.Render(number+shade)
		case cal.chosen().Hold(day):
			text = st.Mark.Render("✓") + st.RowOff.Render(number+shade)
		case cal.days[day] == 0:
			text = st.Quiet.Render(" " + number + shade)
		default:
			text = " " + number + st.Accent.Render(shade)
		}
		lines[2+(offset+date-1)/7] += text
	}
	return lines
}

// year draws the year that begins with a day, a week to a column.
func (cal *calendar) year(c *common.Common, first store.Day, week int) []string {
	st := &c.Styles
	lines := []string{st.Strong.Render(text.Fit(first.Format("2006"), yearMargin))}
	for _, weekday := range []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} {
		lines = append(lines, st.Quiet.Render(text.Fit(weekday, yearMargin)))
	}
	offset := weekdayOf(first)
	for day, next := first, first.AddMonths(12); day < next; day++ {
		at := offset + day.YearDay() - 1
		if _, _, date := day.Date(); date == 1 {
			name := strings.Repeat(" ", max(0, yearMargin+at/7*week-ansi.StringWidth(lines[0]))) + day.Format("Jan")
			lines[0] += st.Quiet.Render(name)
		}
		if at%7 > 0 && day == first {
			for i := range at % 7 {
				lines[1+i] += strings.Repeat(" ", week)
			}
		}
		lines[1+at%7] += cal.yearCell(st, day, week)
	}
	return lines
}

// yearCell draws a day of a year.
func (cal *calendar) yearCell(st *style.Styles, day store.Day, width int) string {
	shade := cal.heat.Shade(cal.days[day])
	switch {
	case day == cal.cursor:
		return st.Row.Render(text.Fit("◆", width))
	case cal.chosen().Hold(day):
		return st.Mark.Render(text.Fit("✓", width))
	case cal.days[day] == 0:
		return st.Quiet.Render(text.Fit(shade, width))
	}
	return st.Accent.Render(strings.Repeat(shade, width))
}
