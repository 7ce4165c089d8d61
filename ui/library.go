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
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
	"unsaid/ui/text"
)

// library is the screen with the recordings: the search, the list and the detail of one.
type library struct {
	plain
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
	found     int  // the epoch of the library that was searched last
}

func newLibrary(zone *time.Location, marked map[int64]bool) library {
	input := textinput.New()
	input.Prompt = ""
	input.Placeholder = `search: words, device:kitchen, after:2025-01, is:unintended …`
	input.SetVirtualCursor(false)
	input.CharLimit = dialog.MaxTyped
	l := library{list: newList(zone), input: input, past: past{at: -1}, stop: func() {}, busy: true}
	l.list.marked = marked
	return l
}

func (l *library) waits() bool { return l.busy }

func (l *library) resize(to common.Layout) { l.list.resize(to.List) }

func (l *library) recordings() (*list, bool) { return &l.list, true }

// searchFor shows what a query finds.
func (l *library) searchFor(c *common.Common, query string) tea.Cmd {
	l.full = false
	l.input.SetValue(query)
	l.input.Blur()
	l.suggested = suggestions{}
	l.anew = true
	return l.find(c)
}

// showFound shows what a query finds, of which ids are known already, with the cursor on one of them.
func (l *library) showFound(c *common.Common, found common.ShowFound) tea.Cmd {
	cmd := l.searchFor(c, found.Query)
	l.list.ids, l.list.moved, l.anew = found.IDs, true, false
	if l.sort == store.Newest {
		l.listed = whole
	}
	l.list.moveTo(found.At)
	return cmd
}

// parse reads a query as the screen means it: in its order, and with its marks.
func (l *library) parse(c *common.Common, text string) (store.Query, error) {
	query, err := store.ParseQuery(text, c.Local())
	query.Sort = l.sort
	if query.AsksMarked() {
		query.Marked = maps.Clone(l.list.marked) // commands read it while marks are set
	}
	return query, err
}

// find asks for what is typed: the first page, to show at once, and then all ids. The search
// before it is given up.
func (l *library) find(c *common.Common) tea.Cmd {
	query, err := l.parse(c, l.input.Value())
	l.wrong = nil
	wrong := errors.As(err, &l.wrong)
	c.Search = common.Search{Text: l.input.Value(), Wrong: l.wrong}
	if wrong {
		return nil
	}
	return l.run(c, query)
}

// load searches once more after a change of the library: for what is listed, where what is typed is wrong.
func (l *library) load(c *common.Common) tea.Cmd {
	l.list.forget()
	if cmd := l.find(c); l.wrong == nil {
		return cmd
	}
	return l.run(c, l.query)
}

func (l *library) run(c *common.Common, query store.Query) tea.Cmd {
	l.stop()
	ctx, stop := context.WithCancel(c.Ctx)
	l.query, l.stop = query, stop
	l.seq++
	l.busy, l.failed, l.paged = true, false, max(20, l.list.height)
	if l.typing || l.anew {
		l.listed = nothing
	}
	db, seq, rows := c.DB, l.seq, l.paged
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

// take takes what a search has found.
func (l *library) take(c *common.Common, msg tea.Msg) common.Action {
	switch msg := msg.(type) {
	case pageMsg:
		l.takePage(msg)
	case idsMsg:
		return l.takeIDs(c, msg)
	case searchesMsg:
		return l.takeSearches(msg)
	}
	return nil
}

func (l *library) takeIDs(c *common.Common, msg idsMsg) common.Action {
	if msg.seq != l.seq {
		return nil
	}
	l.busy, l.found = false, c.Epoch
	if msg.err != nil {
		l.failed = true
		return common.Actions{common.DropHeld{}, common.Fail{Err: msg.err}}
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

func (l *library) acts(c *common.Common) acts {
	listed := unless(func() bool { return len(l.list.ids) > 0 }, nothingListed)
	all := l.list.acts(listed)
	maps.Copy(all, acts{
		keys.Details:   {just(func() { l.full = !l.full }), listed},
		keys.ClearAll:  {do: func() common.Action { return l.clear(c) }},
		keys.SortOrder: {do: func() common.Action { return l.nextOrder(c) }},
		keys.DeleteChosen: {
			func() common.Action { return l.list.proposeDelete(l.input.Value()) },
			unless(func() bool { return len(l.list.marked)+len(l.list.ids) > 0 }, nothingToDelete),
		},
		keys.CopyText: {l.copy, listed},
	})
	return all.guarded(keys.CopyText, func() bool {
		r, known := l.list.selected()
		return !known || r.Transcript != ""
	}, "No words came with this recording")
}

// copy copies the words of the recording at the cursor.
func (l *library) copy() common.Action {
	r, ok := l.list.selected()
	if !ok {
		return nil
	}
	return common.Actions{tea.SetClipboard(text.Line(r.Transcript)), common.Say{Text: "Copied what was said"}}
}

func (l *library) move(_ *common.Common, what keys.Action) common.Action {
	l.list.move(what)
	return nil
}

// press begins to search, takes a completion, or chooses a recording.
func (l *library) press(c *common.Common, x, y int) (press, common.Action) {
	if y == 1 {
		return press{}, l.startSearch(c)
	}
	if index, ok := l.suggestionAt(c, x, y); ok {
		return press{}, l.accept(c, l.suggested.all[index])
	}
	left := l.leave(c)
	if l.full {
		return press{}, left
	}
	return l.list.press(x, y), left
}

func (l *library) wheel(_ *common.Common, x, y, by int) common.Action {
	if !l.full {
		l.list.wheel(x, y, by)
	}
	return nil
}

// nextOrder shows what is found in the next order, from its beginning.
func (l *library) nextOrder(c *common.Common) tea.Cmd {
	l.sort = (l.sort + 1) % (store.Longest + 1)
	l.anew = true
	return l.find(c)
}

// marksChanged searches anew if the search is for marks.
func (l *library) marksChanged(c *common.Common) tea.Cmd {
	if !l.query.AsksMarked() {
		return nil
	}
	return l.find(c)
}

// clear takes back one thing: the open range, the large detail, the search, the marks.
func (l *library) clear(c *common.Common) common.Action {
	switch {
	case l.list.anchor != 0:
		l.list.anchor = 0
	case l.full:
		l.full = false
	case l.input.Value() != "":
		l.list.moved = true // to what the search has found
		l.input.SetValue("")
		return l.find(c)
	case len(l.list.marked) > 0:
		return common.ClearMarks{IDs: slices.Collect(maps.Keys(l.list.marked))}
	}
	return nil
}

// view draws the list and the detail.
func (l *library) view(c *common.Common) []string {
	if c.Empty() && l.input.Value() == "" {
		return welcome(c)
	}
	r, ok := l.list.selected()
	if l.full && ok {
		return text.Indent(detailLines(c, r, c.Layout.W-2, c.Layout.H-4))
	}
	lines := text.Pad(listRows(c, &l.list, c.Layout.List.W, !l.editing()), c.Layout.List.W, c.Layout.List.H)
	if len(l.list.ids) == 0 && !l.busy && !l.failed && len(l.suggested.all) == 0 { // which would lie over half of it
		lines[min(1, len(lines)-1)] = text.Fit(c.Styles.Quiet.Render("   Nothing found. "+c.Keys.KeyOf(keys.ClearAll)+" clears the search."), c.Layout.List.W)
	}
	return withDetail(c, lines, r, ok)
}
