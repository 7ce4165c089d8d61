package screen

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
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// library is the screen with the recordings: the search, the list and the detail of one.
type library struct {
	plain
	list      List
	input     textinput.Model
	query     store.Query // what is listed was found by it
	seq       int         // of the last search
	stop      context.CancelFunc
	typing    bool // the last search is for other words than the one before
	anew      bool // what it finds is shown from its beginning
	listed    reach
	paged     int // how many recordings its first page has, unless they are all
	past      past
	suggested suggestions
	full      bool // the detail has the whole body
	found     int  // the epoch of the library that was searched last
}

func newLibrary(c *common.Common) *library {
	input := textinput.New()
	input.Prompt = ""
	input.Placeholder = `search: words, device:kitchen, after:2025-01, is:unintended …`
	input.SetVirtualCursor(false)
	input.CharLimit = widget.MaxTyped
	c.Search.Busy = true // the first one is to come
	l := &library{list: newList(c.Zone), input: input, past: past{at: -1}, stop: func() {}}
	l.list.marked = c.Marked
	return l
}

func (l *library) Waits(c *common.Common) bool { return c.Search.Busy }

func (l *library) Hold(what keys.Action) { l.list.hold(what) }

func (l *library) Resize(to common.Layout) { l.list.resize(to.List) }

func (l *library) Recordings() (*List, bool) { return &l.list, true }

func (l *library) SearchFor(c *common.Common, query string) tea.Cmd {
	l.full = false
	l.input.SetValue(query)
	l.input.Blur()
	l.suggested = suggestions{}
	l.anew = true
	return l.find(c)
}

func (l *library) ShowFound(c *common.Common, found common.ShowFound) tea.Cmd {
	cmd := l.SearchFor(c, found.Query)
	l.list.IDs, l.list.moved, l.anew = found.IDs, true, false
	if c.Search.Sort == store.Newest {
		l.listed = whole
	}
	l.list.moveTo(found.At)
	return cmd
}

// find asks for what is typed: the first page, to show at once, and then all ids. The search
// before it is given up.
func (l *library) find(c *common.Common) tea.Cmd {
	c.Search.Text, c.Search.Wrong = l.input.Value(), nil
	query, err := c.ParseSearch(c.Search.Text)
	if errors.As(err, &c.Search.Wrong) {
		return nil
	}
	return l.run(c, query)
}

// Load searches once more after a change of the library: for what is listed, where what is typed is wrong.
func (l *library) Load(c *common.Common) tea.Cmd {
	l.list.forget()
	cmd := l.find(c)
	if c.Search.Wrong != nil {
		cmd = l.run(c, l.query)
	}
	return tea.Batch(cmd, l.loadSearches(c))
}

func (l *library) run(c *common.Common, query store.Query) tea.Cmd {
	l.stop()
	ctx, stop := context.WithCancel(c.Ctx)
	l.query, l.stop = query, stop
	l.seq++
	c.Search.Busy, c.Search.Failed, l.paged = true, false, max(20, l.list.height)
	if l.typing || l.anew {
		l.listed = nothing
	}
	db, seq, rows := c.DB, l.seq, l.paged
	all := common.Ask(nil, func() ([]int64, error) { return db.IDs(ctx, query) },
		func(ids []int64, err error) common.Action { return l.takeIDs(c, seq, ids, err) })
	if query.Sort == store.Longest {
		return all // a page of it takes as long
	}
	return tea.Batch(all, common.Ask(nil, func() ([]store.Recording, error) { return db.Page(ctx, query, rows, 0) },
		func(page []store.Recording, err error) common.Action {
			if seq == l.seq && err == nil { // the ids bring the error, too
				l.takePage(c, page)
			}
			return nil
		}))
}

// takeIDs takes all that a search found.
func (l *library) takeIDs(c *common.Common, seq int, ids []int64, err error) common.Action {
	if seq != l.seq {
		return nil
	}
	c.Search.Busy, l.found = false, c.Epoch
	if err != nil {
		c.Search.Failed = true
		return common.Actions{common.DropHeld{}, common.Fail{Err: err}}
	}
	l.show(ids)
	c.Search.Found = len(ids)
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
		l.list.moved = l.list.Cursor > 0
	}
	l.anew = false
}

func (l *library) Acts(c *common.Common) Acts {
	listed := unless(func() bool { return len(l.list.IDs) > 0 }, nothingListed)
	all := l.list.acts(listed)
	maps.Copy(all, Acts{
		keys.Details:   {just(func() { l.full = !l.full }), listed},
		keys.ClearAll:  {Do: func() common.Action { return l.clear(c) }},
		keys.SortOrder: {Do: func() common.Action { return l.nextOrder(c) }},
		keys.DeleteChosen: {
			func() common.Action { return l.list.proposeDelete(l.input.Value()) },
			unless(func() bool { return len(l.list.marked)+len(l.list.IDs) > 0 }, nothingToDelete),
		},
		keys.CopyText: {l.copy, listed},
		keys.Jump:     {func() common.Action { return l.jump(c) }, unless(func() bool { return len(l.list.IDs) > 0 }, "There is nothing to go to")},
	})
	return all.guarded(keys.CopyText, func() bool {
		r, known := l.list.Selected()
		return !known || r.Transcript != ""
	}, "This recording has no transcript")
}

// copy copies the words of the recording at the cursor.
func (l *library) copy() common.Action {
	r, ok := l.list.Selected()
	if !ok {
		return nil
	}
	return common.Actions{tea.SetClipboard(text.Line(r.Transcript)), common.Say{Text: "Copied the transcript"}}
}

func (l *library) Move(_ *common.Common, what keys.Action) common.Action {
	l.list.move(what)
	return nil
}

// Press begins to search, takes a completion, or chooses a recording.
func (l *library) Press(c *common.Common, x, y int) (Press, common.Action) {
	if y == 1 {
		return Press{}, l.StartSearch(c)
	}
	if index, ok := l.suggestionAt(c, x, y); ok {
		return Press{}, l.accept(c, l.suggested.all[index])
	}
	left := l.Leave(c)
	if l.full {
		return Press{}, left
	}
	return l.list.press(x, y), left
}

func (l *library) Wheel(_ *common.Common, x, y, by int) common.Action {
	if !l.full {
		l.list.wheel(x, y, by)
	}
	return nil
}

func (l *library) Edit(c *common.Common, query string) tea.Cmd {
	l.input.SetValue(query)
	l.typing = true
	return l.find(c)
}

// jump asks for a date and goes to the recording nearest to it.
func (l *library) jump(c *common.Common) common.Action {
	newest := store.DayOf(store.IDTime(slices.Max(l.list.IDs)), c.Zone)
	return common.AskDate{Newest: newest, Go: func(days store.Days) common.Action {
		from, to, _ := days.Bounds(c.Zone)
		index, ok := nearest(l.list.IDs, from, to)
		if !ok {
			return common.Say{Text: "No search result has a known time"}
		}
		l.list.top, l.list.moved = index, true // what follows it is what one wants to see
		l.list.moveTo(index)
		if !days.Hold(l.list.day(index)) {
			return common.Say{Text: "No search result is from then; this is the nearest"}
		}
		return nil
	}}
}

// nearest is the index of the recording that is in a period, the first one of them, or else nearest
// to it. There is none where no time is known.
func nearest(ids []int64, from, to time.Time) (index int, ok bool) {
	best := time.Duration(-1)
	for i, id := range ids {
		t := store.IDTime(id)
		if t.UnixMilli() == 0 {
			continue // of unknown time
		}
		away := max(from.Sub(t), t.Sub(to.Add(-time.Millisecond)), 0)
		if best < 0 || away < best {
			index, best = i, away
		}
	}
	return index, best >= 0
}

// nextOrder shows what is found in the next order, from its beginning.
func (l *library) nextOrder(c *common.Common) tea.Cmd {
	c.Search.Sort = (c.Search.Sort + 1) % (store.Longest + 1)
	l.anew = true
	return l.find(c)
}

func (l *library) MarksChanged(c *common.Common) tea.Cmd {
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

// View draws the list and the detail.
func (l *library) View(c *common.Common) []string {
	if c.Empty() && l.input.Value() == "" {
		return welcome(c)
	}
	r, ok := l.list.Selected()
	if l.full && ok {
		return text.Indent(detailLines(c, r, c.Layout.W-2, c.Layout.H-4))
	}
	lines := text.Pad(listRows(c, &l.list, c.Layout.List.W, !l.Editing()), c.Layout.List.W, c.Layout.List.H)
	if len(l.list.IDs) == 0 && !c.Search.Busy && !c.Search.Failed && len(l.suggested.all) == 0 { // which would lie over half of it
		lines[min(1, len(lines)-1)] = text.Fit(c.Styles.Quiet.Render("   Nothing found. "+c.Keys.KeyOf(keys.ClearAll)+" clears the search."), c.Layout.List.W)
	}
	return withDetail(c, lines, r, ok)
}
