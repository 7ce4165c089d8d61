package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
)

// Keys are often typed ahead of a search: its words, enter, and at once what is to become of all that is
// found. Those keys wait, so that they never mean what was listed before.

// reach is how much of what a search finds is listed.
type reach int

const (
	nothing   reach = iota // what is listed was found by other words, or is in another order
	firstPage              // what comes first
	whole                  // all, or all there was before the library changed
)

// needs is how much has to be listed for an action to mean what its user meant.
func needs(what keys.Action) reach {
	switch what {
	case keys.MoveUp, keys.MoveDown, keys.HalfUp, keys.HalfDown, keys.PageUp, keys.PageDown, keys.ToTop, keys.Details, keys.MarkOne, keys.CopyText, keys.PlayPause, keys.Replay, keys.OpenSound, keys.PlayNext, keys.PlayPrevious:
		return firstPage
	case keys.ToBottom, keys.MarkRange, keys.MarkAll, keys.Jump, keys.DeleteChosen, keys.Export, keys.ReviewFound:
		return whole
	}
	return nothing
}

// early reports whether an action on the library's screen has to wait for what is being found.
func (a *App) early(what keys.Action) bool {
	if what == keys.PlayPause && a.playback.active() {
		return false
	}
	return a.library.busy && a.library.listed < needs(what)
}

// hold keeps a key until more is found, and with it all that follow it; esc lets go of them.
func (a *App) hold(msg tea.KeyPressMsg) {
	if msg.String() == "esc" {
		a.held = nil
		return
	}
	a.held = append(a.held, msg)
}

// resume takes the keys that were held. One for which it is still too early is held again. Where a dialog has
// come up meanwhile, as the question of an import does, they are no answers to it.
func (a *App) resume() tea.Cmd {
	held := a.held
	a.held = nil
	if a.dialog != nil {
		return nil
	}
	cmds := make([]tea.Cmd, 0, len(held))
	for _, msg := range held {
		cmds = append(cmds, a.key(msg))
	}
	return tea.Batch(cmds...)
}

// takePage shows the first page, unless all is known already.
func (l *library) takePage(msg pageMsg) {
	if msg.seq != l.seq || msg.err != nil {
		return // the ids bring the error too
	}
	ids := make([]int64, len(msg.rows))
	for i, r := range msg.rows {
		ids[i] = r.ID
	}
	l.list.fill(nil, msg.rows)
	if !l.busy {
		return
	}
	// Where the page ends before the cursor's recording, only the ids tell whether that is found.
	at, had := l.list.current()
	beyond := had && len(ids) > 0 && (at < ids[len(ids)-1]) == (l.query.Sort == store.Newest)
	switch {
	case len(ids) < l.paged:
		l.listed = whole
	case l.listed == whole: // what follows the page stays until all is known
		after, found := l.list.place(ids[len(ids)-1])
		if found {
			after++
		}
		ids = append(ids, l.list.ids[after:]...)
	case beyond && !l.anew && (l.list.moved || l.typing):
		return
	default:
		l.listed = firstPage
	}
	l.show(ids)
}
