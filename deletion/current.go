package deletion

import (
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// The steps of a request in the library are those that were last written or sent. Until it is sent, its files would be
// written with other ones where an import, an undo or another deletion changed what a step may take. So whoever shows a
// draft shows the steps that it has now.

// OutOfDate is what to say of the files of a request that is outdated.
const OutOfDate = "out of date: the steps have changed since they were written"

// Replan plans the steps of a draft by what is known now: own and others are what the maker may hold of the device
// and of the others that a step for it could remove.
func Replan(r *store.Request, own, others []store.Moment) error {
	zone, err := time.LoadLocation(r.TimeZone)
	if err != nil {
		return fmt.Errorf("time zone of request %d: %w", r.ID, err)
	}
	asks := SetOf(r.InForce())
	moments := gather(r.Device, own, others, asks)
	for i := range moments {
		if id := moments[i].ID; asks[id] { // by this request itself
			moments[i].Role = Chosen
			delete(asks, id)
		}
	}
	steps := Plan(moments, zone, AbilitiesFor(r.Device))
	for id := range asks { // an import has put it on another device since
		steps = append(steps, single(Moment{ID: id}))
	}
	inOrder(steps)
	r.Outdated = r.Written.Folder != "" && !store.SameSteps(steps, r.Steps)
	r.SetSteps(steps)
	return nil
}

// SentBefore returns the time by which a request was sent at the latest that was sent on a day: before now, and before
// the day ended.
func SentBefore(r store.Request, day store.Day, now time.Time) time.Time {
	if end := day.End(zoneOf(r)); end.Before(now) {
		return end
	}
	return now
}

// RecordingIDs returns the recordings of a request's steps, the oldest first.
func RecordingIDs(r store.Request) []int64 {
	var ids []int64
	for _, step := range r.Steps {
		ids = append(ids, step.Recordings...)
	}
	slices.Sort(ids)
	return ids
}
