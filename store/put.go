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

// recordingWriter writes the recordings of one transaction with prepared statements.
type recordingWriter struct {
	tx   *sql.Tx
	from int64 // the import, 0 for none
	list int64 // of the export, where the recordings stand
	owes bool  // whether rows were removed from the search index, see oweRebuild

	purged       bool // whether there are tombstones
	takeDoubtful bool // whether recordings in doubt are imported

	findKey, findStone, findID, read          *sql.Stmt
	insert, update, insertKey, unindex, index *sql.Stmt
	findAudio, insertAudio, insertAudioData   *sql.Stmt
	insertPerson, linkPerson, sight           *sql.Stmt
	existNear, near, moveDevice               *sql.Stmt
	stones, hasKind                           *sql.Stmt
}

func newRecordingWriter(ctx context.Context, tx *sql.Tx) (*recordingWriter, error) {
	w := &recordingWriter{tx: tx}
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM tombstones)`).Scan(&w.purged); err != nil {
		return nil, err
	}
	for stmt, text := range map[**sql.Stmt]string{
		&w.findKey:   selectCandidates,
		&w.findStone: `SELECT 1 FROM tombstones WHERE id = ?`,
		&w.findID:    `SELECT EXISTS (SELECT 1 FROM recordings WHERE id = ?1) OR EXISTS (SELECT 1 FROM tombstones WHERE id = ?1)`,
		&w.read: `SELECT r.device_id, r.audio_id, a.sha256, r.unintended, r.typed, r.doubtful, r.vendor_id, r.kind, r.domain, r.intent, r.skill,
			r.transcript, r.reply FROM recordings r LEFT JOIN audio a ON a.id = r.audio_id WHERE r.id = ?`,
		&w.insert: `INSERT INTO recordings (id, device_id, named_id, import_id, audio_id, unintended, typed, doubtful, time_from, linked_by, vendor_id,
			kind, domain, intent, skill, transcript, reply) VALUES (?1, ?2, nullif(?3, ?2), nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		&w.update: `UPDATE recordings SET audio_id = ?, linked_by = CASE WHEN ? THEN ? ELSE linked_by END, unintended = ?,
			typed = ?, vendor_id = ?, kind = ?, domain = ?, intent = ?, skill = ?, transcript = ?, reply = ? WHERE id = ?`,
		&w.insertKey:       `INSERT OR IGNORE INTO recording_keys (key, recording_id, kind) VALUES (?, ?, ?)`,
		&w.unindex:         `INSERT INTO words (words, rowid, transcript, reply) VALUES ('delete', ?, ?, ?)`,
		&w.index:           `INSERT INTO words (rowid, transcript, reply) VALUES (?, ?, ?)`,
		&w.findAudio:       `SELECT id FROM audio WHERE sha256 = ?`,
		&w.insertAudio:     `INSERT INTO audio (sha256, format, bytes, duration_ms) VALUES (?, ?, ?, ?) RETURNING id`,
		&w.insertAudioData: `INSERT INTO audio_data (audio_id, data) VALUES (?, ?)`,
		&w.insertPerson: `INSERT INTO people (vendor, key, name) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET name = CASE WHEN name = key THEN excluded.name ELSE name END RETURNING id`,
		&w.linkPerson: `INSERT OR IGNORE INTO recording_people (recording_id, person_id) VALUES (?, ?)`,
		&w.sight: `INSERT INTO sightings (recording_id, list_id, matched)
			SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM request_items WHERE recording_id = ?1)
			ON CONFLICT DO UPDATE SET matched = min(matched, excluded.matched)`, // by the alphabet the surest is the least
		&w.existNear: existNear,
		&w.near:      selectNear,
		&w.stones:    selectStones,
		&w.hasKind:   `SELECT EXISTS (SELECT 1 FROM recording_keys WHERE recording_id = ?1 AND kind <> 0 AND (kind = ?2 OR ?3))`,
		// A request names the device that it is about, so what it asks for stays there.
		&w.moveDevice: `UPDATE recordings SET device_id = ?1, named_id = nullif(?3, ?1) WHERE id = ?2 AND device_id IN
			(SELECT id FROM devices WHERE serial IS NULL AND maker_name = '')
			AND NOT EXISTS (SELECT 1 FROM request_items WHERE recording_id = ?2)`,
	} {
		prepared, err := tx.PrepareContext(ctx, text)
		if err != nil {
			return nil, errors.Join(err, w.close())
		}
		*stmt = prepared
	}
	return w, nil
}

func (w *recordingWriter) close() error {
	var errs []error
	for _, s := range []*sql.Stmt{
		w.findKey, w.findStone, w.findID, w.read, w.insert, w.update, w.insertKey, w.unindex, w.index,
		w.findAudio, w.insertAudio, w.insertAudioData, w.insertPerson, w.linkPerson, w.sight, w.existNear, w.near, w.moveDevice,
		w.stones, w.hasKind,
	} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
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
		return id, putAdded, err
	}
	if _, err := w.sight.ExecContext(ctx, id, w.list, known.matched); err != nil {
		return 0, 0, err
	}
	var one int
	switch err := w.findStone.QueryRowContext(ctx, id).Scan(&one); {
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
		if err := w.findID.QueryRowContext(ctx, id).Scan(&taken); err != nil {
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
	if _, err := w.insert.ExecContext(ctx, id, device.id, device.named, w.from, audio, rec.Unintended, rec.Typed, doubtful, rec.TimeFrom, linked,
		nullable(rec.Identifier()), rec.Kind, rec.Domain, rec.Intent, rec.Skill, rec.Transcript, rec.Reply); err != nil {
		return 0, err
	}
	// Wordless ones have their row in the index, too: its own check counts them.
	if _, err := w.index.ExecContext(ctx, id, rec.Transcript, rec.Reply); err != nil {
		return 0, err
	}
	if _, err := w.putPeople(ctx, id, rec); err != nil {
		return 0, err
	}
	return id, w.putKeys(ctx, id, keys)
}

func (w *recordingWriter) putKeys(ctx context.Context, id int64, keys []key) error {
	for _, k := range keys {
		if _, err := w.insertKey.ExecContext(ctx, k.hash, id, k.kind); err != nil {
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
		if err := w.insertPerson.QueryRowContext(ctx, rec.Vendor, personKey, name).Scan(&person); err != nil {
			return false, err
		}
		linked, err := changes(w.linkPerson.ExecContext(ctx, id, person))
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
	err := w.findAudio.QueryRowContext(ctx, sum).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = w.insertAudio.QueryRowContext(ctx, sum, a.Format, len(a.Data), a.Duration.Milliseconds()).Scan(&id)
		if err == nil {
			_, err = w.insertAudioData.ExecContext(ctx, id, append([]byte{}, a.Data...))
		}
	}
	return sql.NullInt64{Int64: id, Valid: true}, err
}

func nullable(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }
