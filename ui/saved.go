package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

// saveSearch asks for a name for the search.
func (a *App) saveSearch() tea.Cmd {
	query := strings.TrimSpace(a.library.input.Value())
	if query == "" || a.library.wrong != nil {
		return a.say("There is no search to save: / begins one")
	}
	return a.openDialog(dialog.NewSaveSearch(&a.Common, query, a.library.saved))
}

// searchesMsg is the past and the saved searches.
type searchesMsg struct {
	seq   int
	past  []string
	saved []store.SavedSearch
	err   error
}

// rememberedMsg tells how noting a search went.
type rememberedMsg struct{ err error }

func (a *App) loadSearches() tea.Cmd {
	a.library.past.seq++
	ctx, db, seq := a.Ctx, a.o.DB, a.library.past.seq
	return func() tea.Msg {
		msg := searchesMsg{seq: seq}
		if msg.past, msg.err = db.Searches(ctx); msg.err == nil {
			msg.saved, msg.err = db.SavedSearches(ctx)
		}
		return msg
	}
}

func (l *library) takeSearches(msg searchesMsg) common.Action {
	switch {
	case msg.seq != l.past.seq:
		return nil
	case msg.err != nil:
		return common.Fail{Err: msg.err}
	case l.past.at >= 0: // the one that was fetched may have another place now
		l.past.at = slices.Index(msg.past, l.input.Value())
	}
	l.past.all, l.saved = msg.past, msg.saved
	return nil
}
