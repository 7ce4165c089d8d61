package ui

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/widget"
)

// calendar is the screen with a cell for each day, the darker the more was recorded: a few months,
// or whole years. Beside it, where there is room, are the recordings of the chosen days.
type calendar struct {
	ids    []int64 // of all recordings with a known time, newest first
	days   map[store.Day]int
	heat   widget.Heat
	cursor store.Day
	anchor store.Day // where a range of days began, 0 if none is open
	moved  bool      // by the user, or used; until then the cursor is on the newest day
	years  bool      // whole years are shown, not months
	list   list      // of the chosen days
	inList bool      // whether the keys go to the list
}

func newCalendar(now time.Time) calendar {
	return calendar{cursor: store.DayOf(now, now.Location()), list: newList(now.Location())}
}

func (c *calendar) resize(to common.Layout) { c.list.resize(c.panes(to).list.H) }

// listed reports whether there is room for the recordings of the chosen days.
func (c *calendar) listed(l common.Layout) bool { return c.panes(l).list.H > 0 }

// set takes the ids of all recordings with a known time, newest first, and how many each day has.
func (c *calendar) set(ids []int64, days map[store.Day]int) {
	c.ids, c.days, c.heat = ids, days, widget.NewHeat(days)
	if !c.moved && len(ids) > 0 {
		c.cursor = c.dayOf(0)
	}
	c.list.setIDs(c.recorded())
	c.inList = c.inList && len(c.list.ids) > 0
}

// dayOf is the day of the recording with an index of ids.
func (c *calendar) dayOf(index int) store.Day {
	return store.DayOf(store.IDTime(c.ids[index]), c.list.zone)
}

// chosen is the days of the open range, or the day of the cursor.
func (c *calendar) chosen() store.Days {
	if c.anchor == 0 {
		return store.Days{First: c.cursor, Last: c.cursor}
	}
	return store.Days{First: min(c.anchor, c.cursor), Last: max(c.anchor, c.cursor)}
}

// choose moves the cursor, and with it one end of an open range.
func (c *calendar) choose(day store.Day) {
	c.cursor, c.moved = day, true
	c.show()
}

// show lists the recordings of the chosen days from the newest on.
func (c *calendar) show() {
	c.list.cursor, c.list.top, c.list.anchor, c.list.moved = 0, 0, 0, false
	c.list.ids = c.recorded()
	c.list.moveTo(0)
	c.inList = c.inList && len(c.list.ids) > 0
}

// recorded is the ids of the recordings of the chosen days, newest first.
func (c *calendar) recorded() []int64 {
	chosen := c.chosen()
	from, to, mixed := chosen.Bounds(c.list.zone)
	since := func(t time.Time) int { // how many are not older
		return sort.Search(len(c.ids), func(i int) bool { return store.IDTime(c.ids[i]).Before(t) })
	}
	ids := c.ids[since(to):since(from)]
	if !mixed {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool {
		return !chosen.Hold(store.DayOf(store.IDTime(id), c.list.zone))
	})
}

// query finds what was recorded on the chosen days.
func (c *calendar) query() string {
	chosen := c.chosen()
	if chosen.First == chosen.Last {
		return "on:" + chosen.First.String()
	}
	return fmt.Sprintf("after:%s before:%s", chosen.First, chosen.Last+1)
}

func (c *calendar) do(a *App, what keys.Action) tea.Cmd {
	if c.inList && c.listed(a.Layout) {
		if done, cmd := c.doInList(a, what); done {
			return cmd
		}
	}
	if day, is := c.target(what); is {
		c.choose(day)
		return nil
	}
	switch what {
	case keys.MarkRange:
		if c.anchor == 0 {
			c.anchor = c.cursor
		} else {
			c.anchor = 0
		}
		c.choose(c.cursor)
	case keys.ClearAll:
		if c.anchor == 0 && len(c.list.marked) > 0 {
			return a.takeMarksOff(slices.Collect(maps.Keys(c.list.marked)))
		}
		c.anchor = 0
		c.choose(c.cursor)
	case keys.MarkAll, keys.ListMarked:
		cmd, _ := a.mark(&c.list, what)
		return cmd
	case keys.OtherView:
		c.years = !c.years
		c.resize(a.Layout)
	case keys.Details:
		if c.listed(a.Layout) && len(c.list.ids) > 0 {
			c.inList = true
			return nil
		}
		return a.library.searchFor(a, c.query())
	case keys.PlayAll:
		return c.play(a, len(c.list.ids)-1)
	case keys.DeleteChosen:
		return c.delete(a)
	}
	return nil
}

// target is the day to which a key moves the cursor. A week is a row of a month, and a column of a
// year.
func (c *calendar) target(what keys.Action) (day store.Day, is bool) {
	along, across, page := store.Day(1), store.Day(7), 1
	if c.years {
		along, across, page = 7, 1, 12
	}
	switch what {
	case keys.MoveLeft:
		return c.cursor - along, true
	case keys.MoveRight:
		return c.cursor + along, true
	case keys.MoveUp:
		return c.cursor - across, true
	case keys.MoveDown:
		return c.cursor + across, true
	case keys.HalfUp:
		return c.cursor.AddMonths(-1), true
	case keys.HalfDown:
		return c.cursor.AddMonths(1), true
	case keys.PageUp:
		return c.cursor.AddMonths(-page), true
	case keys.PageDown:
		return c.cursor.AddMonths(page), true
	case keys.ToTop, keys.ToBottom:
		switch {
		case len(c.ids) == 0:
			return c.cursor, true
		case what == keys.ToTop:
			return c.dayOf(0), true
		}
		return c.dayOf(len(c.ids) - 1), true
	}
	return 0, false
}

// doInList does what a key asks for of the list beside the calendar, and reports whether it is
// one for the list.
func (c *calendar) doInList(a *App, what keys.Action) (done bool, cmd tea.Cmd) {
	if c.list.move(what) {
		return true, nil
	}
	switch what {
	case keys.ClearAll, keys.MoveLeft:
		c.inList = what == keys.ClearAll && c.list.anchor != 0 // an open range is cleared before
		c.list.anchor = 0
	case keys.MoveRight, keys.Details:
		return true, c.openInLibrary(a)
	case keys.PlayAll:
		return true, c.play(a, c.list.cursor)
	case keys.DeleteChosen:
		return true, a.deleteFrom(&c.list, c.query())
	default:
		return false, nil
	}
	return true, nil
}

// openInLibrary shows the chosen days in the library, with the cursor on the same recording.
func (c *calendar) openInLibrary(a *App) tea.Cmd {
	cmd := a.library.searchFor(a, c.query())
	a.library.list.ids, a.library.list.moved, a.library.anew = c.list.ids, true, false
	if a.library.sort == store.Newest {
		a.library.listed = whole
	}
	a.library.list.moveTo(c.list.cursor)
	return cmd
}

// play plays the chosen days as they passed, from the recording with an index of the list on.
func (c *calendar) play(a *App, index int) tea.Cmd {
	ids := slices.Clone(c.list.ids[:index+1])
	slices.Reverse(ids)
	return a.playback.review.start(a, ids, 0, store.Live)
}

func (c *calendar) delete(a *App) tea.Cmd {
	return a.openDelete(common.These(c.query(), c.list.ids, func() {
		c.anchor = 0
		c.choose(c.cursor)
	}))
}
