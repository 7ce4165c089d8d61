package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"unsaid/deletion"
	"unsaid/store"
)

// WriteRequest writes the files of a request into a new folder in RequestsDir, notes in the library what they say and
// where they are, and returns the folder's path.
func (a *App) WriteRequest(ctx context.Context, id int64) (folder string, err error) {
	req, recordings, o, err := a.gather(ctx, id)
	if err != nil {
		return "", err
	}
	written, err := deletion.Write(a.RequestsDir, req, recordings, o)
	if err != nil {
		return "", err
	}
	if err := a.DB.SetWritten(ctx, id, written, req.Steps); err != nil {
		return "", fmt.Errorf("the files are in %s, but: %w", written.Folder, err)
	}
	return written.Folder, nil
}

// Letter returns the letter of a request as it was sent, or as it is now, to be pasted into a maker's form. It fails for a request about local files.
func (a *App) Letter(ctx context.Context, id int64) (string, error) {
	req, recordings, o, err := a.gather(ctx, id)
	switch {
	case err != nil:
		return "", err
	case req.Status != store.Draft && req.Written.Letter != "":
		return req.Written.Letter, nil
	}
	return deletion.Letter(req, recordings, o)
}

// gather reads what the files of a request are made from.
func (a *App) gather(ctx context.Context, id int64) (req store.Request, recordings []store.Recording, o deletion.Options, err error) {
	if req, err = a.Request(ctx, id); err != nil {
		return req, nil, o, err
	}
	if recordings, err = a.recordings(ctx, deletion.RecordingIDs(req)); err != nil {
		return req, nil, o, err
	}
	o, err = a.options(ctx, req)
	return req, recordings, o, err
}

// options returns what the files of a request are written with, apart from its recordings.
func (a *App) options(ctx context.Context, req store.Request) (o deletion.Options, err error) {
	accounts, err := a.DB.Accounts(ctx)
	if err != nil {
		return o, err
	}
	customer, others := "", false
	for _, account := range accounts {
		if account.ID == req.Device.Account.ID {
			customer = account.Customer
		} else if account.Vendor == req.Device.Vendor {
			others = true
		}
	}
	o = a.Correspondence.Options(req, customer, others, a.Now())
	devices, err := a.DB.DevicesOf(ctx, req.Device.Account.ID)
	if err != nil {
		return o, err
	}
	names := map[string]int{}
	for _, d := range append(devices, req.Merged...) {
		names[d.MakerName]++
	}
	o.Namesakes = req.Device.MakerName != "" && names[req.Device.MakerName] > 1
	lines := timelinesOf(a.DB)
	own, err := lines.of(ctx, req.Device)
	if err != nil {
		return o, err
	}
	rest, err := lines.restOfAccount(ctx, req.Device, false)
	o.Newest, o.OnlyDevice = deletion.Newest(own), len(rest) == 0
	return o, err
}

// recordings reads recordings, the oldest first as the ids are; of purged ones what is left.
func (a *App) recordings(ctx context.Context, ids []int64) ([]store.Recording, error) {
	found, err := a.DB.Recordings(ctx, ids)
	if err != nil || len(found) == len(ids) {
		return found, err
	}
	recordings := make([]store.Recording, 0, len(ids))
	for _, id := range ids {
		if len(found) > 0 && found[0].ID == id {
			recordings, found = append(recordings, found[0]), found[1:]
			continue
		}
		purged, err := a.DB.Recording(ctx, id)
		if err != nil {
			return nil, err
		}
		recordings = append(recordings, purged)
	}
	return recordings, nil
}

// WriteFollowup writes a letter about what is still there, with the evidence, or about an answer that is overdue, into a
// new folder in RequestsDir, and notes it in the library. It returns the folder's path and which follow-up to the request it
// is. It fails if there is no reason for one; see [deletion.WhyNoFollowup].
func (a *App) WriteFollowup(ctx context.Context, id int64) (folder string, number int, err error) {
	return a.writeLetter(ctx, id, store.FollowupLetter, "follow up on", func(v deletion.Verdict) ([]int64, error) {
		if why := deletion.WhyNoFollowup(v.Request, a.Now().In(a.Zone)); why != "" {
			return nil, store.WithRemedy(errors.New(why), store.ExplainVerdict)
		}
		if ids := v.StillThere(); len(ids) > 0 {
			return ids, nil
		}
		return v.Unanswered(), nil
	}, deletion.WriteFollowup)
}

// WriteWithdrawal writes a letter into a new folder in RequestsDir that takes a request back as far as its recordings were
// restored since it was sent, and notes it in the library. It returns the folder's path and which withdrawal it is. It fails
// if nothing was restored.
func (a *App) WriteWithdrawal(ctx context.Context, id int64) (folder string, number int, err error) {
	return a.writeLetter(ctx, id, store.WithdrawalLetter, "withdraw", func(v deletion.Verdict) ([]int64, error) {
		ids := v.Undone()
		if len(ids) == 0 {
			return nil, errors.New("all that it asks for is still deleted here; undo the deletion first")
		}
		return ids, nil
	}, deletion.WriteWithdrawal)
}

// writeLetter writes a letter that follows a request, about the recordings that choose returns, and notes it.
func (a *App) writeLetter(ctx context.Context, id int64, kind store.LetterKind, what string, choose func(deletion.Verdict) ([]int64, error),
	write func(dir string, v deletion.Verdict, number int, recordings []store.Recording, o deletion.Options) (string, error),
) (folder string, number int, err error) {
	v, number, err := a.sentRequest(ctx, id, kind)
	var ids []int64
	if err == nil {
		ids, err = choose(v)
	}
	var recordings []store.Recording
	if err == nil {
		recordings, err = a.recordings(ctx, ids)
	}
	var o deletion.Options
	if err == nil {
		o, err = a.options(ctx, v.Request)
	}
	if err == nil {
		folder, err = write(a.RequestsDir, v, number, recordings, o)
	}
	if err != nil {
		return "", 0, fmt.Errorf("%s request %d: %w", what, id, err)
	}
	noted := store.Letter{Request: id, Kind: kind, Number: number, Written: a.Now(), Recordings: len(recordings), Folder: folder}
	if err := a.DB.AddLetter(ctx, noted); err != nil {
		return "", 0, fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, number, nil
}

// sentRequest judges a request anew, and returns the verdict and the number of the next letter of a kind.
func (a *App) sentRequest(ctx context.Context, id int64, kind store.LetterKind) (v deletion.Verdict, number int, err error) {
	verdicts, err := a.Verify(ctx)
	if err != nil {
		return v, 0, err
	}
	if _, err := a.DB.Request(ctx, id); err != nil {
		return v, 0, err
	}
	at := slices.IndexFunc(verdicts, func(v deletion.Verdict) bool { return v.Request.ID == id })
	if at < 0 {
		return v, 0, store.WithRemedy(errors.New("it was not sent yet"), store.MarkSent)
	}
	earlier, err := a.DB.Letters(ctx, id)
	for _, e := range earlier {
		if e.Kind == kind {
			number = max(number, e.Number)
		}
	}
	return verdicts[at], number + 1, err
}
