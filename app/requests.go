package app

import (
	"context"
	"fmt"

	"unsaid/deletion"
	"unsaid/store"
)

// Requests lists all requests with the steps that they have now, the newest first.
func (a *App) Requests(ctx context.Context) ([]store.Request, error) {
	requests, err := a.DB.Requests(ctx)
	if err != nil {
		return nil, err
	}
	lines := timelinesOf(a.DB)
	for i := range requests {
		if err := lines.replan(ctx, &requests[i]); err != nil {
			return nil, err
		}
	}
	return requests, nil
}

// Request reads a request with the steps that it has now. It fails as [store.DB.Request] does.
func (a *App) Request(ctx context.Context, id int64) (store.Request, error) {
	r, err := a.DB.Request(ctx, id)
	if err == nil {
		err = timelinesOf(a.DB).replan(ctx, &r)
	}
	return r, err
}

// ReadSentDay reads the day on which a request was sent, as people write it: today if there is none. It fails for a
// day in the future.
func (a *App) ReadSentDay(text string) (store.Day, error) {
	if text == "" {
		return store.DayOf(a.Now(), a.Zone), nil
	}
	return a.readPastDay(text)
}

// readPastDay reads a day as people write it. It fails for one in the future.
func (a *App) readPastDay(text string) (store.Day, error) {
	today := store.DayOf(a.Now(), a.Zone)
	day, err := store.DayNamed(text, today)
	if err == nil && day > today {
		err = fmt.Errorf("%s is in the future", text)
	}
	return day, err
}

// MarkSent notes that a request was sent on a day, and judges it by the exports that were imported since. What was
// sent are the steps in its files, or those that it has now if none were written. It returns the local day on which a
// reply is due, "" if no law sets one.
func (a *App) MarkSent(ctx context.Context, id int64, day store.Day) (due string, err error) {
	r, err := a.Request(ctx, id)
	if err != nil {
		return "", err
	}
	if r.Outdated {
		r.Steps = nil // what stands in the files
	}
	due = deletion.Due(a.Correspondence.For(r.Device.Account).Law, day)
	if err := a.DB.MarkSent(ctx, id, day.String(), due, deletion.SentBefore(r, day, a.Now()), r.Steps); err != nil {
		return "", err
	}
	_, err = a.Verify(ctx)
	return due, err
}

// MarkDraft notes that a request was not sent after all. One whose deletion was undone is dropped.
func (a *App) MarkDraft(ctx context.Context, id int64) (dropped bool, err error) {
	return a.DB.MarkDraft(ctx, id)
}

// Report judges all requests by the exports and reports on them.
func (a *App) Report(ctx context.Context) (deletion.Report, error) {
	verdicts, err := a.Verify(ctx)
	if err != nil {
		return deletion.Report{}, err
	}
	requests, err := a.Requests(ctx)
	if err != nil {
		return deletion.Report{}, err
	}
	followups, err := a.DB.Followups(ctx, 0)
	if err != nil {
		return deletion.Report{}, err
	}
	return deletion.NewReport(requests, verdicts, followups, a.Now().In(a.Zone)), nil
}

// WriteReport writes the report into a new folder in RequestsDir, and returns the folder's path.
func (a *App) WriteReport(ctx context.Context) (folder string, err error) {
	report, err := a.Report(ctx)
	if err != nil {
		return "", err
	}
	return report.Write(a.RequestsDir)
}

// Verify judges all requests that were sent by the exports that were imported since, and notes where they stand.
func (a *App) Verify(ctx context.Context) ([]deletion.Verdict, error) {
	var verdicts []deletion.Verdict
	err := a.DB.Verify(ctx, func(r store.Request, e store.Evidence) store.Judgement {
		v := deletion.Verify(r, e)
		verdicts = append(verdicts, v)
		return v.Judgement()
	})
	if err != nil {
		return nil, err
	}
	return verdicts, nil
}

// Verdict judges one request, and leaves the library as it is.
func (a *App) Verdict(ctx context.Context, r store.Request) (deletion.Verdict, error) {
	if r.Status == store.Draft {
		return deletion.Verdict{Request: r}, nil
	}
	e, err := a.DB.Evidence(ctx, r.ID)
	if err != nil {
		return deletion.Verdict{}, err
	}
	return deletion.Verify(r, e), nil
}
