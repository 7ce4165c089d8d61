package deletion

import (
	"context"
	"fmt"
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
	req, recordings, o, err := c.gather(ctx, db, id, now)
	if err != nil {
		return "", err
	}
	folder, err := Write(dir, req, recordings, o)
	if err != nil {
		return "", err
	}
	if err := db.SetRequestFolder(ctx, id, folder, req.Steps); err != nil {
		return "", fmt.Errorf("the files are in %s, but: %w", folder, err)
	}
	return folder, nil
}

// Letter returns the letter of a request that is in the library, as it can be pasted into a maker's form:
// with no list enclosed. The error is for a request about local files, to which no letter is sent.
func (c Correspondence) Letter(ctx context.Context, db *store.DB, id int64, now time.Time) (string, error) {
	req, recordings, o, err := c.gather(ctx, db, id, now)
	if err != nil {
		return "", err
	}
	if IsLocal(req.Device.Vendor) {
		return "", fmt.Errorf("request %d is about files on your own machines; request.md says what to do with them, and nobody is written to", id)
	}
	d, err := newDocument(req, recordings, o)
	if err != nil {
		return "", fmt.Errorf("write the letter of request %d: %w", id, err)
	}
	_, text, err := d.letter(false)
	return string(text), err
}

// gather reads what the files of a request are made from.
func (c Correspondence) gather(ctx context.Context, db *store.DB, id int64, now time.Time) (req store.Request, recordings []store.Recording, o Options, err error) {
	if req, err = Request(ctx, db, id); err != nil {
		return req, nil, o, err
	}
	if recordings, err = recordingsOf(ctx, db, req); err != nil {
		return req, nil, o, err
	}
	o = Options{
		Sender: c.Sender, Recipient: c.Recipients[req.Device.Vendor], Law: c.Law, Marketplace: c.Marketplace,
		Now: now, Words: c.Words, Language: c.Language,
	}
	lines := timelinesOf(db)
	own, err := lines.of(ctx, req.Device)
	if err != nil {
		return req, nil, o, err
	}
	others, err := lines.restOfAccount(ctx, req.Device)
	o.Newest, o.OnlyDevice = newestOf(own), len(others) == 0
	return req, recordings, o, err
}

// recordingsOf reads the recordings of a request, the oldest first; of purged ones what is left.
func recordingsOf(ctx context.Context, db *store.DB, req store.Request) ([]store.Recording, error) {
	ids := recordingIDs(req)
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
