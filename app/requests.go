package app

import (
	"cmp"
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
		if err := a.plan(ctx, lines, &requests[i]); err != nil {
			return nil, err
		}
	}
	return requests, nil
}

// Request reads a request with the steps that it has now. It fails as [store.DB.Request] does.
func (a *App) Request(ctx context.Context, id int64) (store.Request, error) {
	r, err := a.DB.Request(ctx, id)
	if err == nil {
		err = a.plan(ctx, timelinesOf(a.DB), &r)
	}
	return r, err
}

// plan plans the steps of a draft. As long as its files were not written, it relies on the law of the settings.
func (a *App) plan(ctx context.Context, lines timelines, r *store.Request) error {
	if r.Written.Law == "" {
		r.Written.Law = string(cmp.Or(a.Correspondence.For(r.Device.Account).Law, deletion.Plain))
	}
	return lines.replan(ctx, r)
}

// ReadSentDay reads the day on which a request was sent, answered or carried out, as people write it: today if there is
// none. It fails for a day in the future.
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

// MarkSent notes that a request was sent on a day, by in the user's words, and judges it by the exports that were imported
// since. What was sent is what stands in its files, or what they would say now if none were written. It returns the local
// day on which a reply is due, "" if no law sets one.
func (a *App) MarkSent(ctx context.Context, id int64, day store.Day, by string) (due string, err error) {
	r, recordings, o, err := a.gather(ctx, id)
	if err != nil {
		return "", err
	}
	s := store.Sending{On: day.String(), By: by, At: deletion.SentBefore(r, day, a.Now()), Written: r.Written}
	if r.Status == store.Draft && r.Written.Folder == "" {
		s.Steps = r.Steps
		if s.Written, err = deletion.Unwritten(r, recordings, o); err != nil {
			return "", err
		}
	}
	s.Due = deletion.Due(deletion.Law(s.Written.Law), r.Device.Vendor, day, r.Answers)
	if err := a.DB.MarkSent(ctx, id, s); err != nil {
		return "", err
	}
	_, err = a.Verify(ctx)
	return s.Due, err
}

// Tick notes that the user has done a step of a request at the maker on a day, or, for the zero Day, that it is not done.
// Steps count from 1 as they are shown now.
func (a *App) Tick(ctx context.Context, id int64, step int, day store.Day) (store.Request, error) {
	r, err := a.Request(ctx, id)
	if err != nil {
		return r, err
	}
	if step < 1 || step > len(r.Steps) {
		return r, store.WithRemedy(fmt.Errorf("request %d has no step %d: its steps are 1 to %d", id, step, len(r.Steps)), store.ListRequests)
	}
	on := ""
	if day != 0 {
		on = day.String()
	}
	if err := a.DB.Tick(ctx, id, r.Steps[step-1].Recordings, on); err != nil {
		return r, err
	}
	return a.Request(ctx, id)
}

// Answer notes what a maker answered to a request on a day, with the ground or a note. It returns the request with the
// day on which an answer is due since then.
func (a *App) Answer(ctx context.Context, id int64, kind store.AnswerKind, day store.Day, text string) (store.Request, error) {
	r, err := a.Request(ctx, id)
	if err != nil {
		return r, err
	}
	if kind == store.Refused && text == "" {
		return r, fmt.Errorf("request %d: say on which ground the maker refused", id)
	}
	answer := store.Answered{Kind: kind, On: day.String(), Text: text}
	due := r.DueOn
	if sent, err := store.ParseDay(r.SentOn); err == nil {
		due = deletion.Due(deletion.Law(r.Written.Law), r.Device.Vendor, sent, append(r.Answers, answer))
	}
	if err := a.DB.Answer(ctx, id, answer, due); err != nil {
		return r, err
	}
	return a.Request(ctx, id)
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
	letters, err := a.DB.Letters(ctx, 0)
	if err != nil {
		return deletion.Report{}, err
	}
	return deletion.NewReport(requests, verdicts, letters, a.Now().In(a.Zone)), nil
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
