package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/safe"
)

// library is the screen with the recordings: the search, the list and the detail of one.
type library struct {
	list      list
	input     textinput.Model
	query     store.Query
	wrong     *store.QueryError // what is wrong with the words typed; the list stays as it was
	seq       int               // of the last search
	stop      context.CancelFunc
	busy      bool // the last search is still running
	typing    bool // it is for other words than the one before
	anew      bool // what it finds is shown from its beginning
	listed    reach
	paged     int // how many recordings its first page has, unless they are all
	sort      store.Sorting
	past      past
	saved     []store.SavedSearch
	suggested suggestions
	marked    map[int64]bool
	anchor    int64 // where a range of marks began, 0 if none is open
	full      bool  // the detail has the whole body
}

func newLibrary(zone *time.Location) library {
	input := textinput.New()
	input.Prompt = ""
	input.Placeholder = `search: words, device:kitchen, after:2025-01, is:unintended …`
	input.SetVirtualCursor(false)
	input.CharLimit = maxTyped
	return library{list: newList(zone), input: input, marked: map[int64]bool{}, past: past{at: -1}, stop: func() {}}
}

func (l *library) resize(to layout) { l.list.resize(to.list.h) }

// searchFor shows what a query finds.
func (l *library) searchFor(a *App, query string) tea.Cmd {
	a.screen, l.full = libraryScreen, false
	l.input.SetValue(query)
	l.input.Blur()
	l.suggested = suggestions{}
	l.anew = true
	return l.find(a)
}

// parse reads a query as the screen means it: in its order, and with its marks.
func (l *library) parse(a *App, text string) (store.Query, error) {
	query, err := store.ParseQuery(text, a.o.Zone)
	query.Sort = l.sort
	if query.AsksMarked() {
		query.Marked = maps.Clone(l.marked) // commands read it while marks are set
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
	l.stop()
	ctx, stop := context.WithCancel(a.ctx)
	l.query, l.stop = query, stop
	l.seq++
	l.busy, l.paged = true, max(20, l.list.height)
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
	if msg.err != nil {
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
	if stayed := l.list.setIDs(ids); l.anew || !stayed && l.typing {
		l.list.moveTo(0)
	}
	l.anew = false
}

func (l *library) do(a *App, what action) tea.Cmd {
	if l.list.move(what) {
		return nil
	}
	switch what {
	case details:
		l.full = !l.full
	case markOne:
		l.markCurrent()
		return l.marksChanged(a)
	case markRange:
		l.markRange()
		return l.marksChanged(a)
	case markAll:
		l.markFound()
		return l.marksChanged(a)
	case clearAll:
		return l.clear(a)
	case filter:
		return a.openFilter()
	case groupBy:
		return a.openGroups()
	case sortOrder:
		return l.nextOrder(a)
	case jump:
		return a.openJump()
	case saveQuery:
		return a.saveSearch()
	case listMarked:
		return a.openMarked()
	case deleteChosen:
		return l.delete(a)
	case copyText:
		if r, ok := l.list.selected(); ok {
			return tea.Batch(tea.SetClipboard(safe.Line(r.Transcript)), a.say("Copied what was said"))
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

// markCurrent marks the recording at the cursor, or takes the mark off, and goes on to the next.
func (l *library) markCurrent() {
	id, ok := l.list.current()
	if !ok {
		return
	}
	if l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
	l.list.moveTo(l.list.cursor + 1)
}

// markRange begins a range at the cursor, or marks from where it began to the cursor.
func (l *library) markRange() {
	id, ok := l.list.current()
	switch {
	case !ok:
	case l.anchor == 0:
		l.anchor = id
	default:
		for _, id := range l.inRange() {
			l.marked[id] = true
		}
		l.anchor = 0
	}
}

// inRange is the ids of the open range, none if none is open.
func (l *library) inRange() []int64 {
	from, to := l.spanned()
	return l.list.ids[from:to]
}

// spanned is where among the ids the open range begins, and where it has ended.
func (l *library) spanned() (from, to int) {
	if _, ok := l.list.current(); !ok || l.anchor == 0 {
		return 0, 0
	}
	from, to = l.list.cursor, l.list.cursor+1
	switch at, found := l.list.place(l.anchor); {
	case at < from:
		from = at
	case found:
		to = at + 1
	default: // it is not found any more, and would be before this place
		to = max(to, at)
	}
	return from, to
}

// markFound marks all that is found; if all of it is marked, it takes the marks off.
func (l *library) markFound() {
	all := true
	for _, id := range l.list.ids {
		all = all && l.marked[id]
	}
	for _, id := range l.list.ids {
		if all {
			delete(l.marked, id)
		} else {
			l.marked[id] = true
		}
	}
}

// clear takes back one thing: the open range, the large detail, the marks, the search.
func (l *library) clear(a *App) tea.Cmd {
	switch {
	case l.anchor != 0:
		l.anchor = 0
	case l.full:
		l.full = false
	case len(l.marked) > 0:
		n := len(l.marked)
		clear(l.marked)
		return tea.Batch(a.say("%s taken off", countOf(n, "mark")), l.marksChanged(a))
	case l.input.Value() != "":
		l.input.SetValue("")
		return l.find(a)
	}
	return nil
}

// chosen is what delete means: the open range and the marks, or else the recording at the
// cursor, newest first. how says it in words.
func (l *library) chosen() (ids []int64, how string) {
	marked := make(map[int64]bool, len(l.marked))
	for id := range l.marked {
		marked[id] = true
	}
	for _, id := range l.inRange() {
		marked[id] = true
	}
	for id := range marked {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, descending)
	if len(ids) > 0 {
		return ids, "marked by hand"
	}
	if id, ok := l.list.current(); ok {
		return []int64{id}, "a single recording"
	}
	return nil, ""
}

func (l *library) delete(a *App) tea.Cmd {
	ids, how := l.chosen()
	if len(ids) == 0 {
		return a.say("There is nothing to delete here")
	}
	found := slices.Clone(l.list.ids)
	slices.SortFunc(found, descending)
	if query := l.input.Value(); slices.Equal(ids, found) {
		how = query
		if query == "" {
			how = "everything"
		}
	}
	return a.openDelete(how, ids)
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
