package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/keys"
	"unsaid/ui/marks"
)

// marked is the marks and what is known of them.
type marked struct {
	marks.Set
	checked  int     // the epoch for which they were looked through
	takenOff []int64 // those that were taken off last, unless something was done since that undo takes back
}

// marking is the list whose recordings the keys mark, nil if they mark none.
func (a *App) marking() *list {
	if l, focused := a.current().recordings(); focused && l.marked != nil && l.area.H > 0 {
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
	return tea.Batch(a.say("%s cleared, %s brings them back", phrase.Count(len(ids), "mark"), a.Keys.KeyOf(keys.Undo)), a.library.marksChanged(&a.Common))
}

// putMarksBack brings back the marks that were taken off last.
func (a *App) putMarksBack() tea.Cmd {
	for _, id := range a.marks.takenOff {
		a.Marked[id] = true
	}
	n := len(a.marks.takenOff)
	a.marks.takenOff = nil
	return tea.Batch(a.say("%s brought back", phrase.Count(n, "mark")), a.checkMarks(), a.library.marksChanged(&a.Common))
}

// checkMarks looks which marks are on recordings that are in the library now.
func (a *App) checkMarks() tea.Cmd {
	epoch, asked := a.Epoch, a.marks.All()
	if len(asked) == 0 {
		a.marks.checked = epoch
		return nil
	}
	ctx, db := a.Ctx, a.DB
	return func() tea.Msg {
		here, err := marks.Here(ctx, db, asked)
		return marksMsg{epoch, asked, here, err}
	}
}

// handleMarks keeps the marks that are on recordings that are in the library now.
func (a *App) handleMarks(msg marksMsg) tea.Cmd {
	if msg.epoch != a.Epoch {
		return nil
	}
	a.marks.checked = msg.epoch
	if msg.err != nil {
		return a.fail(msg.err)
	}
	if !a.marks.Settle(msg.asked, msg.here) {
		return nil
	}
	return a.library.marksChanged(&a.Common)
}
