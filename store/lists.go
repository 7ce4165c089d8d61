package store

import (
	"context"
	"strings"
	"time"
)

// ExportList is a list of an export that was imported: what can be known from it about the
// recordings that it does not have.
type ExportList struct {
	ID       int64 // 0 for an export without any recording
	Export   int64
	ImportID int64
	Account  int64
	Vendor   string
	Product  string
	Imported time.Time // when the import began
	Read     time.Time // when the first import of the same files began, so that it was made before this
	Paths    []string  // that were imported
	Made     time.Time // it was made after this; the zero Time if nothing proves any
	MadeBy   MadeBy    // what that rests on
	MadeOn   time.Time // by the user's word it was made after this; the zero Time if that was not said
	Packed   time.Time // when its archive says that it was packed; the zero Time if it does not
	Whole    bool      // all of the export was read: the import was finished, and nothing that may hold recordings was left out
	Complete bool      // by the user's word the export is all that the account has
	Coverage []Coverage
}

// MadeBy is what tells that an export was made after some moment.
type MadeBy string

// What tells when an export was made. The clock of an archive tells nothing: anybody can pack one again.
const (
	MadeByRecording MadeBy = "recording" // a recording in it is of that moment
	MadeByName      MadeBy = "name"      // the maker wrote it into the name of the archive
	MadeByUser      MadeBy = "user"
	MadeByImport    MadeBy = "import" // the assistant is on this machine, and was read as it was then
)

// Coverage is what a list had of a device.
type Coverage struct {
	DeviceID    int64
	Vendor      string
	Serial      string // as exports give it, "" if none does
	MakerName   string
	First, Last int64 // ids, which carry the time; 0 if no time is known
	Unintended  bool  // it has such recordings of the device
	Known       bool  // the first or the last was known before or has a maker's identifier, so that the list has the clock of the library
}

// Matched says by what a recording in an export was known again.
type Matched string

// By what recordings are known again, surest first. The time is weak: another recording of the device
// and of the same moment would be taken for it, too. What is matched unsurely may as well be another one.
const (
	MatchedByIdentifier Matched = "identifier"
	MatchedByUser       Matched = "user"  // who said that two recordings are one
	MatchedByWords      Matched = "words" // and by device and time
	MatchedByTime       Matched = "time"  // and by device alone
	MatchedUnsurely     Matched = "unsure"
)

// surestFirst lists by what recordings are known again.
const surestFirst = "identifier user words time unsure"

// Surer reports whether a match is surer than another one.
func (m Matched) Surer(than Matched) bool {
	return strings.Index(surestFirst, string(m)) < strings.Index(surestFirst, string(than))
}

// listWriter notes what the lists of an export have, for one batch.
type listWriter struct {
	importID int64
	started  time.Time
	written  map[listKey]openList // by the batches before
	opened   map[listKey]openList // by this one
	covered  map[listDevice]coverage
}

// listKey is what an import knows a list by: one list may have recordings of several accounts.
type listKey struct {
	name    string
	account int64
}

// openList is a list to which recordings are being added.
type openList struct{ id, made, packed int64 }

// listDevice is a device in a list.
type listDevice struct {
	list   int64
	device deviceID
}

// coverage is what a batch had of a device in a list.
type coverage struct {
	first, last            int64
	recordings, unintended int
}

// open returns the id of the list that the recording stands in, and notes when that was made.
func (w *listWriter) open(ctx context.Context, tx *cachedTx, rec *Incoming, account int64) (int64, error) {
	key := listKey{rec.List.Name, account}
	made, by := w.proves(rec)
	packed := w.past(rec.List.Packed)
	list, opened := w.opened[key]
	if !opened {
		list = w.written[key]
	}
	var err error
	switch {
	case list.id == 0:
		var export int64
		if export, err = openExport(ctx, tx, w.importID, account, rec.Vendor, rec.List.Product); err != nil {
			return 0, err
		}
		list.made, list.packed = made, packed
		err = tx.QueryRowContext(ctx, `INSERT INTO import_lists (import_id, export_id, own, made, made_by, packed) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
			w.importID, export, rec.List.Own, made, by, packed).Scan(&list.id)
	case made > list.made:
		list.made = made
		_, err = tx.ExecContext(ctx, `UPDATE import_lists SET made = ?, made_by = ? WHERE id = ?`, made, by, list.id)
	}
	if err == nil && packed > list.packed {
		list.packed = packed
		_, err = tx.ExecContext(ctx, `UPDATE import_lists SET packed = ? WHERE id = ?`, packed, list.id)
	}
	w.opened[key] = list
	return list.id, err
}

// past is a time in Unix milliseconds, 0 if it is not known or lies ahead: some clock is wrong then.
func (w *listWriter) past(t time.Time) int64 {
	if t.After(w.started) {
		return 0
	}
	return max(0, toMillis(t))
}

// proves returns the latest moment, in Unix milliseconds, after which the list must have been made that has this
// recording, and what it rests on: the list holds nothing that was said later, and a maker may stamp what it hands out.
// The files of a local assistant are what is there at the time of the import.
func (w *listWriter) proves(rec *Incoming) (made int64, by MadeBy) {
	if rec.Vendor != Amazon && rec.Vendor != Google && rec.List.Packed.IsZero() {
		return toMillis(w.started), MadeByImport
	}
	if made = w.past(rec.List.Stamp); made > 0 {
		by = MadeByName
	}
	switch rec.TimeFrom {
	case TimeExact, TimeIdentifier, TimeName:
		if said := w.past(rec.Time); said > made {
			return said, MadeByRecording
		}
	}
	return made, by
}

// add notes that the list has a recording of the device.
func (w *listWriter) add(list int64, device deviceID, recording int64, unintended bool) {
	if w.covered == nil {
		w.covered = map[listDevice]coverage{}
	}
	c := w.covered[listDevice{list, device}]
	c.recordings++
	if unintended {
		c.unintended++
	}
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
	last_id = max(last_id, excluded.last_id), recordings = recordings + excluded.recordings, unintended = unintended + excluded.unintended`

// write writes what was noted.
func (w *listWriter) write(ctx context.Context, tx *cachedTx) error {
	for at, c := range w.covered {
		if _, err := tx.ExecContext(ctx, `INSERT INTO list_coverage (list_id, device_id, first_id, last_id, recordings, unintended)
			VALUES (?, ?, ?, ?, ?, ?) `+widen,
			at.list, at.device.named, c.first, c.last, c.recordings, c.unintended); err != nil {
			return err
		}
	}
	return nil
}
