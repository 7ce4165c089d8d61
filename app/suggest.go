package app

import (
	"context"
	"fmt"
	"slices"

	"unsaid/deletion"
	"unsaid/store"
)

// Due returns what is due by the rules of the settings, without those that nothing is due by.
func (a *App) Due(ctx context.Context) ([]deletion.Suggestion, error) {
	due, err := deletion.DueBy(a.Keep, a.Now().In(a.Zone))
	if err != nil {
		return nil, err
	}
	return a.counted(ctx, due)
}

// Suggest returns what may be worth deleting, once each: first what is due by the rules of the settings. What would
// choose nothing is left out.
func (a *App) Suggest(ctx context.Context) ([]deletion.Suggestion, error) {
	due, err := deletion.DueBy(a.Keep, a.Now().In(a.Zone))
	if err != nil {
		return nil, err
	}
	people, err := a.DB.People(ctx)
	if err != nil {
		return nil, fmt.Errorf("suggest deletions: %w", err)
	}
	all := due
	for _, s := range deletion.Suggestions(people, a.Now().In(a.Zone)) {
		if !slices.ContainsFunc(due, func(d deletion.Suggestion) bool { return d.Query == s.Query }) {
			all = append(all, s)
		}
	}
	return a.counted(ctx, all)
}

// counted counts what the suggestions choose, and leaves out those that choose nothing.
func (a *App) counted(ctx context.Context, list []deletion.Suggestion) ([]deletion.Suggestion, error) {
	var found []deletion.Suggestion
	for _, s := range list {
		q, err := store.ParseQuery(s.Query, a.Now().In(a.Zone))
		if err == nil {
			s.Recordings, err = a.DB.Count(ctx, q)
		}
		if err != nil {
			return nil, fmt.Errorf("count what %q finds: %w", s.Query, err)
		}
		if s.Recordings > 0 {
			found = append(found, s)
		}
	}
	return found, nil
}
