package ui

import (
	"slices"

	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// acts are the acts by which recordings are marked; why says why nothing can be, nil if something always can.
func (l *list) acts(why func() string) acts {
	return acts{
		keys.MarkOne:   {l.markCurrent, why},
		keys.MarkRange: {l.markRange, why},
		keys.MarkAll:   {l.markAll, why},
		keys.Export: {do: func() common.Action {
			ids, _ := l.chosen()
			return common.Export{IDs: ids}
		}},
	}
}

// markCurrent marks the recording at the cursor, or takes the mark off, and goes on to the next.
func (l *list) markCurrent() common.Action {
	id, ok := l.current()
	if !ok {
		return nil
	}
	if l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
	l.moveTo(l.cursor + 1)
	return common.MarksChanged{}
}

// markRange begins a range at the cursor, or marks from where it began to the cursor.
func (l *list) markRange() common.Action {
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
		return common.MarksChanged{}
	}
	return nil
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

// markAll marks all that is listed, or takes these marks off if all of it is marked.
func (l *list) markAll() common.Action {
	all := true
	for _, id := range l.ids {
		all = all && l.marked[id]
		l.marked[id] = true
	}
	if all && len(l.ids) > 0 {
		return common.ClearMarks{IDs: slices.Clone(l.ids)}
	}
	return common.MarksChanged{}
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

// proposeDelete proposes to delete what is chosen in the list, which shows what a query finds.
func (l *list) proposeDelete(query string) common.Action {
	ids, how := l.chosen()
	if len(ids) == 0 {
		return common.Say{Text: nothingToDelete}
	}
	listed := slices.Clone(l.ids)
	slices.SortFunc(listed, descending)
	if slices.Equal(ids, listed) {
		how = query
		if query == "" {
			how = "everything"
		}
	}
	return common.ProposeDelete{Selection: common.These(how, ids, func() { l.anchor = 0 })}
}
