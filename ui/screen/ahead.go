package screen

import (
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
)

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

// Changes reports whether an action changes, or takes along, what is at the cursor or marked. After a change of
// the library it waits for what is listed now.
func Changes(what keys.Action) bool {
	switch what {
	case keys.MarkOne, keys.MarkRange, keys.MarkAll, keys.DeleteChosen, keys.Export, keys.Restore, keys.Purge, keys.Rename, keys.Merge, keys.Split, keys.WriteFiles, keys.OpenFolder, keys.MarkSent, keys.FollowUp:
		return true
	}
	return false
}

func (l *library) Early(c *common.Common, what keys.Action) bool {
	return c.Search.Busy && (l.listed < needs(what) || Changes(what) && l.found != c.Epoch)
}

// takePage shows the first page of what a search found, unless all is known already.
func (l *library) takePage(c *common.Common, page []store.Recording) {
	ids := make([]int64, len(page))
	for i, r := range page {
		ids[i] = r.ID
	}
	l.list.fill(nil, page)
	if !c.Search.Busy {
		return
	}
	// Where the page ends before the cursor's recording, only the ids tell whether that is found.
	at, had := l.list.Current()
	beyond := had && len(ids) > 0 && (at < ids[len(ids)-1]) == (l.query.Sort == store.Newest)
	switch {
	case len(ids) < l.paged:
		l.listed = whole
	case l.listed == whole: // what follows the page stays until all is known
		after, found := l.list.place(ids[len(ids)-1])
		if found {
			after++
		}
		ids = append(ids, l.list.IDs[after:]...)
	case beyond && !l.anew && (l.list.moved || l.typing):
		return
	default:
		l.listed = firstPage
	}
	l.show(ids)
}
