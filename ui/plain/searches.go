package plain

import (
	"context"
	"errors"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

// save keeps the search under a name.
func (s *session) save(ctx context.Context, name string) error {
	switch {
	case name == "":
		return errors.New("say under which name, as in: save music")
	case s.found.text == "" || s.found.fixed || s.found.inTrash():
		return errors.New("there is no search to save; find searches")
	}
	c, err := s.o.DB.SaveSearch(ctx, store.SavedSearch{Name: name, Query: s.found.text})
	return s.done(ctx, c, err)
}

// searches lists the searches that were saved and the past ones, finds what one of them does, drops one
// that was saved, or forgets the past ones.
func (s *session) searches(ctx context.Context, args string) error {
	saved, err := s.o.DB.SavedSearches(ctx)
	if err != nil {
		return err
	}
	past, err := s.o.DB.Searches(ctx)
	if err != nil {
		return err
	}
	what, number, _ := strings.Cut(args, " ")
	switch strings.ToLower(what) {
	case "":
		s.tellSearches(saved, past)
		return nil
	case "forget":
		if err := s.o.DB.ForgetSearches(ctx); err != nil {
			return err
		}
		s.say("Past searches are forgotten.")
		return nil
	case "drop":
		n, err := nth(strings.TrimSpace(number), len(saved), "saved search", "searches")
		if err != nil {
			return err
		}
		c, err := s.o.DB.DropSearch(ctx, saved[n].Name)
		return s.done(ctx, c, err)
	}
	n, err := nth(args, len(saved)+len(past), "search", "searches")
	switch {
	case err != nil:
		return err
	case n < len(saved):
		return s.search(ctx, saved[n].Query)
	}
	return s.search(ctx, past[n-len(saved)])
}

func (s *session) tellSearches(saved []store.SavedSearch, past []string) {
	if len(saved)+len(past) == 0 {
		s.say("Nothing was searched for yet.")
		return
	}
	for i, search := range saved {
		s.say("%d. Saved as %s: %s", i+1, search.Name, phrase.Closed(search.Query))
	}
	for i, query := range past {
		s.say("%d. %s", len(saved)+i+1, phrase.Closed(query))
	}
	s.say("searches and a number finds anew, searches drop and a number drops a saved one, searches forget forgets those that have no name.")
}
