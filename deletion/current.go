package deletion

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// The steps of a request in the library are those that were drafted, or last written or sent. Until it is
// sent, its files would be written with other ones where an import, an undo or another deletion changed
// what a step may take. So whoever shows a draft shows the steps that it has now.

// OutOfDate is what to say of the files of a request that is outdated.
const OutOfDate = "out of date: the steps have changed since they were written"

// Requests lists all erasure requests with the steps that they have now, the newest first.
func Requests(ctx context.Context, db *store.DB) ([]store.Request, error) {
	requests, err := db.Requests(ctx)
	if err != nil {
		return nil, err
	}
	lines := timelinesOf(db)
	for i := range requests {
		if err := lines.update(ctx, &requests[i]); err != nil {
			return nil, err
		}
	}
	return requests, nil
}

// Request reads an erasure request with the steps that it has now. It fails as [store.DB.Request] does.
func Request(ctx context.Context, db *store.DB, id int64) (store.Request, error) {
	r, err := db.Request(ctx, id)
	if err != nil {
		return r, err
	}
	return r, timelinesOf(db).update(ctx, &r)
}

// update plans the steps of a draft by what is known now. What was sent stays as it was.
func (t timelines) update(ctx context.Context, r *store.Request) error {
	if r.Status != store.Draft {
		return nil
	}
	zone, err := time.LoadLocation(r.TimeZone)
	if err != nil {
		return fmt.Errorf("time zone of request %d: %w", r.ID, err)
	}
	own, others, err := t.around(ctx, r.Device)
	if err != nil {
		return fmt.Errorf("plan request %d: %w", r.ID, err)
	}
	asks := setOf(recordingIDs(*r))
	moments := gather(own, others, asks)
	for i := range moments {
		if id := moments[i].ID; asks[id] { // by this request itself
			moments[i].Role = Chosen
			delete(asks, id)
		}
	}
	steps := Plan(moments, zone, AbilitiesOf(r.Device.Vendor))
	for id := range asks { // an import has put it on another device since
		steps = append(steps, single(Moment{ID: id}))
	}
	inOrder(steps)
	r.Outdated = r.Folder != "" && !store.SameSteps(steps, r.Steps)
	r.Steps = steps
	return nil
}

// MarkSent notes that a request was sent on a day, and judges it by the exports that were imported in the
// meantime. What was sent are the steps in its files, or those that it has now where none were written. It was sent
// before now, and before the day ended. It returns the local day on which an answer is due, "" if no law sets one.
func MarkSent(ctx context.Context, db *store.DB, id int64, day store.Day, now time.Time, law Law) (due string, err error) {
	r, err := Request(ctx, db, id)
	if err != nil {
		return "", err
	}
	if r.Outdated {
		r.Steps = nil // what stands in the files
	}
	due = Due(law, day)
	at := day.End(zoneOf(r))
	if now.Before(at) {
		at = now
	}
	if err := db.MarkSent(ctx, id, day.String(), due, at, r.Steps); err != nil {
		return "", err
	}
	_, err = VerifyAll(ctx, db)
	return due, err
}

// recordingIDs returns the recordings of a request, the oldest first.
func recordingIDs(r store.Request) []int64 {
	var ids []int64
	for _, step := range r.Steps {
		ids = append(ids, step.Recordings...)
	}
	slices.Sort(ids)
	return ids
}
