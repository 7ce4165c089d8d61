package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
)

// openElsewhere opens the sound at the cursor with the system's player.
func (a *App) openElsewhere() tea.Cmd {
	r, ok := a.selected()
	if !ok {
		return a.say("There is no recording to open")
	}
	return func() tea.Msg {
		data, err := a.Sound(a.Ctx, &r)
		if err == nil {
			err = a.OpenSound(a.Ctx, data)
		}
		if err != nil {
			return common.Fail{Err: err}
		}
		return common.Say{Text: "Opened a copy with the system's player; it is removed when unsaid ends"}
	}
}
