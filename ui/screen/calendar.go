package screen

import (
	"cmp"
	"context"
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
	plain
	ids    []int64 // of all recordings with a known time, newest first
	days   map[store.Day]int
	heat   widget.Heat
	cursor store.Day
	anchor store.Day // where a range of days began, 0 if none is open
	moved  bool      // by the user, or used; until then the cursor is on the newest day
	years  bool      // whole years are shown, not months
	list   List      // of the chosen days
	inList bool      // whether the keys go to the list
}

func newCalendar(c *common.Common) *calendar {
	cal := &calendar{cursor: c.Today(), list: newList(c.Zone)}
	cal.list.marked = c.Marked
	return cal
}

func (cal *calendar) Hold(what keys.Action) {
	cal.list.hold(what)
	cal.moved = cal.moved || needs(what) != nothing
}

func (cal *calendar) Known() bool { return cal.days != nil }

func (cal *calendar) Resize(to common.Layout) { cal.list.resize(cal.panes(to).list) }

func (cal *calendar) Recordings() (l *List, focused bool) { return &cal.list, cal.inList }

// Load counts the recordings of each local day; their ids tell the day.
func (cal *calendar) Load(c *common.Common) tea.Cmd {
	cal.list.forget()
	days := map[store.Day]int{}
	return common.Read(c, func(ctx context.Context) ([]int64, error) {
		ids, err := c.DB.IDs(ctx, store.Query{})
		for i, id := range ids {
			t := store.IDTime(id)
			if t.UnixMilli() <= 0 { // so are all that follow
				return ids[:i], err
			}
			days[store.DayOf(t, c.Zone)]++
		}
		return ids, err
	}, func(ids []int64) common.Action {
		cal.set(ids, days)
		c.Days = days
		return nil
	})
}

// set takes the ids of all recordings with a known time, newest first, and how many each day has.
func (cal *calendar) set(ids []int64, days map[store.Day]int) {
	cal.ids, cal.days, cal.heat = ids, days, widget.NewHeat(days)
	if !cal.moved && len(ids) > 0 {
		cal.cursor = cal.dayOf(0)
	}
	cal.list.setIDs(cal.recorded())
	cal.inList = cal.inList && len(cal.list.IDs) > 0
}

// dayOf is the day of the recording with an index of ids.
func (cal *calendar) dayOf(index int) store.Day {
	return store.DayOf(store.IDTime(cal.ids[index]), cal.list.zone)
}

// chosen is the days of the open range, or the day of the cursor.
func (cal *calendar) chosen() store.Days {
	if cal.anchor == 0 {
		return store.Days{First: cal.cursor, Last: cal.cursor}
	}
	return store.Days{First: min(cal.anchor, cal.cursor), Last: max(cal.anchor, cal.cursor)}
}

// choose moves the cursor, and with it one end of an open range.
func (cal *calendar) choose(day store.Day) {
	cal.cursor, cal.moved = day, true
	cal.show()
}

// show lists the recordings of the chosen days from the newest on.
func (cal *calendar) show() {
	cal.list.Cursor, cal.list.top, cal.list.anchor, cal.list.moved = 0, 0, 0, false
	cal.list.IDs = cal.recorded()
	cal.list.moveTo(0)
	cal.inList = cal.inList && len(cal.list.IDs) > 0
}

// recorded is the ids of the recordings of the chosen days, newest first.
func (cal *calendar) recorded() []int64 {
	chosen := cal.chosen()
	from, to, mixed := chosen.Bounds(cal.list.zone)
	since := func(t time.Time) int { // how many are not older
		return sort.Search(len(cal.ids), func(i int) bool { return store.IDTime(cal.ids[i]).Before(t) })
	}
	ids := cal.ids[since(to):since(from)]
	if !mixed {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool {
		return !chosen.Hold(store.DayOf(store.IDTime(id), cal.list.zone))
	})
}

// query finds what was recorded on the chosen days.
func (cal *calendar) query() string {
	chosen := cal.chosen()
	if chosen.First == chosen.Last {
		return "on:" + chosen.First.String()
	}
	return fmt.Sprintf("after:%s before:%s", chosen.First, chosen.Last+1)
}

func (cal *calendar) Acts(c *common.Common) Acts {
	why := func() string {
		switch chosen := cal.chosen(); {
		case len(cal.list.IDs) > 0:
			return ""
		case chosen.First != chosen.Last:
			return "Nothing was recorded on these days"
		}
		return "Nothing was recorded on this day"
	}
	all := Acts{
		keys.MarkOne: {Why: func() string {
			return cmp.Or(why(), c.Keys.KeyOf(keys.Details)+" goes to the recordings, where "+c.Keys.KeyOf(keys.MarkOne)+" marks")
		}},
		keys.MarkAll: {cal.list.markAll, why},
		keys.MarkRange: {Do: just(func() {
			if cal.anchor == 0 {
				cal.anchor = cal.cursor
			} else {
				cal.anchor = 0
			}
			cal.choose(cal.cursor)
		})},
		keys.ClearAll: {Do: func() common.Action {
			if cal.anchor == 0 && len(cal.list.marked) > 0 {
				return common.ClearMarks{IDs: slices.Collect(maps.Keys(cal.list.marked))}
			}
			cal.closeRange()
			return nil
		}},
		keys.OtherView: {Do: just(func() {
			cal.years = !cal.years
			cal.Resize(c.Layout)
		})},
		keys.Details: {Do: func() common.Action {
			if cal.list.Shown() && len(cal.list.IDs) > 0 {
				cal.inList = true
				return nil
			}
			return common.SearchFor{Query: cal.query()}
		}},
		keys.PlayAll: {Do: func() common.Action { return cal.play(len(cal.list.IDs) - 1) }},
		keys.DeleteChosen: {func() common.Action {
			return common.ProposeDelete{Selection: common.These(cal.query(), cal.list.IDs, cal.closeRange)}
		}, why},
		keys.Export: {func() common.Action { return common.Export{IDs: cal.list.IDs} }, why},
	}
	if cal.inList && cal.list.Shown() {
		maps.Copy(all, cal.listActs())
	}
	return all
}

// listActs are the acts on the list beside the calendar.
func (cal *calendar) listActs() Acts {
	l := &cal.list
	leave := func(ranged bool) func() common.Action {
		return just(func() { cal.inList, l.anchor = ranged && l.anchor != 0, 0 }) // an open range is cleared before
	}
	all := l.acts(nil)
	maps.Copy(all, Acts{
		keys.ClearAll:     {Do: leave(true)},
		keys.MoveLeft:     {Do: leave(false)},
		keys.MoveRight:    {Do: cal.openInLibrary},
		keys.Details:      {Do: cal.openInLibrary},
		keys.PlayAll:      {Do: func() common.Action { return cal.play(l.Cursor) }},
		keys.DeleteChosen: {Do: func() common.Action { return l.proposeDelete(cal.query()) }},
	})
	return all
}

func (cal *calendar) Move(_ *common.Common, what keys.Action) common.Action {
	if cal.inList && cal.list.Shown() && cal.list.move(what) {
		return nil
	}
	if day, is := cal.target(what); is {
		cal.choose(day)
	}
	return nil
}

// target is the day to which a key moves the cursor. A week is a row of a month, and a column of a
// year.
func (cal *calendar) target(what keys.Action) (day store.Day, is bool) {
	along, across, page := store.Day(1), store.Day(7), 1
	if cal.years {
		along, across, page = 7, 1, 12
	}
	switch what {
	case keys.MoveLeft:
		return cal.cursor - along, true
	case keys.MoveRight:
		return cal.cursor + along, true
	case keys.MoveUp:
		return cal.cursor - across, true
	case keys.MoveDown:
		return cal.cursor + across, true
	case keys.HalfUp:
		return cal.cursor.AddMonths(-1), true
	case keys.HalfDown:
		return cal.cursor.AddMonths(1), true
	case keys.PageUp:
		return cal.cursor.AddMonths(-page), true
	case keys.PageDown:
		return cal.cursor.AddMonths(page), true
	case keys.ToTop, keys.ToBottom:
		switch {
		case len(cal.ids) == 0:
			return cal.cursor, true
		case what == keys.ToTop:
			return cal.dayOf(0), true
		}
		return cal.dayOf(len(cal.ids) - 1), true
	}
	return 0, false
}

// openInLibrary shows the chosen days in the library, with the cursor on the same recording.
func (cal *calendar) openInLibrary() common.Action {
	return common.ShowFound{Query: cal.query(), IDs: cal.list.IDs, At: cal.list.Cursor}
}

// play plays the chosen days as they passed, from the recording with an index of the list on.
func (cal *calendar) play(index int) common.Action {
	ids := slices.Clone(cal.list.IDs[:index+1])
	slices.Reverse(ids)
	return common.Play{IDs: ids}
}

// closeRange ends the range of days at the cursor.
func (cal *calendar) closeRange() {
	cal.anchor = 0
	cal.choose(cal.cursor)
}

func (cal *calendar) Press(c *common.Common, x, y int) (Press, common.Action) {
	if cal.list.area.Contains(x, y) {
		cal.inList = true
		return cal.list.press(x, y), nil
	}
	day, ok := cal.dayAt(c.Layout, x, y)
	if !ok {
		return Press{}, nil
	}
	p := Press{Again: day == cal.cursor && !cal.inList, Open: keys.Details, Drag: func(x, y int) bool {
		to, ok := cal.dayAt(c.Layout, x, y)
		if !ok || to == cal.cursor {
			return false
		}
		cal.anchor = day
		cal.choose(to)
		return true
	}}
	cal.anchor, cal.inList = 0, false
	cal.choose(day)
	return p, nil
}

func (cal *calendar) Wheel(_ *common.Common, x, y, by int) common.Action {
	if !cal.list.wheel(x, y, by) {
		cal.choose(cal.cursor.AddMonths(by))
	}
	return nil
}
