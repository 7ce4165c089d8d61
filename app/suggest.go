package app

import (
	"context"
	"slices"

	"unsaid/deletion"
)

// Suggestion is a search whose recordings the user may want to delete.
type Suggestion struct {
	deletion.Suggestion
	Due bool // by a rule of the settings for keeping recordings
}

// Due returns what is due by the rules of the settings.
func (a *App) Due(ctx context.Context) ([]Suggestion, error) {
	due, err := deletion.Outdated(ctx, a.DB, a.Keep, a.Now().In(a.Zone))
	return suggestionsOf(due, true), err
}

// Suggest returns what may be worth deleting, once each: first what is due by the rules of the settings.
func (a *App) Suggest(ctx context.Context) ([]Suggestion, error) {
	due, err := a.Due(ctx)
	if err != nil {
		return nil, err
	}
	worth, err := deletion.Suggest(ctx, a.DB, a.Now().In(a.Zone))
	worth = slices.DeleteFunc(worth, func(w deletion.Suggestion) bool {
		return slices.ContainsFunc(due, func(d Suggestion) bool { return d.Query == w.Query })
	})
	return append(due, suggestionsOf(worth, false)...), err
}

func suggestionsOf(list []deletion.Suggestion, due bool) []Suggestion {
	suggestions := make([]Suggestion, len(list))
	for i, s := range list {
		suggestions[i] = Suggestion{s, due}
	}
	return suggestions
}
