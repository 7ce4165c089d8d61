package common

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// Facets is what the library can be searched for, with how many recordings each term finds in all of
// it. They are counted when they are first wanted, and from then on after each change.
type Facets struct {
	Groups map[store.Grouping][]store.Group // nil until they were counted
	Counts map[string]int                   // by terms such as is:typed
	Wanted bool
	Epoch  int // of the library that was counted last, or is being counted
}

// AskFacets has the facets counted unless that was done.
func (c *Common) AskFacets() tea.Cmd {
	f := &c.Facets
	if f.Wanted && f.Epoch == c.Epoch {
		return nil
	}
	f.Wanted, f.Epoch = true, c.Epoch
	ctx, db, counted := c.Ctx, c.DB, Facets{map[store.Grouping][]store.Group{}, map[string]int{}, true, c.Epoch}
	return Ask(nil, func() (Facets, error) {
		err := counted.count(ctx, db)
		return counted, err
	}, func(counted Facets, err error) Action {
		if counted.Epoch != c.Facets.Epoch {
			return nil
		}
		c.Facets = counted // of a failure, as far as it went
		return FacetsCounted{err}
	})
}

func (f *Facets) count(ctx context.Context, db *store.DB) error {
	for _, by := range []store.Grouping{store.ByAccount, store.ByDevice, store.ByPerson, store.ByKind, store.BySource} {
		groups, err := db.Groups(ctx, store.Query{}, by)
		if err != nil {
			return err
		}
		f.Groups[by] = groups
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
			if f.Counts[term], err = db.Count(ctx, query); err != nil {
				return err
			}
			if field == "has" {
				f.Counts["no:"+value] = whole - f.Counts[term]
			}
		}
	}
	return nil
}

// CountOf is how many recordings a term such as is:typed finds; known is false until they were
// counted.
func (c *Common) CountOf(term string) (n int, known bool) {
	if term == "is:marked" {
		return len(c.Marked), true
	}
	n, known = c.Facets.Counts[term]
	return n, known
}
