package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// facets is what the library can be searched for, with how many recordings each term finds in all of
// it. They are counted when they are first wanted, and from then on after each change.
type facets struct {
	wanted bool
	epoch  int // of the library that was counted last, or is being counted
	groups map[store.Grouping][]store.Group
	counts map[string]int // by terms such as is:typed
}

// facetsMsg is the facets of the library.
type facetsMsg struct {
	epoch  int
	groups map[store.Grouping][]store.Group
	counts map[string]int
	err    error
}

// askFacets has the facets counted unless that was done.
func (a *App) askFacets() tea.Cmd {
	if a.facets.wanted && a.facets.epoch == a.epoch {
		return nil
	}
	a.facets.wanted, a.facets.epoch = true, a.epoch
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		msg := facetsMsg{epoch: epoch, groups: map[store.Grouping][]store.Group{}, counts: map[string]int{}}
		msg.err = msg.count(ctx, db)
		return msg
	}
}

// renewFacets has the facets counted anew if anybody wanted them.
func (a *App) renewFacets() tea.Cmd {
	if !a.facets.wanted {
		return nil
	}
	return a.askFacets()
}

func (m *facetsMsg) count(ctx context.Context, db *store.DB) error {
	for _, by := range []store.Grouping{store.ByDevice, store.ByPerson, store.ByKind, store.BySource} {
		groups, err := db.Groups(ctx, store.Query{}, by)
		if err != nil {
			return err
		}
		m.groups[by] = groups
	}
	whole, err := db.Count(ctx, store.Query{})
	if err != nil {
		return err
	}
	for _, field := range []string{"is", "has"} {
		for _, value := range store.QueryValues(field) {
			term := field + ":" + value
			query, err := store.ParseQuery(term, time.Time{})
			if err != nil {
				return err
			}
			if query.AsksMarked() {
				continue // which the library does not know
			}
			if m.counts[term], err = db.Count(ctx, query); err != nil {
				return err
			}
			if field == "has" {
				m.counts["no:"+value] = whole - m.counts[term]
			}
		}
	}
	return nil
}

func (f *facets) take(msg facetsMsg) {
	if msg.epoch == f.epoch {
		f.groups, f.counts = msg.groups, msg.counts // of a failure, as far as it went
	}
}

// countOfTerm is how many recordings a term such as is:typed finds; known is false until they were
// counted.
func (a *App) countOfTerm(term string) (n int, known bool) {
	if term == "is:marked" {
		return len(a.library.list.marked), true
	}
	n, known = a.facets.counts[term]
	return n, known
}
