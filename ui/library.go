package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"unsaid/ui/common"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/marks"
	"unsaid/ui/text"
)

// library is the screen with the recordings: the search, the list and the detail of one.
type library struct {
	list      list
	input     textinput.Model
	query     store.Query
	wrong     *store.QueryError // what is wrong with the words typed; the list stays as it was
	seq       int               // of the last search
	stop      context.CancelFunc
	busy      bool // the last search is still running, or the first is to come
	failed    bool // the last search failed: what is listed is not what it finds
	typing    bool // it is for other words than the one before
	anew      bool // what it finds is shown from its beginning
	listed    reach
	paged     int // how many recordings its first page has, unless they are all
	sort      store.Sorting
	past      past
	saved     []store.SavedSearch
	suggested suggestions
	full      bool // the detail has the whole body
	marks     marks.Set
	checked   int     // the epoch for which the marks were looked through
	takenOff  []int64 // the marks that were taken off last, unless something was done since that undo takes back
}

func newLibrary(zone *time.Location) library {
	input := textinput.New()
	input.Prompt = ""
	input.Placeholder = `search: words, device:kitchen, after:2025-01, is:unintended …`
	input.SetVirtualCursor(false)
	input.CharLimit = maxTyped
	l := library{list: newList(zone), input: input, past: past{at: -1}, stop: func() {}, busy: true}
	l.marks = marks.NewSet()
	l.list.marked = l.marks.On
	return l
}

func (l *library) resize(to common.Layout) { l.list.resize(to.List.H) }

// searchFor shows what a query finds.
func (l *library) searchFor(a *App, query string) tea.Cmd {
	a.screen, l.full = keys.LibraryScreen, false
	l.input.SetValue(query)
	l.input.Blur()
	l.suggested = suggestions{}
	l.anew = true
	return l.find(a)
}

// parse reads a query as the screen means it: in its order, and with its marks.
func (l *library) parse(a *App, text string) (store.Query, error) {
	query, err := store.ParseQuery(text, a.Local())
	query.Sort = l.sort
	if query.AsksMarked() {
		query.Marked = maps.Clone(l.list.marked) // commands read it while marks are set
	}
	return query, err
}

// find asks for what is typed: the first page, to show at once, and then all ids. The search
// before it is given up.
func (l *library) find(a *App) tea.Cmd {
	query, err := l.parse(a, l.input.Value())
	l.wrong = nil
	if errors.As(err, &l.wrong) {
		return nil
	}
	return l.run(a, query)
}

// again searches once more after a change of the library: for what is listed, where what is typed is wrong.
func (l *library) again(a *App) tea.Cmd {
	if cmd := l.find(a); l.wrong == nil {
		return cmd
	}
	return l.run(a, l.query)
}

func (l *library) run(a *App, query store.Query) tea.Cmd {
	l.stop()
	ctx, stop := context.WithCancel(a.Ctx)
	l.query, l.stop = query, stop
	l.seq++
	l.busy, l.failed, l.paged = true, false, max(20, l.list.height)
	if l.typing || l.anew {
		l.listed = nothing
	}
	db, seq, rows := a.o.DB, l.seq, l.paged
	all := func() tea.Msg {
		ids, err := db.IDs(ctx, query)
		return idsMsg{seq, ids, err}
	}
	if query.Sort == store.Longest {
		return all // a page of it takes as long
	}
	return tea.Batch(all, func() tea.Msg {
		page, err := db.Page(ctx, query, rows, 0)
		return pageMsg{seq, page, err}
	})
}

func (l *library) takeIDs(a *App, msg idsMsg) tea.Cmd {
	if msg.seq != l.seq {
		return nil
	}
	l.busy = false
	a.wasRead(keys.LibraryScreen, a.epoch)
	if msg.err != nil {
		l.failed = true
		a.held = nil
		return a.fail(msg.err)
	}
	l.show(msg.ids)
	l.typing, l.listed = false, whole
	return nil
}

// show lists what was found. After other words the cursor stays on its recording if they find
// it, too, and else begins with the first.
func (l *library) show(ids []int64) {
	l.list.order = l.query.Sort
	l.list.moved = l.list.moved || l.typing
	switch stayed := l.list.setIDs(ids); {
	case l.anew || l.typing && !stayed:
		l.list.moved = false
		l.list.moveTo(0)
	case l.typing:
		l.list.moved = l.list.cursor > 0
	}
	l.anew = false
}

func (l *library) do(a *App, what keys.Action) tea.Cmd {
	if l.list.move(what) {
		return nil
	}
	switch what {
	case keys.Details:
		l.full = !l.full
	case keys.ClearAll:
		return l.clear(a)
	case keys.Filter:
		return a.openFilter()
	case keys.GroupBy:
		return a.openGroups()
	case keys.SortOrder:
		return l.nextOrder(a)
	case keys.Jump:
		return a.openJump()
	case keys.SaveQuery:
		return a.saveSearch()
	case keys.DeleteChosen:
		return a.deleteFrom(&l.list, l.input.Value())
	case keys.CopyText:
		if r, ok := l.list.selected(); ok {
			return tea.Batch(tea.SetClipboard(text.Line(r.Transcript)), a.say("Copied what was said"))
		}
	}
	return nil
}

// nextOrder shows what is found in the next order, from its beginning.
func (l *library) nextOrder(a *App) tea.Cmd {
	l.sort = (l.sort + 1) % (store.Longest + 1)
	l.anew = true
	return l.find(a)
}

// marksChanged searches anew if the search is for marks.
func (l *library) marksChanged(a *App) tea.Cmd {
	if !l.query.AsksMarked() {
		return nil
	}
	return l.find(a)
}

// clear takes back one thing: the open range, the large detail, the search, the marks.
func (l *library) clear(a *App) tea.Cmd {
	switch {
	case l.list.anchor != 0:
		l.list.anchor = 0
	case l.full:
		l.full = false
	case l.input.Value() != "":
		l.list.moved = true // to what the search has found
		l.input.SetValue("")
		return l.find(a)
	case len(l.list.marked) > 0:
		return a.takeMarksOff(slices.Collect(maps.Keys(l.list.marked)))
	}
	return nil
}

// descending orders ids from the newest to the oldest.
func descending(a, b int64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}
