package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"
	"strconv"
)

// putOutcome is what became of an incoming recording.
type putOutcome int

const (
	putAdded putOutcome = iota
	putCompleted
	putKnown
	putTombstoned
	putDoubtful // left out, see doubt.go
)

// recordingWriter writes the recordings of one transaction.
type recordingWriter struct {
	tx      *cachedTx
	from    int64   // the import, 0 for none
	list    int64   // of the export, where the recordings stand
	matched *claims // the recordings that other entries of the same list were found to be

	indexDirty   bool // rows were removed from the search index, see markIndexDirty
	purged       bool // there are tombstones
	asked        bool // there are requests
	takeDoubtful bool // recordings in doubt are imported
}

func newRecordingWriter(ctx context.Context, tx *cachedTx) (*recordingWriter, error) {
	w := &recordingWriter{tx: tx, matched: &claims{}}
	return w, tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstones), EXISTS (SELECT 1 FROM request_items)`).Scan(&w.purged, &w.asked)
}

// entry is an incoming recording with what is worked out of it before the library is asked.
type entry struct {
	*Incoming
	device deviceID
	millis int64  // Unix time, 0 if it is not known
	sum    []byte // of the sound, nil if there is none
	keys   []key
}

// newEntry works out the entry of a recording. A time that an id cannot hold is not known.
func newEntry(rec *Incoming, device deviceID) *entry {
	e := &entry{Incoming: rec, device: device, millis: rec.Time.UnixMilli()}
	if rec.Time.IsZero() || e.millis <= 0 || e.millis >= 1<<(63-idBits) {
		e.millis, rec.TimeFrom = 0, TimeUnknown
	}
	if rec.Audio != nil {
		sum := sha256.Sum256(rec.Audio.Data)
		e.sum = sum[:]
	}
	e.keys = e.makeKeys()
	return e
}

// timeProves reports whether two exports have the time of the entry in common only if it is one recording's: it is
// known, and it is not that of a file, which a copy may change.
func (e *entry) timeProves() bool { return e.millis != 0 && e.TimeFrom != TimeModified }

// put writes one recording: a new one, or what is new about a known one. A purged recording stays
// away, and so does one that may be purged, unless those are imported. It returns the recording's id; for one that
// is left out in doubt, an id of its time that is no recording's.
func (w *recordingWriter) put(ctx context.Context, e *entry) (int64, putOutcome, error) {
	known, err := w.recognize(ctx, e)
	if err == nil {
		err = w.sightUnsure(ctx, known.doubts)
	}
	if err != nil {
		return 0, 0, err
	}
	id, doubtful := known.id, len(known.doubts) > 0
	switch {
	case doubtful && !w.takeDoubtful:
		id, err = w.noteDoubt(ctx, e)
		return id, putDoubtful, err
	case doubtful || id == 0:
		id, err = w.add(ctx, e, doubtful)
		if err == nil {
			err = w.noteLookalikes(ctx, id, e)
		}
		return id, putAdded, err
	}
	if err := errors.Join(w.sightTwins(ctx, e, known), w.noteLookalikes(ctx, id, e)); err != nil {
		return 0, 0, err
	}
	var one int
	switch err := w.tx.QueryRowContext(ctx, `SELECT 1 FROM tombstones WHERE id = ?`, id).Scan(&one); {
	case err == nil:
		if e.VendorID != "" && !known.entry {
			return id, putTombstoned, nil // which entry of the utterance was purged is not known
		}
		keys := slices.DeleteFunc(e.keys, func(k key) bool { return k.kind == 0 })
		return id, putTombstoned, w.putKeys(ctx, id, keys)
	case !errors.Is(err, sql.ErrNoRows):
		return 0, 0, err
	}
	completed, err := w.complete(ctx, id, e)
	if completed {
		return id, putCompleted, err
	}
	return id, putKnown, err
}

// recognized is what an incoming recording was found to be.
type recognized struct {
	id      int64 // of the recording, or of the tombstone, 0 if there is none
	entry   bool  // it is known by the maker's own key of an entry
	matched Matched
	doubts  []int64 // the tombstones that it may be the recording of as well
}

// recognize finds out which recording an entry is: by its keys, or else by its time, its device and its words.
func (w *recordingWriter) recognize(ctx context.Context, e *entry) (recognized, error) {
	found, doubts, err := w.find(ctx, e)
	known := recognized{id: found.id, entry: found.entry, matched: MatchedByWords, doubts: doubts}
	if e.Identifier() != "" {
		known.matched = MatchedByIdentifier
	}
	if err != nil || found.id != 0 {
		return known, err
	}
	var like likeness
	if known.id, like, err = w.same(ctx, e); err != nil {
		return recognized{}, err
	}
	known.matched = like.matched()
	if known.id == 0 || like == likeDevice { // which also a purged one would be
		known.doubts, err = w.doubts(ctx, e, w.matched)
	}
	return known, err
}

// add writes a new recording. The id's disambiguator comes from its identifier, so that a library
// looks the same in whatever order its exports were imported. Without an identifier it comes from the device, not
// from the words, as it outlives a purge.
func (w *recordingWriter) add(ctx context.Context, e *entry, doubtful bool) (int64, error) {
	hash := e.keys[0].hash
	if e.keys[0].kind == 0 {
		hash = hashKey("place", strconv.FormatInt(e.device.named, 10), strconv.FormatInt(e.millis, 10), strconv.Itoa(e.Occurrence))
	}
	low := uint32(hash[0])<<16 | uint32(hash[1])<<8 | uint32(hash[2])
	var id int64
	for taken := true; taken; low++ {
		id = e.millis<<idBits | int64(low&(1<<idBits-1))
		if id == 0 {
			continue // means "none" everywhere else
		}
		if err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recordings WHERE id = ?1) OR EXISTS (SELECT 1 FROM tombstones WHERE id = ?1)`, id).Scan(&taken); err != nil {
			return 0, err
		}
	}
	audio, err := w.putAudio(ctx, e)
	if err != nil {
		return 0, err
	}
	var linked LinkedBy
	if e.Audio != nil {
		linked = e.Audio.LinkedBy
	}
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO recordings (id, device_id, named_id, import_id, audio_id, unintended, typed, doubtful, time_from, linked_by, vendor_id,
		kind, domain, intent, skill, transcript, reply) VALUES (?1, ?2, nullif(?3, ?2), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, e.device.id, e.device.named, w.from, audio, e.Unintended, e.Typed, doubtful, e.TimeFrom, linked,
		nullable(e.Identifier()), e.Kind, e.Domain, e.Intent, e.Skill, e.Transcript, e.Reply); err != nil {
		return 0, err
	}
	// Wordless ones have their row in the index, too: its own check counts them.
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO words (rowid, transcript, reply) VALUES (?, ?, ?)`, id, e.Transcript, e.Reply); err != nil {
		return 0, err
	}
	if _, err := w.putPeople(ctx, id, e); err != nil {
		return 0, err
	}
	return id, w.putKeys(ctx, id, e.keys)
}

func (w *recordingWriter) putKeys(ctx context.Context, id int64, keys []key) error {
	for _, k := range keys {
		if _, err := w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO recording_keys (key, recording_id, kind) VALUES (?, ?, ?)`, k.hash, id, k.kind); err != nil {
			return err
		}
	}
	return nil
}

// putPeople links the recording's people with it and reports whether any of them is new to it.
func (w *recordingWriter) putPeople(ctx context.Context, id int64, e *entry) (bool, error) {
	anyNew := false
	for _, p := range e.People {
		personKey, name := cmp.Or(p.ID, p.Name), cmp.Or(p.Name, p.ID)
		if personKey == "" {
			continue
		}
		var person int64
		if err := w.tx.QueryRowContext(ctx, `INSERT INTO people (vendor, key, name) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET name = CASE WHEN name = key THEN excluded.name ELSE name END RETURNING id`, e.Vendor, personKey, name).Scan(&person); err != nil {
			return false, err
		}
		linked, err := changes(w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO recording_people (recording_id, person_id) VALUES (?, ?)`, id, person))
		if err != nil {
			return false, err
		}
		anyNew = anyNew || linked
	}
	return anyNew, nil
}

// putAudio stores a sound once, however many recordings share it, and returns its id.
func (w *recordingWriter) putAudio(ctx context.Context, e *entry) (sql.NullInt64, error) {
	var id int64
	if e.Audio == nil {
		return sql.NullInt64{}, nil
	}
	err := w.tx.QueryRowContext(ctx, `SELECT id FROM audio WHERE sha256 = ?`, e.sum).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = w.tx.QueryRowContext(ctx, `INSERT INTO audio (sha256, format, bytes, duration_ms) VALUES (?, ?, ?, ?) RETURNING id`, e.sum, e.Audio.Format, len(e.Audio.Data), e.Audio.Duration.Milliseconds()).Scan(&id)
		if err == nil {
			_, err = w.tx.ExecContext(ctx, `INSERT INTO audio_data (audio_id, data) VALUES (?, ?)`, id, append([]byte{}, e.Audio.Data...))
		}
	}
	return sql.NullInt64{Int64: id, Valid: true}, err
}

func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
