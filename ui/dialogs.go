package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// dialogWaits reports whether the dialog with the keys shows less than it should, for the moment.
func (a *App) dialogWaits() bool {
	d, may := a.dialog.(common.Waiter)
	return may && d.Waits()
}

func (a *App) toDialog(msg tea.Msg) tea.Cmd { return a.carryOut(a.dialog.Update(&a.Common, msg)) }

func (a *App) openDialog(d common.Dialog) tea.Cmd {
	if a.dialog != nil {
		a.below = append(a.below, a.dialog)
	}
	a.dialog = d
	if starts, does := d.(common.Starter); does {
		return starts.Start(&a.Common)
	}
	return nil
}

// closeDialog gives the keys back to the dialog below, or to the screen.
func (a *App) closeDialog() {
	a.dialog = nil
	if n := len(a.below); n > 0 {
		a.dialog, a.below = a.below[n-1], a.below[:n-1]
	}
}

// answer handles what a command brought. An answer to an older question than the last one asked
// is dropped, so that the screen never goes back.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case common.Answer:
		if msg.To == nil || msg.To == a.dialog || slices.Contains(a.below, msg.To) {
			return a.carryOut(msg.Take(msg.Err))
		}
		return nil
	case dialog.ProgressMsg:
		return a.importing(msg)
	case dialog.QuestionMsg:
		return a.importAsks(msg)
	case dialog.ImportedMsg:
		return a.imported(msg)
	}
	return a.carryOut(msg)
}

// carryOut does what a screen or dialog wants to happen.
func (a *App) carryOut(action common.Action) tea.Cmd {
	switch action := action.(type) {
	case tea.Cmd:
		return action
	case common.Actions:
		var cmds []tea.Cmd
		for _, one := range action {
			cmds = append(cmds, a.carryOut(one))
		}
		return tea.Batch(cmds...)
	case common.Close:
		a.closeDialog()
	case common.Show:
		return a.openDialog(action.Dialog)
	case common.Say:
		return a.tell(false, action.Text)
	case common.Fail:
		return a.fail(action.Err)
	case common.Do:
		return a.do(action.What)
	case common.GoTo:
		return a.show(action.Screen)
	case common.SearchFor:
		a.Screen = keys.LibraryScreen
		return a.library.SearchFor(&a.Common, action.Query)
	case common.EditSearch:
		return a.library.Edit(&a.Common, action.Query)
	case common.ShowFound:
		a.Screen = keys.LibraryScreen
		return a.library.ShowFound(&a.Common, action)
	case common.Play:
		return a.playback.review.start(a, action.IDs, 0, store.Live)
	case common.MarksChanged:
		return a.library.MarksChanged(&a.Common)
	case common.ClearMarks:
		return a.clearMarks(action.IDs)
	case common.Export:
		if len(action.IDs) == 0 {
			return a.say("There is nothing to export here")
		}
		return a.openDialog(dialog.NewExport(&a.Common, action.IDs))
	case common.AskName:
		return a.openDialog(dialog.NewRename(&a.Common, action.Device))
	case common.AskMerge:
		return a.openDialog(dialog.NewMerge(action.Device, action.Into))
	case common.AskSplit:
		return a.openDialog(dialog.NewSplit(action.Device))
	case common.AskSent:
		return a.openDialog(dialog.NewSent(&a.Common, action.Request))
	case common.AskDate:
		return a.openDialog(dialog.NewDate(&a.Common, action))
	case common.Compare:
		return a.openDialog(dialog.NewCompare(action.Pairs))
	case common.AskPurge:
		return a.askPurge(action.Deletion)
	case common.Restore:
		return a.takeBack(action.Deletion, false)
	case common.ProposeDelete:
		return a.openDelete(action.Selection)
	case common.Deleted:
		return a.deleted(action)
	case common.UndoSent:
		return a.takeBack(action.Deletion, true)
	case common.Purge:
		return a.purging.start(a, action.Deletion)
	case common.Changed:
		return a.changed(action)
	case common.Hold:
		a.hold(action.Key)
	case common.DropHeld:
		a.held = nil
	case common.FacetsCounted:
		a.library.SuggestAgain(&a.Common)
		return a.carryOut(common.Failed(action.Err))
	case common.Answer:
		return a.answer(action)
	}
	return nil
}

// changed says how a change of the library went, and reads it anew.
func (a *App) changed(msg common.Changed) tea.Cmd {
	switch {
	case msg.Err != nil:
		return tea.Batch(a.fail(msg.Err), a.reload())
	case msg.Step:
		a.marks.takenOff = nil
	}
	return tea.Batch(a.say("%s", msg.Text), a.reload())
}
