package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"unsaid/deletion"
	"unsaid/store"
)

// WriteRequest writes the files of a request into a new folder in RequestsDir, notes in the library where they are,
// and returns the folder's path.
func (a *App) WriteRequest(ctx context.Context, id int64) (folder string, err error) {
	req, recordings, o, err := a.gather(ctx, id)
	if err != nil {
		return "", err
	}
	if folder, err = deletion.Write(a.RequestsDir, req, recordings, o); err != nil {
		return "", err
	}
	if err := a.DB.SetRequestFolder(ctx, id, folder, req.Steps); err != nil {
		return "", fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, nil
}

// Letter returns the letter of a request, to be pasted into a maker's form. It fails for a request about local files.
func (a *App) Letter(ctx context.Context, id int64) (string, error) {
	req, recordings, o, err := a.gather(ctx, id)
	if err != nil {
		return "", err
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
	o = a.Correspondence.Options(req.Device, a.Now())
	lines := timelinesOf(a.DB)
	own, err := lines.of(ctx, req.Device)
	if err != nil {
		return req, nil, o, err
	}
	others, err := lines.restOfAccount(ctx, req.Device, false)
	o.Newest, o.OnlyDevice = deletion.Newest(own), len(others) == 0
	return req, recordings, o, err
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

// WriteFollowup writes a letter about what is still there, with the evidence, into a new folder in RequestsDir, and
// notes it in the library. It returns the folder's path and which follow-up to the request it is. It fails where
// nothing is known to be still there.
func (a *App) WriteFollowup(ctx context.Context, id int64) (folder string, number int, err error) {
	v, number, err := a.followup(ctx, id)
	var recordings []store.Recording
	if err == nil {
		recordings, err = a.recordings(ctx, v.StillThere())
	}
	if err == nil {
		folder, err = deletion.WriteFollowup(a.RequestsDir, v, number, recordings, a.Correspondence.Options(v.Request.Device, a.Now()))
	}
	if err != nil {
		return "", 0, fmt.Errorf("follow up on request %d: %w", id, err)
	}
	noted := store.Followup{Request: id, Number: number, Written: a.Now(), Recordings: len(recordings), Folder: folder}
	if err := a.DB.AddFollowup(ctx, noted); err != nil {
		return "", 0, fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, number, nil
}

// followup judges a request anew, and returns the verdict and the number of the next follow-up to it.
func (a *App) followup(ctx context.Context, id int64) (v deletion.Verdict, number int, err error) {
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
	if v = verdicts[at]; v.Request.StillThere == 0 {
		return v, 0, store.WithRemedy(fmt.Errorf("no export shows that anything of it is still there (it is %s)", v.Request.Status), store.ExplainVerdict)
	}
	earlier, err := a.DB.Followups(ctx, id)
	for _, e := range earlier {
		number = max(number, e.Number)
	}
	return v, number + 1, err
}
