package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
)

// saveSearch asks for a name for the search.
func (a *App) saveSearch() tea.Cmd {
	query := strings.TrimSpace(a.library.input.Value())
	if query == "" || a.library.wrong != nil {
		return a.say("There is no search to save: / begins one")
	}
	p := newPrompt("Save this search", "")
	p.about = func(name string) string {
		if a.savedAs(name) {
			return "replaces the search of this name"
		}
		return text.Brief(query)
	}
	p.accept = func(name string) (tea.Cmd, string) {
		if name == "" {
			return nil, "a name is missing"
		}
		ctx, db := a.Ctx, a.o.DB
		return func() tea.Msg {
			return a.Undoable(db.SaveSearch(ctx, store.SavedSearch{Name: name, Query: query}))
		}, ""
	}
	return a.open(p)
}

// savedAs reports whether a search is saved under a name.
func (a *App) savedAs(name string) bool {
	return slices.ContainsFunc(a.library.saved, func(s store.SavedSearch) bool { return strings.EqualFold(s.Name, strings.TrimSpace(name)) })
}

// renameSearch asks for another name for a saved search.
func (a *App) renameSearch(name string) tea.Cmd {
	p := newPrompt("Rename the search "+text.Brief(name), name)
	p.back = a.dialog
	p.about = func(string) string { return "" }
	p.accept = func(to string) (tea.Cmd, string) {
		if to == "" {
			return nil, "a name is missing"
		}
		if a.savedAs(to) && !strings.EqualFold(to, name) {
			return nil, "another saved search has this name"
		}
		ctx, db := a.Ctx, a.o.DB
		return func() tea.Msg {
			return a.Undoable(db.RenameSearch(ctx, name, to))
		}, ""
	}
	return a.open(p)
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
