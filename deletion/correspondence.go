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
	WithWords   bool
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
		Now: now, WithWords: c.WithWords, OnlyDevice: true,
	}
	devices, err := db.Devices(ctx)
	if err != nil {
		return "", err
	}
	for _, d := range devices {
		o.OnlyDevice = o.OnlyDevice && (d.ID == req.Device.ID || d.Vendor != req.Device.Vendor)
	}
	timeline, err := db.Timeline(ctx, req.Device.ID)
	if err != nil {
		return "", err
	}
	if len(timeline) > 0 {
		o.Newest = store.IDTime(timeline[len(timeline)-1].ID)
	}
	folder, err := Write(dir, req, recordings, o)
	if err != nil {
		return "", err
	}
	if err := db.SetRequestFolder(ctx, id, folder); err != nil {
		return "", fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, nil
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
