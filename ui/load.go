package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
)

// loadRows reads the recordings of a list that come into sight.
func (a *App) loadRows(l *list) tea.Cmd {
	ids := l.missing()
	if len(ids) == 0 {
		return nil
	}
	return read(&a.Common, func(ctx context.Context) ([]store.Recording, error) { return a.DB.Recordings(ctx, ids) },
		func(rows []store.Recording) common.Action {
			l.fill(ids, rows)
			return nil
		})
}

func (a *App) loadTotals() tea.Cmd {
	return read(&a.Common, a.DB.Totals, func(totals store.Totals) common.Action {
		a.Totals, a.Counted = totals, true
		return nil
	})
}
