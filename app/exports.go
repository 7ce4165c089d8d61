package app

import (
	"context"
	"fmt"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// MakerExports lists what makers handed out, the one imported last first.
func (a *App) MakerExports(ctx context.Context) ([]store.Export, error) { return a.DB.Exports(ctx) }

// MakerExport returns one of them. It returns an error that wraps [store.ErrNotFound] if there is none with this id.
func (a *App) MakerExport(ctx context.Context, id int64) (store.Export, error) {
	exports, err := a.DB.Exports(ctx)
	if err != nil {
		return store.Export{}, err
	}
	for _, e := range exports {
		if e.ID == id {
			return e, nil
		}
	}
	return store.Export{}, store.WithRemedy(fmt.Errorf("export %d: %w", id, store.ErrNotFound), store.ListExports)
}

// SetComplete notes whether, by the user's word, an export is all that the account has, and judges the sent requests
// anew.
func (a *App) SetComplete(ctx context.Context, export int64, complete store.Answer) ([]deletion.Verdict, error) {
	if err := a.DB.SetComplete(ctx, export, complete); err != nil {
		return nil, err
	}
	return a.Verify(ctx)
}

// ReadMadeOn reads the day on which a maker made an export, as people write it, and returns its first instant. It fails
// for a day in the future.
func (a *App) ReadMadeOn(text string) (time.Time, error) {
	today := store.DayOf(a.Now(), a.Zone)
	day, err := store.DayNamed(text, today)
	if err == nil && day > today {
		err = fmt.Errorf("%s is in the future", text)
	}
	if err != nil {
		return time.Time{}, err
	}
	return day.Start(a.Zone), nil
}

// SetMadeOn notes that, by the user's word, an export was made on the day that begins then, and judges the sent requests anew. It fails
// if the export has a recording that is newer than the day.
func (a *App) SetMadeOn(ctx context.Context, export int64, made time.Time) ([]deletion.Verdict, error) {
	e, err := a.MakerExport(ctx, export)
	if err != nil {
		return nil, err
	}
	if day := store.DayOf(made, a.Zone); !e.Last.Before(day.End(a.Zone)) {
		return nil, fmt.Errorf("export %d cannot have been made on %s: it has a recording of %s", export, day, store.DayOf(e.Last, a.Zone))
	}
	if err := a.DB.SetMadeOn(ctx, export, made); err != nil {
		return nil, err
	}
	return a.Verify(ctx)
}

// Compare notes whether, by the user's word, a recording that an export brought is the one under a request, and judges
// the sent requests anew.
func (a *App) Compare(ctx context.Context, recording, other int64, same store.Answer) ([]deletion.Verdict, error) {
	if err := a.DB.AnswerLookalike(ctx, recording, other, same); err != nil {
		return nil, err
	}
	return a.Verify(ctx)
}
