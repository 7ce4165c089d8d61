package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// openDelete proposes to delete what is selected.
func (a *App) openDelete(what common.Selection) tea.Cmd {
	if what.N == 0 {
		return a.say("There is nothing to delete")
	}
	return a.openDialog(dialog.NewDelete(what, a.unseen))
}

// unseen is how many of some recordings are not on the screen.
func (a *App) unseen(ids []int64) int {
	l := a.marking()
	if l == nil {
		return 0
	}
	seen, unseen := l.Seen(), 0
	for _, id := range ids {
		if !seen[id] {
			unseen++
		}
	}
	return unseen
}

// deleted closes the dialog and offers the undo.
func (a *App) deleted(msg common.Deleted) tea.Cmd {
	if msg.By != nil && msg.By == a.dialog {
		a.closeDialog()
	}
	if msg.Err != nil {
		a.held = nil
		return tea.Batch(a.fail(msg.Err), a.reload())
	}
	if msg.Done != nil {
		msg.Done()
	}
	a.marks.takenOff = nil
	words := msg.Deletion.Text(msg.Requests)
	if msg.Requests > 0 {
		words += " (" + a.Keys.KeyOf(keys.GoRequests) + " shows them)"
	}
	return tea.Batch(a.say("%s. %s undoes it.", words, a.Keys.KeyOf(keys.Undo)), a.reload())
}
