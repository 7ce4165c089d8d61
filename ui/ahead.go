package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/keys"
	"unsaid/ui/screen"
)

// Keys are often typed ahead of what they are for: the words of a search, enter, and at once what is to become
// of all that is found. Those keys wait, so that they never mean what was listed before.

// early reports whether an action on a screen has to wait for what is being found, read or undone.
func (a *App) early(s keys.Screen, what keys.Action) bool {
	switch {
	case a.reverting && (what == keys.Undo || what == keys.Redo || screen.Changes(what)):
		return true
	case what == keys.PlayPause && a.Heard.Active():
		return false
	case a.screens[s].Early(&a.Common, what):
		return true
	}
	return screen.Changes(what) && (a.read[s] != a.Epoch || a.marks.checked != a.Epoch)
}

// hold keeps a key until it can act, and with it all that follow it; esc lets go of them.
func (a *App) hold(msg tea.KeyPressMsg) {
	if msg.String() == "esc" {
		a.held = nil
		return
	}
	a.held = append(a.held, msg)
}

// resume takes the keys that were held, unless a dialog holds them. One for which it is still too early is held
// again. Where one of them opens a dialog, the rest is dropped: they were typed before it could be read.
func (a *App) resume() tea.Cmd {
	if a.dialog != nil {
		return nil
	}
	held := a.held
	a.held = nil
	cmds := make([]tea.Cmd, 0, len(held))
	for _, msg := range held {
		if a.dialog != nil {
			break
		}
		cmds = append(cmds, a.key(msg))
	}
	return tea.Batch(cmds...)
}
