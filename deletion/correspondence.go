package deletion

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// Correspondence is who asks whom, and how: the part of a request's files that the user's
// settings give. What is empty becomes a marked blank.
type Correspondence struct {
	Sender      Sender
	Recipients  map[string]Recipient // by vendor
	Law         Law
	Marketplace string
	Words       Words
	Language    Language
}

// WriteRequest writes the files of a request that is in the library into a new folder in dir,
// notes in the library where they are, and returns the folder's path. See [Write].
func (c Correspondence) WriteRequest(ctx context.Context, db *store.DB, id int64, dir string, now time.Time) (string, error) {
	req, err := db.Request(ctx, id)
	if err != nil {
		return "", err
	}
	recordings, err := recordingsOf(ctx, db, req)
	if err != nil {
		return "", err
	}
	o := Options{
		Sender: c.Sender, Recipient: c.Recipients[req.Device.Vendor], Law: c.Law, Marketplace: c.Marketplace,
		Now: now, Words: c.Words, Language: c.Language,
	}
	if req.Steps, o.Newest, err = planAgain(ctx, db, req); err != nil {
		return "", err
	}
	others, err := restOfAccount(ctx, db, req.Device)
	if err != nil {
		return "", err
	}
	o.OnlyDevice = len(others) == 0
	folder, err := Write(dir, req, recordings, o)
	if err != nil {
		return "", err
	}
	if err := db.SetRequestFolder(ctx, id, folder); err != nil {
		return "", fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, nil
}

// planAgain plans a request's steps by what is known now. An import since it was drafted may have
// brought recordings that a step of then would remove, too. It also returns the time of the newest
// recording known of the device.
func planAgain(ctx context.Context, db *store.DB, req store.Request) ([]store.Step, time.Time, error) {
	zone, err := time.LoadLocation(req.TimeZone)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("time zone of request %d: %w", req.ID, err)
	}
	var ids []int64
	for _, step := range req.Steps {
		ids = append(ids, step.Recordings...)
	}
	moments, newest, err := timeline(ctx, db, req.Device, setOf(ids))
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("plan request %d again: %w", req.ID, err)
	}
	for i := range moments { // settled by this request
		moments[i].Settled = moments[i].Settled && !moments[i].Chosen
	}
	return Plan(moments, zone, AbilitiesOf(req.Device.Vendor)), newest, nil
}

// recordingsOf reads the recordings of a request, the oldest first; of purged ones what is left.
func recordingsOf(ctx context.Context, db *store.DB, req store.Request) ([]store.Recording, error) {
	var ids []int64
	for _, step := range req.Steps {
		ids = append(ids, step.Recordings...)
	}
	slices.Sort(ids)
	found, err := db.Recordings(ctx, ids)
	if err != nil || len(found) == len(ids) {
		return found, err
	}
	recordings := make([]store.Recording, 0, len(ids))
	for _, id := range ids {
		if len(found) > 0 && found[0].ID == id {
			recordings, found = append(recordings, found[0]), found[1:]
			continue
		}
		purged, err := db.Recording(ctx, id)
		if err != nil {
			return nil, err
		}
		recordings = append(recordings, purged)
	}
	return recordings, nil
}
