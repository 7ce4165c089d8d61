package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// mouse: a click chooses, a double click plays, the wheel scrolls, a click on a name opens its screen.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	if a.dialog != nil {
		return a.wheel(at.Button)
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[at.Button]
		if l := a.listUnder(at.X, at.Y); l != nil {
			l.scroll(by)
		}
	case tea.MouseClickMsg:
		if at.Button != tea.MouseLeft {
			return nil
		}
		return a.click(at.X, at.Y)
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

// listUnder is the list of recordings at a place on the screen, nil if there is none.
func (a *App) listUnder(x, y int) *list {
	switch {
	case !a.layout.list.contains(x, y):
		return nil
	case a.screen == libraryScreen && !a.library.full:
		return &a.library.list
	case a.screen == trashScreen && a.trash.open:
		return &a.trash.list
	}
	return nil
}

func (a *App) click(x, y int) tea.Cmd {
	if y == 0 {
		return a.clickTab(x)
	}
	if y == 1 && a.screen == libraryScreen {
		return a.library.startSearch()
	}
	l := a.listUnder(x, y)
	if l == nil {
		return nil
	}
	a.library.input.Blur()
	index, ok := l.at(y - a.layout.list.y)
	if !ok {
		return nil
	}
	if index == l.cursor { // a second click
		return tea.Batch(a.playback.toggle(a), a.rest())
	}
	l.moveTo(index)
	return a.rest()
}

// clickTab opens the screen whose name is at x of the header.
func (a *App) clickTab(x int) tea.Cmd {
	at := 1
	if a.layout.w >= 70 {
		at += len("unsaid  ")
	}
	for s := range screens {
		end := at + ansi.StringWidth(a.keys.keyOf(goLibrary+action(s))) + len(s.name()) + 3
		if x >= at && x < end {
			return a.show(s)
		}
		at = end
	}
	return nil
}
