package screen

import (
	"slices"

	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// acts are the acts by which recordings are marked; why says why nothing can be, nil if something always can.
func (l *List) acts(why func() string) Acts {
	return Acts{
		keys.MarkOne:   {l.markCurrent, why},
		keys.MarkRange: {l.markRange, why},
		keys.MarkAll:   {l.markAll, why},
		keys.Export: {Do: func() common.Action {
			ids, _ := l.chosen()
			return common.Export{IDs: ids}
		}},
	}
}

// markCurrent marks the recording at the cursor, or takes the mark off, and goes on to the next.
func (l *List) markCurrent() common.Action {
	id, ok := l.Current()
	if !ok {
		return nil
	}
	if l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
	l.moveTo(l.Cursor + 1)
	return common.MarksChanged{}
}

// markRange begins a range at the cursor, or marks from where it began to the cursor.
func (l *List) markRange() common.Action {
	id, ok := l.Current()
	switch {
	case !ok:
	case l.anchor == 0:
		l.anchor = id
	default:
		for _, id := range l.InRange() {
			l.marked[id] = true
		}
		l.anchor = 0
		return common.MarksChanged{}
	}
	return nil
}

// Marks reports whether its recordings can be marked.
func (l *List) Marks() bool { return l.marked != nil && l.Shown() }

// RangeOpen reports whether a range was begun.
func (l *List) RangeOpen() bool { return l.anchor != 0 }

// InRange is the ids of the open range, none if none is open.
func (l *List) InRange() []int64 {
	from, to := l.spanned()
	return l.IDs[from:to]
}

// spanned is where among the ids the open range begins, and where it has ended.
func (l *List) spanned() (from, to int) {
	if _, ok := l.Current(); !ok || l.anchor == 0 {
		return 0, 0
	}
	from, to = l.Cursor, l.Cursor+1
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
func (l *List) markAll() common.Action {
	all := true
	for _, id := range l.IDs {
		all = all && l.marked[id]
		l.marked[id] = true
	}
	if all && len(l.IDs) > 0 {
		return common.ClearMarks{IDs: slices.Clone(l.IDs)}
	}
	return common.MarksChanged{}
}

// chosen is what keys such as delete mean: the open range and the marks, or else the recording at
// the cursor, newest first. how says it in words.
func (l *List) chosen() (ids []int64, how string) {
	marked := make(map[int64]bool, len(l.marked))
	for id := range l.marked {
		marked[id] = true
	}
	for _, id := range l.InRange() {
		marked[id] = true
	}
	for id := range marked {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, descending)
	if len(ids) > 0 {
		return ids, "marked by hand"
	}
	if id, ok := l.Current(); ok {
		return []int64{id}, "a single recording"
	}
	return nil, ""
}

// proposeDelete proposes to delete what is chosen in the list, which shows what a query finds.
func (l *List) proposeDelete(query string) common.Action {
	ids, how := l.chosen()
	if len(ids) == 0 {
		return common.Say{Text: nothingToDelete}
	}
	listed := slices.Clone(l.IDs)
	slices.SortFunc(listed, descending)
	if slices.Equal(ids, listed) {
		how = query
		if query == "" {
			how = "everything"
		}
	}
	return common.ProposeDelete{Selection: common.These(how, ids, func() { l.anchor = 0 })}
}
