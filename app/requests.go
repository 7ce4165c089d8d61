package app

import (
	"context"
	"fmt"

	"unsaid/deletion"
	"unsaid/store"
)

// Requests lists all requests with the steps that they have now, the newest first.
func (a *App) Requests(ctx context.Context) ([]store.Request, error) {
	return deletion.Requests(ctx, a.DB)
}

// Request reads a request with the steps that it has now. It fails as [store.DB.Request] does.
func (a *App) Request(ctx context.Context, id int64) (store.Request, error) {
	return deletion.Request(ctx, a.DB, id)
}

// ReadSentDay reads the day on which a request was sent, as people write it: today if there is none. It fails for a
// day in the future.
func (a *App) ReadSentDay(text string) (store.Day, error) {
	today := store.DayOf(a.Now(), a.Zone)
	if text == "" {
		return today, nil
	}
	day, err := store.DayNamed(text, today)
	if err == nil && day > today {
		err = fmt.Errorf("%s is in the future", text)
	}
	return day, err
}

// MarkSent notes that a request was sent on a day, and judges it by the exports that were imported since. It returns
// the local day on which a reply is due, "" if no law sets one.
func (a *App) MarkSent(ctx context.Context, id int64, day store.Day) (due string, err error) {
	return deletion.MarkSent(ctx, a.DB, id, day, a.Now(), a.Correspondence.Law)
}

// MarkDraft notes that a request was not sent after all. One whose deletion was undone is dropped.
func (a *App) MarkDraft(ctx context.Context, id int64) (dropped bool, err error) {
	return a.DB.MarkDraft(ctx, id)
}

// WriteRequest writes the files of a request into a new folder in RequestsDir, and returns the folder's path.
func (a *App) WriteRequest(ctx context.Context, id int64) (folder string, err error) {
	return a.Correspondence.WriteRequest(ctx, a.DB, id, a.RequestsDir, a.Now())
}

// Letter returns the letter of a request, to be pasted into a maker's form. It fails for a request about local files.
func (a *App) Letter(ctx context.Context, id int64) (string, error) {
	return a.Correspondence.Letter(ctx, a.DB, id, a.Now())
}

// WriteFollowup writes a letter about what is still there, with the evidence, into a new folder in RequestsDir. It
// returns the folder's path and which follow-up to the request it is. It fails where nothing is known to be still there.
func (a *App) WriteFollowup(ctx context.Context, id int64) (folder string, number int, err error) {
	return a.Correspondence.WriteFollowup(ctx, a.DB, id, a.RequestsDir, a.Now())
}

// Report judges all requests by the exports and reports on them.
func (a *App) Report(ctx context.Context) (deletion.Report, error) {
	return deletion.NewReport(ctx, a.DB, a.Now().In(a.Zone))
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
	return deletion.VerifyAll(ctx, a.DB)
}

// Verdict judges one request, and leaves the library as it is.
func (a *App) Verdict(ctx context.Context, r store.Request) (deletion.Verdict, error) {
	if r.Status == store.Draft {
		return deletion.Verdict{Request: r}, nil
	}
	return deletion.VerdictOf(ctx, a.DB, r)
}
