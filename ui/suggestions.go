package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// dueNow looks what is due by the rules of the settings.
func (a *App) dueNow() tea.Cmd {
	if len(a.o.Keep) == 0 {
		return nil
	}
	return func() tea.Msg {
		due, err := a.Due(a.Ctx)
		return dueMsg{due, err}
	}
}

// handleDue proposes at the start what is due by the rules. Where something else has the keys by then, a
// line says so.
func (a *App) handleDue(msg dueMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return a.fail(msg.err)
	case len(msg.due) == 0:
		return nil
	case !a.free():
		return a.say("By your rules for keeping, something is due: %s shows it.", a.Keys.KeyOf(keys.Suggest))
	}
	return a.openDialog(&dialog.Suggestions{})
}
