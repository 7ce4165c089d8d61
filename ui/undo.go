package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// undo undoes what was done last.
func (a *App) undo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	if len(a.marks.takenOff) > 0 {
		return a.putMarksBack()
	}
	return a.takeBack(0, false)
}

// revert undoes or redoes something. Until that is over, the keys for it wait.
func (a *App) revert(do func() common.Action) tea.Cmd {
	a.reverting = true
	return func() tea.Msg {
		done := do()
		return common.Answer{Take: func(error) common.Action {
			a.reverting = false
			return done
		}}
	}
}

// takeBack undoes a certain deletion, or what was done last if its id is 0. Where a request was sent already,
// the user is asked first, unless that was done.
func (a *App) takeBack(deletion int64, evenIfSent bool) tea.Cmd {
	again := a.Keys.KeyOf(keys.Redo)
	return a.revert(func() common.Action {
		undone, err := a.Undo(a.Ctx, deletion, evenIfSent)
		switch sent := (*store.SentError)(nil); {
		case errors.As(err, &sent):
			return common.Show{Dialog: &dialog.SentAlready{Deletion: sent.Deletion, Sent: sent.Sent}}
		case errors.Is(err, store.ErrNothingToUndo):
			return common.Changed{Text: nothingToUndo}
		}
		return common.Changed{Text: fmt.Sprintf("%s. %s redoes it.", undone.Text, again), Step: true, Err: err}
	})
}

// redo redoes what was undone last.
func (a *App) redo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	return a.revert(func() common.Action {
		redone, err := a.Redo(a.Ctx)
		switch {
		case errors.Is(err, store.ErrNothingToRedo):
			return common.Changed{Text: nothingToRedo}
		case err == nil && redone.Kind == store.RecordingsDeleted:
			return common.Deleted{Deletion: redone.Deletion, Requests: len(redone.Requests)}
		}
		return a.Undoable(redone.Change, err)
	})
}

// reversible is what can be taken back, and done again after all.
type reversible struct{ undo, redo bool }

func (a *App) loadReversible() tea.Cmd {
	return common.Read(&a.Common, func(ctx context.Context) (can reversible, err error) {
		can.undo, can.redo, err = a.DB.Reversible(ctx)
		return can, err
	}, func(can reversible) common.Action {
		a.reversible = can
		return nil
	})
}

func (a *App) loadTotals() tea.Cmd {
	return common.Read(&a.Common, a.DB.Totals, func(totals store.Totals) common.Action {
		a.Totals, a.Counted = totals, true
		return nil
	})
}

// whyNotTakeBack is why for undo and redo.
func (a *App) whyNotTakeBack(what keys.Action) string {
	switch {
	case a.reverting && (what == keys.Undo || what == keys.Redo):
		return stillReverting
	case what == keys.Undo && !a.reversible.undo && len(a.marks.takenOff) == 0:
		return nothingToUndo
	case what == keys.Redo && !a.reversible.redo:
		return nothingToRedo
	}
	return ""
}
