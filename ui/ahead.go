package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
)

// Keys are often typed ahead of what they are for: the words of a search, enter, and at once what is to become
// of all that is found. Those keys wait, so that they never mean what was listed before.

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

// changes reports whether an action changes, or takes along, what is at the cursor or marked. After a change of
// the library it waits for what is listed now.
func changes(what keys.Action) bool {
	switch what {
	case keys.MarkOne, keys.MarkRange, keys.MarkAll, keys.DeleteChosen, keys.Export, keys.Restore, keys.Purge, keys.Rename, keys.Merge, keys.Split, keys.WriteFiles, keys.OpenFolder, keys.MarkSent, keys.FollowUp:
		return true
	}
	return false
}

// early reports whether an action on a screen has to wait for what is being found, read or undone.
func (a *App) early(s keys.Screen, what keys.Action) bool {
	l := &a.library
	switch {
	case a.reverting && (what == keys.Undo || what == keys.Redo || changes(what)):
		return true
	case what == keys.PlayPause && a.Heard.Active():
		return false
	case s == keys.LibraryScreen && l.busy && l.listed < needs(what):
		return true
	case !changes(what):
		return false
	case s == keys.LibraryScreen:
		return l.busy && l.found != a.Epoch || a.marks.checked != a.Epoch
	}
	return a.read[s] != a.Epoch || s == keys.CalendarScreen && a.marks.checked != a.Epoch
}

// hold keeps a key until it can act, and with it all that follow it; esc lets go of them.
func (a *App) hold(msg tea.KeyPressMsg) {
	if msg.String() == "esc" {
		a.held = nil
		return
	}
	a.held = append(a.held, msg)
}

// resume takes the keys that were held, unless a dialog holds them. One for which it is still too early is held
// again. Where one of them opens a dialog, the rest is dropped: they were typed before it could be read.
func (a *App) resume() tea.Cmd {
	if a.dialog != nil {
		return nil
	}
	held := a.held
	a.held = nil
	cmds := make([]tea.Cmd, 0, len(held))
	for _, msg := range held {
		if a.dialog != nil {
			break
		}
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
