package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"unsaid/ui/common"

	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/widget"
)

// press is the left button held down.
type press struct {
	on    bool
	again bool        // on what the cursor was on already
	moved bool        // to something else since
	list  *list       // with the recording under it, nil if it was none that can be marked
	at    common.Rect // where that list is
	id    int64       // of the recording
	day   store.Day   // under it, 0 if it was none of the calendar
	row   bool        // of a table is under it
}

// clicked is the row of a table that was chosen with the mouse last, and where it was on the screen then.
type clicked struct {
	screen keys.Screen
	y      int
	index  int
}

// mouse: a click chooses, a second one on the same plays or opens, drawing it along chooses a range, the
// wheel scrolls, a click on a name opens its screen.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	if a.dialog != nil {
		a.press = press{}
		switch msg := msg.(type) {
		case tea.MouseWheelMsg:
			return a.wheel(at.Button)
		case tea.MouseClickMsg:
			if at.Button == tea.MouseLeft {
				x, y := a.dialogAt()
				msg.X, msg.Y = at.X-x, at.Y-y
				return tea.Batch(a.toDialog(msg), a.rest())
			}
		}
		return nil
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return tea.Batch(a.turn(at), a.rest())
	case tea.MouseClickMsg:
		if at.Button != tea.MouseLeft {
			return nil
		}
		a.held = nil // they were meant for where the cursor was
		return tea.Batch(a.click(at.X, at.Y), a.rest())
	case tea.MouseMotionMsg:
		if a.press.on {
			a.draw(at.X, at.Y)
		}
	case tea.MouseReleaseMsg:
		return tea.Batch(a.release(), a.rest())
	}
	return a.rest()
}

// wheel scrolls in a dialog as the arrow keys do.
func (a *App) wheel(button tea.MouseButton) tea.Cmd {
	key, is := map[tea.MouseButton]rune{tea.MouseWheelUp: tea.KeyUp, tea.MouseWheelDown: tea.KeyDown}[button]
	if !is {
		return nil
	}
	var cmds []tea.Cmd
	for range 3 {
		if a.dialog != nil {
			cmds = append(cmds, a.toDialog(tea.KeyPressMsg{Code: key}))
		}
	}
	return tea.Batch(cmds...)
}

// turn scrolls what is under the mouse: a list by rows, the calendar by months, a table's cursor.
func (a *App) turn(at tea.Mouse) tea.Cmd {
	by := map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[at.Button]
	if l, _ := a.listUnder(at.X, at.Y); l != nil {
		l.scroll(3 * by)
		return nil
	}
	switch what := map[int]keys.Action{-1: keys.MoveUp, 1: keys.MoveDown}[by]; {
	case at.Y < 2 || by == 0:
	case a.screen == keys.CalendarScreen:
		a.calendar.choose(a.calendar.cursor.AddMonths(by))
	case a.screen == keys.InsightsScreen:
		a.insights.wheel(a, at.X, at.Y, by)
	case a.screen == keys.LibraryScreen, a.screen == keys.TrashScreen && a.trash.open: // their lists have scrolled, or are not under the mouse
	default:
		return a.do(what)
	}
	return nil
}

// listUnder is the list of recordings at a place on the screen and where it is, nil if there is none.
func (a *App) listUnder(x, y int) (*list, common.Rect) {
	beside := a.calendar.panes(a.Layout).list
	switch {
	case a.screen == keys.CalendarScreen && beside.Contains(x, y):
		return &a.calendar.list, beside
	case !a.Layout.List.Contains(x, y):
	case a.screen == keys.LibraryScreen && !a.library.full:
		return &a.library.list, a.Layout.List
	case a.screen == keys.TrashScreen && a.trash.open:
		return &a.trash.list, a.Layout.List
	}
	return nil, common.Rect{}
}

// click is the left button pressed.
func (a *App) click(x, y int) tea.Cmd {
	if y == 1 && a.screen == keys.LibraryScreen {
		return a.library.startSearch(a)
	}
	if index, ok := a.library.suggestionAt(a, x, y); ok {
		return a.library.accept(a, a.library.suggested.all[index])
	}
	left := a.library.leave(a)
	a.devices.narrow.Blur()
	return tea.Batch(left, a.clickBody(x, y))
}

// clickBody is a click on anything but the library's search.
func (a *App) clickBody(x, y int) tea.Cmd {
	switch {
	case y == 0:
		return a.clickTab(x)
	case a.screen == keys.InsightsScreen:
		return a.insights.click(a, x, y)
	case y == 1 && a.screen == keys.DevicesScreen:
		return a.devices.narrow.Focus()
	}
	if l, at := a.listUnder(x, y); l != nil {
		a.clickRecording(l, at, y)
		return nil
	}
	if t, index, ok := a.rowUnder(y); ok {
		return a.clickRow(t, index, y)
	}
	if day, ok := a.calendar.dayAt(a.Layout, x, y); ok && a.screen == keys.CalendarScreen {
		a.clickDay(day)
	}
	return nil
}

// clickRecording chooses the recording in the row y of the screen, of a list that is at a place there.
func (a *App) clickRecording(l *list, at common.Rect, y int) {
	a.calendar.inList = a.screen == keys.CalendarScreen
	index, ok := l.at(y - at.Y)
	if !ok {
		return
	}
	a.press = press{on: true, again: index == l.cursor}
	l.moved = true
	l.moveTo(index)
	if l.marked != nil {
		a.press.list, a.press.at, a.press.id = l, at, l.ids[index]
	}
}

func (a *App) clickDay(day store.Day) {
	c := &a.calendar
	a.press = press{on: true, again: day == c.cursor && !c.inList, day: day}
	c.anchor, c.inList = 0, false
	c.choose(day)
}

// rowUnder is the table of the screen, and the index of the row of it at y; false if there is none.
func (a *App) rowUnder(y int) (t *widget.Table, index int, ok bool) {
	var n, height int
	switch {
	case a.screen == keys.DevicesScreen:
		t, n, height = &a.devices.Table, len(a.devices.shown), a.devices.height(a.Layout)
	case a.screen == keys.TrashScreen && !a.trash.open:
		t, n, height = &a.trash.Table, len(a.trash.all), a.trash.height(a.Layout)
	case a.screen == keys.RequestsScreen && !a.requests.open:
		t, n, height = &a.requests.Table, len(a.requests.all), a.requests.height(a.Layout)
	default:
		return nil, 0, false
	}
	index, ok = t.At(y-3, n, height) // below the search or title, and the columns' titles
	return t, index, ok
}

// clickRow chooses a row of a table. A table scrolls its cursor to the middle, so that a second click in
// the same place means what the first one chose.
func (a *App) clickRow(t *widget.Table, index, y int) tea.Cmd {
	again := index == t.Cursor || a.clicked == clicked{a.screen, y, t.Cursor}
	a.press = press{on: true, again: again, row: true}
	if again {
		return nil
	}
	t.Cursor = index
	a.clicked = clicked{a.screen, y, index}
	if a.screen == keys.RequestsScreen {
		a.requests.scroll = 0
		return a.requests.showDetail(a)
	}
	return nil
}

// draw draws the pressed button along, which chooses all from where it was pressed on.
func (a *App) draw(x, y int) {
	switch {
	case a.press.list != nil && a.press.list == a.marking():
		l, at := a.press.list, a.press.at
		index, ok := l.at(y - at.Y)
		switch {
		case y < at.Y:
			index, ok = l.cursor-1, true
		case y >= at.Y+at.H:
			index, ok = l.cursor+1, true
		}
		if !ok || index == l.cursor {
			return
		}
		a.press.moved, l.anchor = true, a.press.id
		l.moveTo(index)
	case a.screen == keys.CalendarScreen && a.press.day != 0:
		day, ok := a.calendar.dayAt(a.Layout, x, y)
		if !ok || day == a.calendar.cursor {
			return
		}
		a.press.moved, a.calendar.anchor = true, a.press.day
		a.calendar.choose(day)
	}
}

// release marks the recordings that were drawn over, and plays or opens what was clicked again.
func (a *App) release() tea.Cmd {
	was := a.press
	a.press = press{}
	switch {
	case was.moved && was.list != nil && was.list.anchor == was.id:
		was.list.markRange()
		return a.library.marksChanged(a)
	case !was.on || !was.again || was.moved:
	case was.row || was.day != 0:
		return a.do(keys.Details)
	default:
		return a.playback.toggle(a)
	}
	return nil
}

// clickTab opens the screen whose name is at x of the header.
func (a *App) clickTab(x int) tea.Cmd {
	gap := len(a.tabGap())
	at := gap - 1
	if a.Layout.W >= titledWidth {
		at += len("unsaid") + gap
	}
	for s := range keys.Screens {
		end := at + ansi.StringWidth(a.Keys.KeyOf(keys.GoLibrary+keys.Action(s))) + len(s.Name()) + 1 + gap
		if x >= at && x < end {
			return a.show(s)
		}
		at = end
	}
	return nil
}
