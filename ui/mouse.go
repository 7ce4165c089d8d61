package ui

import tea "charm.land/bubbletea/v2"

// mouse: a click chooses, a double click plays, the wheel scrolls, a click on a name opens its screen.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	if a.dialog != nil {
		if click, is := msg.(tea.MouseClickMsg); is && at.Button == tea.MouseLeft {
			x, y := a.dialogAt()
			click.X, click.Y = at.X-x, at.Y-y
			return tea.Batch(a.toDialog(click), a.rest())
		}
		return a.wheel(at.Button)
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		by := map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[at.Button]
		if l := a.listUnder(at.X, at.Y); l != nil {
			l.scroll(by)
		}
		if a.screen == insightsScreen {
			a.insights.wheel(a, at.X, at.Y, by/3)
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
		return a.library.startSearch(a)
	}
	if index, ok := a.library.suggestionAt(a, x, y); ok {
		return tea.Batch(a.library.accept(a, a.library.suggested.all[index]), a.rest())
	}
	if a.screen == insightsScreen {
		return tea.Batch(a.insights.click(a, x, y), a.rest())
	}
	l := a.listUnder(x, y)
	if l == nil {
		return nil
	}
	left := a.library.leave(a)
	index, ok := l.at(y - a.layout.list.y)
	if !ok {
		return left
	}
	if index == l.cursor { // a second click
		return tea.Batch(left, a.playback.toggle(a), a.rest())
	}
	l.moveTo(index)
	return tea.Batch(left, a.rest())
}

// clickTab opens the screen whose name is at x of the header.
func (a *App) clickTab(x int) tea.Cmd {
	gap := len(a.tabGap())
	at := gap - 1
	if a.layout.w >= titledWidth {
		at += len("unsaid") + gap
	}
	for s := range screens {
		end := at + len(s.name()) + 2 + gap
		if x >= at && x < end {
			return a.show(s)
		}
		at = end
	}
	return nil
}
