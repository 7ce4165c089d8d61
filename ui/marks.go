package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
	"unsaid/ui/marks"
	"unsaid/ui/screen"
)

// marked is the marks and what is known of them.
type marked struct {
	marks.Set
	checked  int     // the epoch for which they were looked through
	takenOff []int64 // those that were taken off last, unless something was done since that undo takes back
}

// marking is the list whose recordings the keys mark, nil if they mark none.
func (a *App) marking() *screen.List {
	if l, focused := a.current().Recordings(); focused && l.Marks() {
		return l
	}
	return nil
}

// clearMarks takes off marks, which undo brings back.
func (a *App) clearMarks(ids []int64) tea.Cmd {
	for _, id := range ids {
		delete(a.Marked, id)
	}
	a.marks.takenOff = ids
	return tea.Batch(a.say("%s cleared, %s brings them back", phrase.Count(len(ids), "mark"), a.Keys.KeyOf(keys.Undo)), a.library.MarksChanged(&a.Common))
}

// putMarksBack brings back the marks that were taken off last.
func (a *App) putMarksBack() tea.Cmd {
	for _, id := range a.marks.takenOff {
		a.Marked[id] = true
	}
	n := len(a.marks.takenOff)
	a.marks.takenOff = nil
	return tea.Batch(a.say("%s brought back", phrase.Count(n, "mark")), a.checkMarks(), a.library.MarksChanged(&a.Common))
}

// checkMarks keeps the marks that are on recordings that are in the library now.
func (a *App) checkMarks() tea.Cmd {
	epoch, asked := a.Epoch, a.marks.All()
	if len(asked) == 0 {
		a.marks.checked = epoch
		return nil
	}
	ctx, db := a.Ctx, a.DB
	return common.Ask(nil, func() ([]int64, error) { return marks.Here(ctx, db, asked) }, func(here []int64, err error) common.Action {
		if epoch != a.Epoch {
			return nil
		}
		a.marks.checked = epoch
		if err != nil || !a.marks.Settle(asked, here) {
			return common.Failed(err)
		}
		return a.library.MarksChanged(&a.Common)
	})
}

// openMarked counts what is marked by device.
func (a *App) openMarked() tea.Cmd {
	n := len(a.Marked)
	if n == 0 {
		return a.say("Nothing is marked: %s marks a recording", a.Keys.KeyOf(keys.MarkOne))
	}
	return a.openDialog(dialog.NewMarked(n))
}
