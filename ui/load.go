package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
)

// The commands that read from the library.

func (a *App) loadRows(l *list) tea.Cmd {
	ids := l.missing()
	if len(ids) == 0 {
		return nil
	}
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		rows, err := db.Recordings(ctx, ids)
		return rowsMsg{epoch, ids, rows, err}
	}
}

func (a *App) loadTotals() tea.Cmd {
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		totals, err := db.Totals(ctx)
		return totalsMsg{epoch, totals, err}
	}
}

func (a *App) loadDevices() tea.Cmd {
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		devices, err := db.Devices(ctx)
		return devicesMsg{epoch, devices, err}
	}
}

func (a *App) loadTrash() tea.Cmd {
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		trash, err := db.Trash(ctx)
		return trashMsg{epoch, trash, err}
	}
}

func (a *App) loadRequests() tea.Cmd {
	ctx, db, epoch := a.Ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		requests, err := deletion.Requests(ctx, db)
		return requestsMsg{epoch, requests, err}
	}
}

// loadDays counts the recordings of each local day; their ids tell the day.
func (a *App) loadDays() tea.Cmd {
	ctx, db, epoch, zone := a.Ctx, a.o.DB, a.epoch, a.o.Zone
	return func() tea.Msg {
		ids, err := db.IDs(ctx, store.Query{})
		days := map[store.Day]int{}
		for i, id := range ids {
			t := store.IDTime(id)
			if t.UnixMilli() <= 0 { // so are all that follow
				ids = ids[:i]
				break
			}
			days[store.DayOf(t, zone)]++
		}
		return daysMsg{epoch, ids, days, err}
	}
}
