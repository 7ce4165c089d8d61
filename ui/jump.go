package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// openJump asks for a date and goes to the recording nearest to it.
func (a *App) openJump() tea.Cmd {
	l := &a.library.list
	if len(l.ids) == 0 {
		return a.say("There is nothing to go to")
	}
	p := newPrompt("Go to a date", "")
	today := dateOf(a.o.Now().In(a.o.Zone))
	newest := dateOf(store.IDTime(slices.Max(l.ids)).In(a.o.Zone))
	const examples = "2024-05-03, 3 may, may 2024, 2024, yesterday, monday"
	p.about = func(text string) string {
		from, to, ok := period(text, today, newest)
		switch {
		case !ok:
			return examples
		case from.plus(1) == to:
			return from.noon().Format(dayLayout)
		}
		return from.noon().Format(dayLayout) + " – " + to.plus(-1).noon().Format(dayLayout)
	}
	p.accept = func(text string) (tea.Cmd, string) {
		from, to, ok := period(text, today, newest)
		if !ok {
			return nil, "no date is known by this: " + examples
		}
		index, ok := nearest(l.ids, a.midnight(from), a.midnight(to))
		if !ok {
			return a.say("No recording found here has a known time"), ""
		}
		l.top, l.moved = index, true // what follows it is what one wants to see
		l.moveTo(index)
		day := dateOf(store.IDTime(l.ids[index]).In(a.o.Zone))
		if day.noon().Before(from.noon()) || !day.noon().Before(to.noon()) {
			return tea.Batch(a.say("Nothing found is of that time; this is the nearest"), a.rest()), ""
		}
		return a.rest(), ""
	}
	return a.open(p)
}

// midnight is the beginning of a local day.
func (a *App) midnight(d date) time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, a.o.Zone)
}

// nearest is the index of the recording that is in a period, the first one of them, or else nearest
// to it. There is none where no time is known.
func nearest(ids []int64, from, to time.Time) (index int, ok bool) {
	best := time.Duration(-1)
	for i, id := range ids {
		t := store.IDTime(id)
		if t.UnixMilli() == 0 {
			continue // of unknown time
		}
		away := max(from.Sub(t), t.Sub(to.Add(-time.Millisecond)), 0)
		if best < 0 || away < best {
			index, best = i, away
		}
	}
	return index, best >= 0
}

// The ways to write a day, a month or a year.
var (
	dayLayouts   = []string{"2006-1-2", "2.1.2006", "2 January 2006", "2 Jan 2006", "January 2 2006", "Jan 2 2006", "January 2, 2006", "Jan 2, 2006"}
	monthLayouts = []string{"2006-1", "January 2006", "Jan 2006"}
	yearless     = []string{"2 January", "2 Jan", "January 2", "Jan 2"}
)

// period reads a day, a month or a year as people write them; the end is excluded. What has no year
// means the last one that is not after the newest recording.
func period(text string, today, newest date) (from, to date, ok bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch text {
	case "today":
		return today, today.plus(1), true
	case "yesterday":
		return today.plus(-1), today, true
	}
	for back := 1; back <= 7; back++ {
		day := today.plus(-back)
		if name := strings.ToLower(day.noon().Weekday().String()); text == name || text == name[:3] {
			return day, day.plus(1), true
		}
	}
	day := func(d date) (date, date, bool) { return d, d.plus(1), true }
	month := func(d date) (date, date, bool) { return d, d.plusMonths(1), true }
	if d, ok := parsed(text, dayLayouts); ok {
		return day(d)
	}
	if d, ok := parsed(text, monthLayouts); ok {
		return month(d)
	}
	if d, ok := parsed(text, []string{"2006"}); ok {
		return d, d.plusMonths(12), true
	}
	if d, ok := parsed(text, []string{"January", "Jan"}); ok {
		return month(lastYear(d, newest))
	}
	// A leap day is one only with its year.
	for back := range 5 {
		if d, ok := parsed(text+date{newest.year - back, 1, 1}.noon().Format(" 2006"), withYear(yearless)); ok && !d.noon().After(newest.noon()) {
			return day(d)
		}
	}
	return date{}, date{}, false
}

func withYear(layouts []string) []string {
	var all []string
	for _, layout := range layouts {
		all = append(all, layout+" 2006")
	}
	return all
}

// parsed reads a date in one of some layouts; years are those that ids can carry.
func parsed(text string, layouts []string) (date, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && (t.Year() == 0 || t.Year() >= 1970 && t.Year() <= 2200) {
			return dateOf(t), true
		}
	}
	return date{}, false
}

// lastYear puts a day that has no year into the last one in which it is not after the newest.
func lastYear(d, newest date) date {
	d.year = newest.year
	if d.noon().After(newest.noon()) {
		d.year--
	}
	return d
}

// dayNamed writes a day of a group as the lists do.
func dayNamed(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format(dayLayout)
}
