package store

import (
	"context"
	"time"
)

// ExportList is a list of an export that was imported: what can be known from it about the
// recordings that it does not have.
type ExportList struct {
	ID       int64
	ImportID int64
	Imported time.Time // when the import began
	Paths    []string  // that were imported
	Made     time.Time // it was made after this; the zero Time if nothing proves any
	Whole    bool      // all of the export was read: the import was finished, and nothing of it failed
	Coverage []Coverage
}

// Coverage is what a list had of a device.
type Coverage struct {
	DeviceID    int64
	Vendor      string
	Serial      string // as exports give it, "" if none does
	MakerName   string
	First, Last int64 // ids, which carry the time; 0 if no time is known
}

// Matched says by what a recording in an export was known again.
type Matched string

// By what recordings are known again, surest first. The time is weak: another recording of the device
// and of the same moment would be taken for it, too. What is matched unsurely may as well be another one.
const (
	MatchedByIdentifier Matched = "identifier"
	MatchedByWords      Matched = "words" // and by device and time
	MatchedByTime       Matched = "time"  // and by device alone
	MatchedUnsurely     Matched = "unsure"
)

// listWriter notes what the lists of an export have, for one batch.
type listWriter struct {
	importID int64
	started  time.Time
	written  map[string]openList // by the batches before
	opened   map[string]openList // by this one
	covered  map[listDevice]coverage
}

// openList is a list to which recordings are being added.
type openList struct{ id, made int64 }

// listDevice is a device in a list.
type listDevice struct {
	list   int64
	device deviceID
}

// coverage is what a batch had of a device in a list.
type coverage struct {
	first, last int64
	recordings  int
}

// open returns the id of the list that the recording stands in, and notes when that was made.
func (w *listWriter) open(ctx context.Context, tx *cachedTx, rec *Incoming) (int64, error) {
	made := w.proves(rec)
	list, opened := w.opened[rec.List.Name]
	if !opened {
		list = w.written[rec.List.Name]
	}
	var err error
	switch {
	case list.id == 0:
		list.made = made
		err = tx.QueryRowContext(ctx, `INSERT INTO import_lists (import_id, made) VALUES (?, ?) RETURNING id`, w.importID, made).Scan(&list.id)
	case made > list.made:
		list.made = made
		_, err = tx.ExecContext(ctx, `UPDATE import_lists SET made = ? WHERE id = ?`, made, list.id)
	}
	w.opened[rec.List.Name] = list
	return list.id, err
}

// proves returns the latest moment, in Unix milliseconds, after which the list must have been made
// that has this recording: it holds nothing that was said later, and no archive has a member that
// was written later. A clock may be wrong: what lies ahead proves nothing. The files of a local
// assistant are what is there at the time of the import.
func (w *listWriter) proves(rec *Incoming) int64 {
	var made time.Time
	if !rec.List.Packed.After(w.started) {
		made = rec.List.Packed
	}
	switch rec.TimeFrom {
	case TimeExact, TimeIdentifier, TimeName:
		if rec.Time.After(made) && !rec.Time.After(w.started) {
			made = rec.Time
		}
	}
	if rec.Vendor != Amazon && rec.Vendor != Google && rec.List.Packed.IsZero() {
		made = w.started
	}
	return max(0, toMillis(made))
}

// add notes that the list has a recording of the device.
func (w *listWriter) add(list int64, device deviceID, recording int64) {
	if w.covered == nil {
		w.covered = map[listDevice]coverage{}
	}
	c := w.covered[listDevice{list, device}]
	c.recordings++
	if recording>>idBits > 0 { // its time is known
		if c.first == 0 || recording < c.first {
			c.first = recording
		}
		c.last = max(c.last, recording)
	}
	w.covered[listDevice{list, device}] = c
}

// widen adds what is to be inserted into list_coverage to what stands there for the list and device.
const widen = `ON CONFLICT DO UPDATE SET
	first_id = CASE WHEN first_id = 0 OR excluded.first_id BETWEEN 1 AND first_id THEN excluded.first_id ELSE first_id END,
	last_id = max(last_id, excluded.last_id), recordings = recordings + excluded.recordings`

// write writes what was noted.
func (w *listWriter) write(ctx context.Context, tx *cachedTx) error {
	for at, c := range w.covered {
		if _, err := tx.ExecContext(ctx, `INSERT INTO list_coverage (list_id, device_id, first_id, last_id, recordings)
			VALUES (?, ?, ?, ?, ?) `+widen,
			at.list, at.device.named, c.first, c.last, c.recordings); err != nil {
			return err
		}
	}
	return nil
}
