package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// Undecided returns the exports of an import if what they prove about a request to their maker depends on whether they
// are all that the account has, or on when they were made; nil otherwise.
func (a *App) Undecided(ctx context.Context, done Imported) ([]store.Export, error) {
	waits := slices.ContainsFunc(done.Verdicts, func(v deletion.Verdict) bool {
		return !deletion.IsLocal(v.Request.Device.Vendor) && slices.ContainsFunc(v.Reasons, func(r deletion.Reason) bool {
			return r.Import == done.Report.ID && (r.Settles() == deletion.SayComplete || r.Settles() == deletion.SayMadeOn)
		})
	})
	if !waits {
		return nil, nil
	}
	exports, err := a.DB.Exports(ctx)
	return slices.DeleteFunc(exports, func(e store.Export) bool { return e.ImportID != done.Report.ID }), err
}

// SetComplete notes whether, by the user's word, exports are all that the account has, and judges the sent requests
// anew.
func (a *App) SetComplete(ctx context.Context, complete store.Answer, exports ...int64) ([]deletion.Verdict, error) {
	for _, id := range exports {
		if err := a.DB.SetComplete(ctx, id, complete); err != nil {
			return nil, err
		}
	}
	return a.Verify(ctx)
}

// ReadMadeOn reads the day on which a maker made an export, as people write it, and returns its first instant. It fails
// for a day in the future.
func (a *App) ReadMadeOn(text string) (time.Time, error) {
	day, err := a.readPastDay(text)
	if err != nil {
		return time.Time{}, err
	}
	return day.Start(a.Zone), nil
}

// CheckMadeOn returns an error if an export has a recording that is newer than the day that begins at made, unless that
// is the zero Time.
func (a *App) CheckMadeOn(made time.Time, e store.Export) error {
	day := store.DayOf(made, a.Zone)
	if !made.IsZero() && !e.Last.Before(day.End(a.Zone)) {
		return fmt.Errorf("export %d cannot have been made on %s: it has a recording of %s", e.ID, day, store.DayOf(e.Last, a.Zone))
	}
	return nil
}

// SetMadeOn notes that, by the user's word, exports were made on the day that begins then, or takes that back if it is
// the zero Time, and judges the sent requests anew. It fails, and notes nothing, if one of them has a recording that is
// newer than the day.
func (a *App) SetMadeOn(ctx context.Context, made time.Time, exports ...int64) ([]deletion.Verdict, error) {
	for _, id := range exports {
		e, err := a.MakerExport(ctx, id)
		if err == nil {
			err = a.CheckMadeOn(made, e)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, id := range exports {
		if err := a.DB.SetMadeOn(ctx, id, made); err != nil {
			return nil, err
		}
	}
	return a.Verify(ctx)
}

// Both reads a recording that a request asks for and one that may be it. Of one that was purged, the words are missing;
// of one whose tombstone was dropped, only the time is known.
func (a *App) Both(ctx context.Context, ids [2]int64) (both [2]store.Recording, err error) {
	for i, id := range ids {
		both[i], err = a.DB.Recording(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			both[i], err = store.Recording{ID: id, Time: store.IDTime(id), TimeFrom: store.TimeExact, State: store.Purged}, nil
		}
		if err != nil {
			return both, err
		}
	}
	return both, nil
}

// Compare notes whether, by the user's word, a recording that an export brought is the one under a request, and judges
// the sent requests anew.
func (a *App) Compare(ctx context.Context, recording, other int64, same store.Answer) ([]deletion.Verdict, error) {
	if err := a.DB.AnswerLookalike(ctx, recording, other, same); err != nil {
		return nil, err
	}
	return a.Verify(ctx)
}
