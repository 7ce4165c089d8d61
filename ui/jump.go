package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

// openJump asks for a date and goes to the recording nearest to it.
func (a *App) openJump() tea.Cmd {
	l := &a.library.list
	if len(l.ids) == 0 {
		return a.say("There is nothing to go to")
	}
	p := dialog.NewPrompt("Go to a date", "")
	newest := store.DayOf(store.IDTime(slices.Max(l.ids)), a.o.Zone)
	p.About = func(text string) string {
		days, err := store.DaysNamed(text, a.Today(), newest)
		switch {
		case err != nil:
			return store.DayExamples
		case days.First == days.Last:
			return days.First.Format(dayLayout)
		}
		return days.First.Format(dayLayout) + " – " + days.Last.Format(dayLayout)
	}
	p.Accept = func(text string) (common.Action, string) {
		days, err := store.DaysNamed(text, a.Today(), newest)
		if err != nil {
			return nil, err.Error()
		}
		from, to, _ := days.Bounds(a.o.Zone)
		index, ok := nearest(l.ids, from, to)
		if !ok {
			return a.say("No recording found here has a known time"), ""
		}
		l.top, l.moved = index, true // what follows it is what one wants to see
		l.moveTo(index)
		if !days.Hold(store.DayOf(store.IDTime(l.ids[index]), a.o.Zone)) {
			return tea.Batch(a.say("Nothing found is of that time; this is the nearest"), a.afterUpdate()), ""
		}
		return a.afterUpdate(), ""
	}
	return a.openDialog(p)
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
