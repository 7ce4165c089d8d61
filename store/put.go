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
	tx   *cachedTx
	from int64 // the import, 0 for none
	list int64 // of the export, where the recordings stand

	indexDirty   bool // rows were removed from the search index, see markIndexDirty
	purged       bool // there are tombstones
	asked        bool // there are requests
	takeDoubtful bool // recordings in doubt are imported
}

func newRecordingWriter(ctx context.Context, tx *cachedTx) (*recordingWriter, error) {
	w := &recordingWriter{tx: tx}
	return w, tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstones), EXISTS (SELECT 1 FROM request_items)`).Scan(&w.purged, &w.asked)
}

// put writes one recording: a new one, or what is new about a known one. A purged recording stays
// away, and so does one that may be purged, unless those are taken. It returns the id, of the last kind one
// that is of its time but of no recording. claimed are the recordings that entries of the same list are.
func (w *recordingWriter) put(ctx context.Context, rec *Incoming, device deviceID, claimed *claims) (int64, putOutcome, error) {
	millis := rec.Time.UnixMilli()
	if rec.Time.IsZero() || millis <= 0 || millis >= 1<<(63-idBits) {
		millis, rec.TimeFrom = 0, TimeUnknown
	}
	var sum []byte
	if rec.Audio != nil {
		h := sha256.Sum256(rec.Audio.Data)
		sum = h[:]
	}
	keys := keysOf(rec, device.named, millis, string(sum))
	known, err := w.recognize(ctx, rec, keys, device, millis, sum, claimed)
	if err == nil {
		err = w.sightUnsure(ctx, known.doubts)
	}
	if err != nil {
		return 0, 0, err
	}
	id, doubtful := known.id, len(known.doubts) > 0
	switch {
	case doubtful && !w.takeDoubtful:
		id, err = w.noteDoubt(ctx, device, millis)
		return id, putDoubtful, err
	case doubtful || id == 0:
		id, err = w.add(ctx, rec, device, millis, sum, keys, doubtful)
		if err == nil {
			err = w.noteLookalikes(ctx, id, rec, device.id, keys)
		}
		return id, putAdded, err
	}
	if err := errors.Join(w.sight(ctx, id, known.matched), w.seeLookalike(ctx, id)); err != nil {
		return 0, 0, err
	}
	var one int
	switch err := w.tx.QueryRowContext(ctx, `SELECT 1 FROM tombstones WHERE id = ?`, id).Scan(&one); {
	case err == nil:
		if rec.VendorID != "" && !known.entry {
			return id, putTombstoned, nil // which entry of the utterance was purged is not known
		}
		keys = slices.DeleteFunc(keys, func(k key) bool { return k.kind == 0 })
		return id, putTombstoned, w.putKeys(ctx, id, keys)
	case !errors.Is(err, sql.ErrNoRows):
		return 0, 0, err
	}
	completed, err := w.complete(ctx, id, rec, device, sum, keys)
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

// recognize finds out which recording rec is: by its keys, or else by its time, its device and its words.
func (w *recordingWriter) recognize(ctx context.Context, rec *Incoming, keys []key, device deviceID, millis int64, sum []byte, claimed *claims) (recognized, error) {
	found, doubts, err := w.find(ctx, rec, keys, sum, claimed)
	known := recognized{id: found.id, entry: found.entry, matched: MatchedByWords, doubts: doubts}
	if rec.Identifier() != "" {
		known.matched = MatchedByIdentifier
	}
	if err != nil || found.id != 0 {
		return known, err
	}
	var like likeness
	if known.id, like, err = w.same(ctx, rec, keys, device.id, millis, sum, claimed); err != nil {
		return recognized{}, err
	}
	known.matched = like.matched()
	if known.id == 0 || like == likeDevice { // which also a purged one would be
		known.doubts, err = w.doubts(ctx, rec, device.id, millis, keys, claimed)
	}
	return known, err
}

// add writes a new recording. The id's disambiguator comes from its identifier, so that a library
// looks the same in whatever order its exports were imported; where there is none, from the device, not
// from the words, as it outlives a purge.
func (w *recordingWriter) add(ctx context.Context, rec *Incoming, device deviceID, millis int64, sum []byte, keys []key, doubtful bool) (int64, error) {
	hash := keys[0].hash
	if keys[0].kind == 0 {
		hash = hashKey("place", strconv.FormatInt(device.named, 10), strconv.FormatInt(millis, 10), strconv.Itoa(rec.Occurrence))
	}
	low := uint32(hash[0])<<16 | uint32(hash[1])<<8 | uint32(hash[2])
	var id int64
	for taken := true; taken; low++ {
		id = millis<<idBits | int64(low&(1<<idBits-1))
		if id == 0 {
			continue // means "none" everywhere else
		}
		if err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recordings WHERE id = ?1) OR EXISTS (SELECT 1 FROM tombstones WHERE id = ?1)`, id).Scan(&taken); err != nil {
			return 0, err
		}
	}
	audio, err := w.putAudio(ctx, rec.Audio, sum)
	if err != nil {
		return 0, err
	}
	var linked LinkedBy
	if rec.Audio != nil {
		linked = rec.Audio.LinkedBy
	}
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO recordings (id, device_id, named_id, import_id, audio_id, unintended, typed, doubtful, time_from, linked_by, vendor_id,
		kind, domain, intent, skill, transcript, reply) VALUES (?1, ?2, nullif(?3, ?2), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, device.id, device.named, w.from, audio, rec.Unintended, rec.Typed, doubtful, rec.TimeFrom, linked,
		nullable(rec.Identifier()), rec.Kind, rec.Domain, rec.Intent, rec.Skill, rec.Transcript, rec.Reply); err != nil {
		return 0, err
	}
	// Wordless ones have their row in the index, too: its own check counts them.
	if _, err := w.tx.ExecContext(ctx, `INSERT INTO words (rowid, transcript, reply) VALUES (?, ?, ?)`, id, rec.Transcript, rec.Reply); err != nil {
		return 0, err
	}
	if _, err := w.putPeople(ctx, id, rec); err != nil {
		return 0, err
	}
	return id, w.putKeys(ctx, id, keys)
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
func (w *recordingWriter) putPeople(ctx context.Context, id int64, rec *Incoming) (bool, error) {
	anyNew := false
	for _, p := range rec.People {
		personKey, name := cmp.Or(p.ID, p.Name), cmp.Or(p.Name, p.ID)
		if personKey == "" {
			continue
		}
		var person int64
		if err := w.tx.QueryRowContext(ctx, `INSERT INTO people (vendor, key, name) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET name = CASE WHEN name = key THEN excluded.name ELSE name END RETURNING id`, rec.Vendor, personKey, name).Scan(&person); err != nil {
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
func (w *recordingWriter) putAudio(ctx context.Context, a *IncomingAudio, sum []byte) (sql.NullInt64, error) {
	var id int64
	if a == nil {
		return sql.NullInt64{}, nil
	}
	err := w.tx.QueryRowContext(ctx, `SELECT id FROM audio WHERE sha256 = ?`, sum).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = w.tx.QueryRowContext(ctx, `INSERT INTO audio (sha256, format, bytes, duration_ms) VALUES (?, ?, ?, ?) RETURNING id`, sum, a.Format, len(a.Data), a.Duration.Milliseconds()).Scan(&id)
		if err == nil {
			_, err = w.tx.ExecContext(ctx, `INSERT INTO audio_data (audio_id, data) VALUES (?, ?)`, id, append([]byte{}, a.Data...))
		}
	}
	return sql.NullInt64{Int64: id, Valid: true}, err
}

func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
