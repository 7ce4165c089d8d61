package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
)

// undo takes back what was done last.
func (a *App) undo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	if len(a.library.takenOff) > 0 {
		return a.putMarksBack()
	}
	ctx, db, again := a.ctx, a.o.DB, a.keys.KeyOf(keys.Redo)
	return a.revert(func() tea.Msg {
		c, err := db.ToUndo(ctx)
		switch {
		case errors.Is(err, store.ErrNothingToUndo):
			return changedMsg{text: nothingToUndo}
		case err != nil:
			return changedMsg{err: err}
		case c.Deletion != 0:
			return restoreDeletion(ctx, db, c.Deletion)
		}
		return changedMsg{fmt.Sprintf("%s. %s does it again.", c.Reverse(), again), true, db.UndoChange(ctx, c)}
	})
}

// revertedMsg is the answer to what was to be taken back or done again.
type revertedMsg struct{ answer tea.Msg }

// revert takes something back, or does it again. Until that is over, the keys for it wait.
func (a *App) revert(do func() tea.Msg) tea.Cmd {
	a.reverting = true
	return func() tea.Msg { return revertedMsg{do()} }
}

// restoreDeletion takes back a deletion. Where one of its requests was sent already, the user is asked first.
func restoreDeletion(ctx context.Context, db *store.DB, id int64) tea.Msg {
	d, sent, err := db.Undoable(ctx, id)
	switch {
	case err != nil:
		return undoneMsg{err: err}
	case len(sent) > 0:
		return sentAlreadyMsg{d, sent}
	}
	return takeBack(ctx, db, d.ID)
}

func takeBack(ctx context.Context, db *store.DB, id int64) tea.Msg {
	undone, err := db.Undo(ctx, id)
	return undoneMsg{undone, err}
}

func (a *App) undone(msg undoneMsg) tea.Cmd {
	if msg.err != nil {
		return a.fail(msg.err)
	}
	a.library.takenOff = nil
	text := "Restored " + countOf(msg.undone.Restored, "recording")
	if msg.undone.Dropped > 0 {
		text += ", dropped " + countOf(msg.undone.Dropped, "draft request")
	}
	if n := len(msg.undone.Sent); n > 0 {
		text += "; " + countOf(n, "request") + " stays, since it was sent"
	}
	return tea.Batch(a.say("%s. %s does it again.", text, a.keys.KeyOf(keys.Redo)), a.reload())
}

// redo takes back the newest undo.
func (a *App) redo() tea.Cmd {
	if a.reverting {
		return a.say(stillReverting)
	}
	ctx, db, zone := a.ctx, a.o.DB, a.o.Zone
	return a.revert(func() tea.Msg {
		c, err := db.ToRedo(ctx)
		switch {
		case errors.Is(err, store.ErrNothingToRedo):
			return changedMsg{text: nothingToRedo}
		case err != nil:
			return changedMsg{err: err}
		case c.Deletion != 0:
			redone, err := deletion.Redo(ctx, db, zone)
			return deletedMsg{nil, redone.Deletion, len(redone.Requests), err}
		}
		return a.changed(c, db.RedoChange(ctx, c))
	})
}

// changed is a change of names that can be taken back.
func (a *App) changed(c store.Change, err error) tea.Msg {
	return changedMsg{fmt.Sprintf("%s. %s undoes it.", c, a.keys.KeyOf(keys.Undo)), true, err}
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
		_, undo := db.ToUndo(ctx)
		_, redo := db.ToRedo(ctx)
		msg := reversible{epoch: epoch, undo: undo == nil, redo: redo == nil}
		switch {
		case undo != nil && !errors.Is(undo, store.ErrNothingToUndo):
			msg.err = undo
		case redo != nil && !errors.Is(redo, store.ErrNothingToRedo):
			msg.err = redo
		}
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
		ctx, db, id := a.ctx, a.o.DB, d.deletion.ID
		return a.revert(func() tea.Msg { return takeBack(ctx, db, id) }), true
	case "esc", "q", "n":
		return nil, true
	}
	return nil, false
}

// mostSent is how many requests the dialog names.
const mostSent = 4

func (d *sentAlreadyDialog) view(a *App) string {
	st, w := &a.styles, min(60, a.layout.w-8)
	lines := []string{st.Warn.Render("Restore " + countOf(d.deletion.Recordings, "recording") + "? The maker was asked already."), ""}
	for i, r := range d.sent {
		if i == mostSent {
			lines = append(lines, st.Quiet.Render("and "+countOf(len(d.sent)-i, "more request")))
			break
		}
		lines = append(lines, text.Fit(text.Brief(r.Device.Name)+st.Quiet.Render(" · sent on "+r.SentOn+" · "+standing(r.Status)), w))
	}
	lines = append(lines, "")
	lines = append(lines, text.Wrap("The recordings come back here, but what was sent cannot be taken back: the maker may delete all the same. "+
		"If it was not really sent, say so on the Requests screen.", w, 4)...)
	return strings.Join(append(lines, "", st.Key.Render(a.confirmKey())+" restore   "+st.Key.Render("esc")+" leave it"), "\n")
}
