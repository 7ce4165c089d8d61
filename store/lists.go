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

// listKey is what an import knows a list by: one list may have recordings of several accounts.
type listKey struct {
	name    string
	account int64
}

// openList is a list to which recordings are being added.
type openList struct {
	id, made, packed int64
	madeBy           MadeBy
}

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

// openList returns the id of the list that an entry stands in, and notes when that was made.
func (w *writer) openList(ctx context.Context, e *entry) (int64, error) {
	key := listKey{e.List.Name, e.device.account}
	list := w.im.lists.get(key)
	was := list
	if made, by := w.im.proves(e.Incoming); made > list.made {
		list.made, list.madeBy = made, by
	}
	list.packed = max(list.packed, w.im.past(e.List.Packed))
	if list.id == 0 {
		export, err := openExport(ctx, w.tx, w.im.id, e.device.account, e.Vendor, e.List.Product)
		if err != nil {
			return 0, err
		}
		if err := w.tx.QueryRowContext(ctx, `INSERT INTO import_lists (import_id, export_id, own, made, made_by, packed) VALUES (?, ?, ?, 0, '', 0) RETURNING id`,
			w.im.id, export, e.List.Own).Scan(&list.id); err != nil {
			return 0, err
		}
	}
	if list != was {
		w.im.lists.set(key, list)
	}
	return list.id, nil
}

// past is a time in Unix milliseconds, 0 if it is not known or lies ahead: some clock is wrong then.
func (im *Import) past(t time.Time) int64 {
	if t.After(im.started) {
		return 0
	}
	return max(0, toMillis(t))
}

// proves returns the latest moment, in Unix milliseconds, after which the list must have been made that has this
// recording, and what it rests on: the list holds nothing that was said later, and a maker may stamp what it hands out.
// The files of a local assistant are what is there at the time of the import.
func (im *Import) proves(rec *Incoming) (made int64, by MadeBy) {
	if rec.Vendor != Amazon && rec.Vendor != Google && rec.List.Packed.IsZero() {
		return toMillis(im.started), MadeByImport
	}
	if made = im.past(rec.List.Stamp); made > 0 {
		by = MadeByName
	}
	switch rec.TimeFrom {
	case TimeExact, TimeIdentifier, TimeName:
		if said := im.past(rec.Time); said > made {
			return said, MadeByRecording
		}
	}
	return made, by
}

// cover notes that a list has a recording of a device.
func (w *writer) cover(e *entry) {
	at := listDevice{e.list, e.device}
	c := w.covered[at]
	c.recordings++
	if e.Unintended {
		c.unintended++
	}
	id := e.millis << idBits
	if e.found != nil {
		id = e.found.id
	}
	if id>>idBits > 0 { // its time is known
		if c.first == 0 || id < c.first {
			c.first = id
		}
		c.last = max(c.last, id)
	}
	w.covered[at] = c
}

// widen adds what is to be inserted into list_coverage to what stands there for the list and device.
const widen = `ON CONFLICT DO UPDATE SET
	first_id = CASE WHEN first_id = 0 OR excluded.first_id BETWEEN 1 AND first_id THEN excluded.first_id ELSE first_id END,
	last_id = max(last_id, excluded.last_id), recordings = recordings + excluded.recordings, unintended = unintended + excluded.unintended`

// writeLists writes what lists have and when they were made.
func (w *writer) writeLists(ctx context.Context) error {
	for _, list := range w.im.lists.changed {
		if _, err := w.tx.ExecContext(ctx, `UPDATE import_lists SET made = ?, made_by = ?, packed = ? WHERE id = ?`, list.made, list.madeBy, list.packed, list.id); err != nil {
			return err
		}
	}
	covered := rows{
		into:   `INSERT INTO list_coverage (list_id, device_id, first_id, last_id, recordings, unintended)`,
		values: `(?, ?, ?, ?, ?, ?)`, conflict: widen,
	}
	for at, c := range w.covered {
		covered.add(at.list, at.device.named, c.first, c.last, c.recordings, c.unintended)
	}
	return covered.write(ctx, w.tx)
}
