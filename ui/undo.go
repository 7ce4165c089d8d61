package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
)

// undo undoes what was done last.
func (a *App) undo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	if len(a.library.takenOff) > 0 {
		return a.putMarksBack()
	}
	ctx, db, again := a.ctx, a.o.DB, a.keys.KeyOf(keys.Redo)
	return a.revert(func() tea.Msg { return takeBack(ctx, db, 0, false, again) })
}

// revertedMsg is the answer to an undo or a redo.
type revertedMsg struct{ answer tea.Msg }

// revert undoes or redoes something. Until that is over, the keys for it wait.
func (a *App) revert(do func() tea.Msg) tea.Cmd {
	a.reverting = true
	return func() tea.Msg { return revertedMsg{do()} }
}

// takeBack undoes a certain deletion, or what was done last if its id is 0. Where a request was sent already,
// the user is asked first, unless that was done.
func takeBack(ctx context.Context, db *store.DB, deletion int64, evenIfSent bool, again string) tea.Msg {
	undone, err := db.Undo(ctx, deletion, evenIfSent)
	switch sent := (*store.SentError)(nil); {
	case errors.As(err, &sent):
		return sentAlreadyMsg{sent.Deletion, sent.Sent}
	case errors.Is(err, store.ErrNothingToUndo):
		return changedMsg{text: nothingToUndo}
	}
	return changedMsg{fmt.Sprintf("%s. %s does it again.", undone.Text, again), true, err}
}

// redo redoes what was undone last.
func (a *App) redo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	ctx, o := a.ctx, a.o
	return a.revert(func() tea.Msg {
		redone, err := o.Redo(ctx)
		switch {
		case errors.Is(err, store.ErrNothingToRedo):
			return changedMsg{text: nothingToRedo}
		case err == nil && redone.Kind == store.RecordingsDeleted:
			return deletedMsg{nil, redone.Deletion, len(redone.Requests), nil}
		}
		return a.changed(redone.Change, err)
	})
}

// changed is a change that can be undone.
func (a *App) changed(c store.Change, err error) tea.Msg {
	return changedMsg{fmt.Sprintf("%s. %s undoes it.", c.Text, a.keys.KeyOf(keys.Undo)), true, err}
}

// reversible is what can be taken back, and done again after all.
type reversible struct {
	epoch      int
	undo, redo bool
	err        error
}

func (a *App) loadReversible() tea.Cmd {
	ctx, db, epoch := a.ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		msg := reversible{epoch: epoch}
		msg.undo, msg.redo, msg.err = db.Reversible(ctx)
		return msg
	}
}

// whyNotTakeBack is why for undo and redo.
func (a *App) whyNotTakeBack(what keys.Action) string {
	switch {
	case a.reverting && (what == keys.Undo || what == keys.Redo):
		return stillReverting
	case what == keys.Undo && !a.reversible.undo && len(a.library.takenOff) == 0:
		return nothingToUndo
	case what == keys.Redo && !a.reversible.redo:
		return nothingToRedo
	}
	return ""
}

// sentAlreadyDialog warns before a deletion is taken back of which the maker was told already.
type sentAlreadyDialog struct {
	deletion store.Deletion
	sent     []store.Request
}

func (d *sentAlreadyDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, false
	}
	switch key.String() {
	case "enter", "y":
		ctx, db, id, again := a.ctx, a.o.DB, d.deletion.ID, a.keys.KeyOf(keys.Redo)
		return a.revert(func() tea.Msg { return takeBack(ctx, db, id, true, again) }), true
	case "esc", "q", "n":
		return nil, true
	}
	return nil, false
}

// mostSent is how many requests the dialog names.
const mostSent = 4

func (d *sentAlreadyDialog) view(a *App) string {
	st, w := &a.styles, min(60, a.layout.w-8)
	lines := []string{st.Warn.Render("Restore " + phrase.Count(d.deletion.Recordings, "recording") + "? The maker was asked already."), ""}
	for i, r := range d.sent {
		if i == mostSent {
			lines = append(lines, st.Quiet.Render("and "+phrase.Count(len(d.sent)-i, "more request")))
			break
		}
		lines = append(lines, text.Fit(text.Brief(r.Device.Name)+st.Quiet.Render(" · sent on "+a.dates().Day(r.SentOn)+" · "+phrase.Standing(r.Status)), w))
	}
	lines = append(lines, "")
	lines = append(lines, text.Wrap("The recordings come back here, but what was sent cannot be taken back: the maker may delete all the same. "+
		"If it was not really sent, say so on the Requests screen.", w, 4)...)
	return strings.Join(append(lines, "", st.Key.Render(a.confirmKey())+" restore   "+st.Key.Render("esc")+" leave it"), "\n")
}
