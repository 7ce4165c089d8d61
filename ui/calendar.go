package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// date is a local day.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date{y, m, d}
}

// noon is a time on the day that no clock change reaches.
func (d date) noon() time.Time { return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC) }

func (d date) plus(days int) date { return dateOf(d.noon().AddDate(0, 0, days)) }

// plusMonths is the same day of another month, or the last one of it if it is shorter.
func (d date) plusMonths(months int) date {
	first := date{d.year, d.month, 1}.noon().AddDate(0, months, 0)
	return date{first.Year(), first.Month(), min(d.day, first.AddDate(0, 1, -1).Day())}
}

func (d date) String() string { return d.noon().Format(time.DateOnly) }

// calendar is the screen with a cell for each day, the darker the more was recorded.
type calendar struct {
	days   map[date]int
	most   int
	cursor date
	anchor date // where a range of days began, the zero date if none is open
	moved  bool // by the user; until then the cursor is on the newest day
}

func newCalendar(today time.Time) calendar { return calendar{cursor: dateOf(today)} }

func (c *calendar) set(days map[date]int) {
	c.days, c.most = days, 0
	var newest date
	for d, n := range days {
		c.most = max(c.most, n)
		if d.noon().After(newest.noon()) {
			newest = d
		}
	}
	if !c.moved && len(days) > 0 {
		c.cursor = newest
	}
}

// chosen is the first and the last day of the open range, or the day of the cursor.
func (c *calendar) chosen() (from, to date) {
	from, to = c.cursor, c.cursor
	switch {
	case c.anchor == date{}:
	case c.anchor.noon().Before(c.cursor.noon()):
		from = c.anchor
	default:
		to = c.anchor
	}
	return from, to
}

// query finds what was recorded on the chosen days.
func (c *calendar) query() string {
	from, to := c.chosen()
	if from == to {
		return "on:" + from.String()
	}
	return fmt.Sprintf("after:%s before:%s", from, to.plus(1))
}

// count is how much was recorded on the chosen days.
func (c *calendar) count() int {
	from, to := c.chosen()
	n := 0
	for d, recorded := range c.days {
		if !d.noon().Before(from.noon()) && !d.noon().After(to.noon()) {
			n += recorded
		}
	}
	return n
}

func (c *calendar) do(a *App, what action) tea.Cmd {
	steps := map[action]int{moveLeft: -1, moveRight: 1, moveUp: -7, moveDown: 7}
	switch what {
	case moveLeft, moveRight, moveUp, moveDown:
		c.cursor = c.cursor.plus(steps[what])
	case pageUp, halfUp:
		c.cursor = c.cursor.plusMonths(-1)
	case pageDown, halfDown:
		c.cursor = c.cursor.plusMonths(1)
	case toTop, toBottom:
		c.toEnd(what == toTop)
	case markRange:
		if c.anchor == (date{}) {
			c.anchor = c.cursor
		} else {
			c.anchor = date{}
		}
	case clearAll:
		c.anchor = date{}
	case details:
		return a.library.searchFor(a, c.query())
	case deleteChosen:
		return c.delete(a)
	}
	c.moved = true
	return nil
}

// toEnd goes to the newest or the oldest day with recordings.
func (c *calendar) toEnd(newest bool) {
	for d := range c.days {
		if c.days[c.cursor] == 0 || d.noon().After(c.cursor.noon()) == newest && d != c.cursor {
			c.cursor = d
		}
	}
}

func (c *calendar) delete(a *App) tea.Cmd {
	text := c.query()
	query, err := store.ParseQuery(text, a.o.Zone)
	if err != nil {
		return a.fail(err)
	}
	c.anchor = date{}
	ctx, db := a.ctx, a.o.DB
	return func() tea.Msg {
		ids, err := db.IDs(ctx, query)
		return chosenMsg{text, ids, err}
	}
}

func (c *calendar) title(a *App) string {
	from, to := c.chosen()
	text := from.noon().Format(dayLayout)
	if from != to {
		text += " – " + to.noon().Format(dayLayout)
	}
	return " " + a.styles.strong.Render(text) + "  " + countOf(c.count(), "recording")
}

// view draws the months up to the cursor's, as many as there is room for.
func (c *calendar) view(a *App) []string {
	const cell, month = 4, 7*4 + 4
	across := max(1, (a.layout.w-2)/month)
	down := max(1, (a.layout.h-5)/9)
	first := time.Date(c.cursor.year, c.cursor.month, 1, 12, 0, 0, 0, time.UTC)
	first = first.AddDate(0, 1-across*down, 0)
	var lines []string
	for range down {
		var block [8]string
		for range across {
			for i, line := range c.month(a, first) {
				block[i] += fit(line, month)
			}
			first = first.AddDate(0, 1, 0)
		}
		lines = append(append(lines, ""), block[:]...)
	}
	if down*9 < a.layout.h-5 {
		lines = append(lines, "", " "+c.legend(a))
	}
	return indent(lines)
}

// month draws one month in eight lines: its name, the weekdays, six weeks.
func (c *calendar) month(a *App, first time.Time) [8]string {
	st := &a.styles
	from, to := c.chosen()
	var lines [8]string
	lines[0] = st.strong.Render(first.Format("January 2006"))
	lines[1] = st.quiet.Render(" Mo  Tu  We  Th  Fr  Sa  Su")
	offset := (int(first.Weekday()) + 6) % 7 // weeks begin on Monday
	lines[2] = strings.Repeat("    ", offset)
	for t := first; t.Month() == first.Month(); t = t.AddDate(0, 0, 1) {
		d := dateOf(t)
		text := fmt.Sprintf("%2d%s", d.day, shade(c.days[d], c.most))
		switch {
		case d == c.cursor:
			text = st.accent.Render("▐") + st.row.Render(text)
		case !t.Before(from.noon()) && !t.After(to.noon()):
			text = st.mark.Render("✓") + st.rowOff.Render(text)
		case c.days[d] == 0:
			text = st.quiet.Render(" " + text)
		default:
			text = " " + text
		}
		lines[2+(offset+d.day-1)/7] += text
	}
	return lines
}

var shades = []string{" ", "░", "▒", "▓", "█"}

// shade is the mark of n recordings, where most is the largest number there is.
func shade(n, most int) string {
	if n == 0 {
		return shades[0]
	}
	return shades[1+(n-1)*(len(shades)-1)/max(1, most)]
}

func (c *calendar) legend(a *App) string {
	if c.most == 0 {
		return a.styles.quiet.Render("Nothing with a known time is in the library.")
	}
	return a.styles.quiet.Render(fmt.Sprintf("%s few – %s most (%s in a day)", shades[1], shades[4], countOf(c.most, "recording")))
}
