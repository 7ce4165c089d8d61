package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
)

// undo takes back a deletion, the newest if id is 0. Where one of its requests was sent already, the
// user is asked first.
func (a *App) undo(id int64) tea.Cmd {
	ctx, db := a.ctx, a.o.DB
	return func() tea.Msg {
		d, sent, err := db.Undoable(ctx, id)
		switch {
		case err != nil:
			return undoneMsg{err: err}
		case len(sent) > 0:
			return sentAlreadyMsg{d, sent}
		}
		return takeBack(ctx, db, d.ID)
	}
}

func takeBack(ctx context.Context, db *store.DB, id int64) tea.Msg {
	undone, err := db.Undo(ctx, id)
	return undoneMsg{undone, err}
}

func (a *App) undone(msg undoneMsg) tea.Cmd {
	if msg.err != nil {
		return a.fail(msg.err)
	}
	text := "Restored " + countOf(msg.undone.Restored, "recording")
	if msg.undone.Dropped > 0 {
		text += ", dropped " + countOf(msg.undone.Dropped, "draft request")
	}
	if n := len(msg.undone.Sent); n > 0 {
		text += "; " + countOf(n, "request") + " stays, since it was sent"
	}
	return tea.Batch(a.say("%s. %s does it again.", text, a.keys.keyOf(redo)), a.reload())
}

// redo takes back the newest undo.
func (a *App) redo() tea.Cmd {
	ctx, db, zone := a.ctx, a.o.DB, a.o.Zone
	return func() tea.Msg {
		redone, err := deletion.Redo(ctx, db, zone)
		return deletedMsg{redone.Deletion, len(redone.Requests), err}
	}
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
	case "u", "enter", "y":
		ctx, db, id := a.ctx, a.o.DB, d.deletion.ID
		return func() tea.Msg { return takeBack(ctx, db, id) }, true
	case "esc", "q", "n":
		return nil, true
	}
	return nil, false
}

// mostSent is how many requests the dialog names.
const mostSent = 4

func (d *sentAlreadyDialog) view(a *App) string {
	st, w := &a.styles, min(60, a.layout.w-8)
	lines := []string{st.warn.Render("Restore " + countOf(d.deletion.Recordings, "recording") + "? The maker was asked already."), ""}
	for i, r := range d.sent {
		if i == mostSent {
			lines = append(lines, st.quiet.Render("and "+countOf(len(d.sent)-i, "more request")))
			break
		}
		lines = append(lines, fit(brief(r.Device.Name)+st.quiet.Render(" · sent on "+r.SentOn+" · "+standing(r.Status)), w))
	}
	lines = append(lines, "")
	lines = append(lines, wrap("The recordings come back here, but what was sent cannot be taken back: the maker may delete all the same. "+
		"If it was not really sent, say so on the Requests screen.", w, 4)...)
	return strings.Join(append(lines, "", st.key.Render("u")+" restore   "+st.key.Render("esc")+" leave it"), "\n")
}
