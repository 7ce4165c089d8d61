package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/keys"
)

// switchLibrary leaves for the sample, or from it for the user's library.
func (a *App) switchLibrary() tea.Cmd {
	switch {
	case a.OtherLibrary() != "":
		a.switching = true
		return a.quit()
	case a.Sample:
		return a.say("This is the sample; unsaid without demo opens your library")
	}
	return a.say("The sample is for an empty library; unsaid demo opens it beside yours")
}

// greet says where one is, if that is not one's own library.
func (a *App) greet() tea.Cmd {
	if !a.Sample {
		return nil
	}
	text := "A sample: an invented household."
	if a.Elsewhere {
		text += " " + a.Keys.KeyOf(keys.SwitchLibrary) + " goes back to yours."
	}
	return a.say("%s", text)
}
