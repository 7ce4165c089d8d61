package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// openGroups counts what is found.
func (a *App) openGroups() tea.Cmd {
	if a.library.wrong != nil {
		return a.say("The search has to be put right first")
	}
	return a.openDialog(dialog.NewGroups(a.library.input.Value(), a.parse))
}

// openMarked counts what is marked by device.
func (a *App) openMarked() tea.Cmd {
	n := len(a.Marked)
	if n == 0 {
		return a.say("Nothing is marked: %s marks a recording", a.Keys.KeyOf(keys.MarkOne))
	}
	return a.openDialog(dialog.NewMarked(n, a.parse))
}

func (a *App) parse(query string) (store.Query, error) { return a.library.parse(&a.Common, query) }
