package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/marks"
)

// marking is the list whose recordings the keys mark, nil if they mark none.
func (a *App) marking() *list {
	switch {
	case a.screen == keys.LibraryScreen:
		return &a.library.list
	case a.screen == keys.CalendarScreen && a.calendar.inList && a.calendar.listed(a.Layout):
		return &a.calendar.list
	}
	return nil
}

// mark carries out what a key does to the marks in a list; false if it is no such key.
func (a *App) mark(l *list, what keys.Action) (tea.Cmd, bool) {
	switch what {
	case keys.MarkOne:
		l.markCurrent()
	case keys.MarkRange:
		l.markRange()
	case keys.MarkAll:
		if off := l.markListed(); len(off) > 0 {
			return a.takeMarksOff(off), true
		}
	case keys.ListMarked:
		return a.openMarked(), true
	default:
		return nil, false
	}
	return a.library.marksChanged(a), true
}

// takeMarksOff takes off marks, which undo brings back.
func (a *App) takeMarksOff(ids []int64) tea.Cmd {
	for _, id := range ids {
		delete(a.library.list.marked, id)
	}
	a.library.takenOff = ids
	return tea.Batch(a.say("%s cleared, %s brings them back", countOf(len(ids), "mark"), a.Keys.KeyOf(keys.Undo)), a.library.marksChanged(a))
}

// putMarksBack brings back the marks that were taken off last.
func (a *App) putMarksBack() tea.Cmd {
	l := &a.library
	for _, id := range l.takenOff {
		l.list.marked[id] = true
	}
	n := len(l.takenOff)
	l.takenOff = nil
	return tea.Batch(a.say("%s brought back", countOf(n, "mark")), a.checkMarks(), l.marksChanged(a))
}

// checkMarks looks which marks are on recordings that are in the library now.
func (a *App) checkMarks() tea.Cmd {
	l, epoch := &a.library, a.epoch
	asked := l.marks.All()
	if len(asked) == 0 {
		l.checked = epoch
		return nil
	}
	ctx, db := a.Ctx, a.o.DB
	return func() tea.Msg {
		here, err := marks.Here(ctx, db, asked)
		return marksMsg{epoch, asked, here, err}
	}
}

// takeMarks takes which marks are on recordings that are in the library now.
func (a *App) takeMarks(msg marksMsg) tea.Cmd {
	l := &a.library
	if msg.epoch != a.epoch {
		return nil
	}
	l.checked = msg.epoch
	if msg.err != nil {
		return a.fail(msg.err)
	}
	if !l.marks.Settle(msg.asked, msg.here) {
		return nil
	}
	return l.marksChanged(a)
}

// deleteFrom proposes to delete what is chosen in a list, which shows what a query finds.
func (a *App) deleteFrom(l *list, query string) tea.Cmd {
	ids, how := l.chosen()
	if len(ids) == 0 {
		return a.say("There is nothing to delete here")
	}
	listed := slices.Clone(l.ids)
	slices.SortFunc(listed, descending)
	if slices.Equal(ids, listed) {
		how = query
		if query == "" {
			how = "everything"
		}
	}
	return a.openDelete(common.These(how, ids, func() { l.anchor = 0 }))
}

// markCurrent marks the recording at the cursor, or takes the mark off, and goes on to the next.
func (l *list) markCurrent() {
	id, ok := l.current()
	if !ok {
		return
	}
	if l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
	l.moveTo(l.cursor + 1)
}

// markRange begins a range at the cursor, or marks from where it began to the cursor.
func (l *list) markRange() {
	id, ok := l.current()
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
func (l *list) inRange() []int64 {
	from, to := l.spanned()
	return l.ids[from:to]
}

// spanned is where among the ids the open range begins, and where it has ended.
func (l *list) spanned() (from, to int) {
	if _, ok := l.current(); !ok || l.anchor == 0 {
		return 0, 0
	}
	from, to = l.cursor, l.cursor+1
	switch at, found := l.place(l.anchor); {
	case at < from:
		from = at
	case found:
		to = at + 1
	default: // it is not listed any more, and would be before this place
		to = max(to, at)
	}
	return from, to
}

// markListed marks all that is listed; if all of it is marked, it returns the marks to be taken off.
func (l *list) markListed() (off []int64) {
	all := true
	for _, id := range l.ids {
		all = all && l.marked[id]
		l.marked[id] = true
	}
	if all {
		off = slices.Clone(l.ids)
	}
	return off
}

// chosen is what keys such as delete mean: the open range and the marks, or else the recording at
// the cursor, newest first. how says it in words.
func (l *list) chosen() (ids []int64, how string) {
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
	if id, ok := l.current(); ok {
		return []int64{id}, "a single recording"
	}
	return nil, ""
}
