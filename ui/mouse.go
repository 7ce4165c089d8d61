package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/keys"
	"unsaid/ui/screen"
)

// pressing is the left button held down.
type pressing struct {
	screen.Press
	moved bool        // to something else since
	on    keys.Screen // on which it was pressed
}

// mouse: a click chooses, a second one on the same plays or opens, drawing it along chooses a range, the
// wheel scrolls, a click on a name opens its screen.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	if a.dialog != nil {
		a.pressing = pressing{}
		switch msg := msg.(type) {
		case tea.MouseWheelMsg:
			return a.wheel(at.Button)
		case tea.MouseClickMsg:
			if at.Button == tea.MouseLeft {
				x, y := a.dialogAt()
				msg.X, msg.Y = at.X-x, at.Y-y
				return a.toDialog(msg)
			}
		}
		return nil
	}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if by := notch(at.Button); by != 0 && at.Y >= 2 {
			return a.carryOut(a.current().Wheel(&a.Common, at.X, at.Y, by))
		}
	case tea.MouseClickMsg:
		if at.Button != tea.MouseLeft {
			return nil
		}
		a.held = nil // they were meant for where the cursor was
		return a.click(at.X, at.Y)
	case tea.MouseMotionMsg:
		if p := &a.pressing; p.Drag != nil && p.on == a.Screen {
			p.moved = p.Drag(at.X, at.Y) || p.moved
		}
	case tea.MouseReleaseMsg:
		return a.release()
	}
	return nil
}

// notch is the way the wheel was turned: -1 is up, 1 down, 0 none of them.
func notch(button tea.MouseButton) int {
	return map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[button]
}

// wheel scrolls in a dialog as the arrow keys do.
func (a *App) wheel(button tea.MouseButton) tea.Cmd {
	key, is := map[int]rune{-1: tea.KeyUp, 1: tea.KeyDown}[notch(button)]
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

// click is the left button pressed.
func (a *App) click(x, y int) tea.Cmd {
	if y == 0 {
		return tea.Batch(a.leaveLine(), a.clickTab(x))
	}
	p, action := a.current().Press(&a.Common, x, y)
	a.pressing = pressing{Press: p, on: a.Screen}
	return a.carryOut(action)
}

// release ends what was dragged, and plays or opens what was clicked again.
func (a *App) release() tea.Cmd {
	was := a.pressing
	a.pressing = pressing{}
	switch {
	case was.moved && was.Drop != nil:
		return a.carryOut(was.Drop())
	case was.Again && !was.moved:
		return a.do(was.Open)
	}
	return nil
}

// clickTab opens the screen whose name is at x of the header.
func (a *App) clickTab(x int) tea.Cmd {
	_, ends := a.tabs()
	for s, end := range ends {
		if x < end {
			return a.show(keys.Screen(s))
		}
	}
	return nil
}
