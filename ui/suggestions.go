package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// dueNow looks what is due by the rules of the settings.
func (a *App) dueNow() tea.Cmd {
	if len(a.o.Keep) == 0 {
		return nil
	}
	return common.Ask(nil, func() ([]deletion.Suggestion, error) { return a.Due(a.Ctx) }, a.proposeDue)
}

// proposeDue proposes at the start what is due by the rules. Where something else has the keys by then, a
// line says so.
func (a *App) proposeDue(due []deletion.Suggestion, err error) common.Action {
	switch {
	case err != nil:
		return a.fail(err)
	case len(due) == 0:
		return nil
	case !a.free():
		return a.say("Your retention rules suggest deletions: %s shows them.", a.Keys.KeyOf(keys.Suggest))
	}
	return a.openDialog(&dialog.Suggestions{})
}
