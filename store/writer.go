package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// writer writes what an import has gathered, in one transaction. It asks the library with a few queries for all that the
// recordings may be, works out in memory what becomes of each, and then writes that with statements of many rows.
type writer struct {
	im *Import
	tx *sql.Tx
	*view
	devices map[vendorDevice]deviceID // that were looked up for this batch
	naming  map[int64]IncomingDevice  // what exports call them
	covered map[listDevice]coverage
	members rows
	erased  map[string]bool // the names of members that were not written

	counts ImportCounts
	origin string // of the entries that the claims are of

	// What is planned and not written yet.
	entries    []*entry
	added      []*known
	changed    map[*known]bool // also those that are added
	completed  []*known        // those that are not
	keys       []keyRow
	joined     []joining
	reworded   []int64
	clips      []clipRow
	dropped    []dropped
	moved      []moved
	corrected  []*known // whose words are not those of their keys any more
	doubtful   rows
	sightings  map[sighting]Matched
	indexDirty bool // rows were removed from the search index, see markIndexDirty
}

// keyRow is a new key of a recording or a tombstone.
type keyRow struct {
	key
	id int64
}

// joining is a person who was recognised in a recording.
type joining struct {
	*known
	*person
}

func newWriter(ctx context.Context, tx *sql.Tx, im *Import) (*writer, error) {
	v, err := newView(ctx, tx)
	return &writer{
		im: im, tx: tx, view: v, counts: im.counts, origin: im.origin, devices: map[vendorDevice]deviceID{}, naming: map[int64]IncomingDevice{}, covered: map[listDevice]coverage{},
		members: rows{into: `INSERT INTO import_members (import_id, member, outcome, reason, remedy, record, may_hold, columns, recording_id)`, values: `(?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))`},
		erased:  map[string]bool{}, changed: map[*known]bool{}, sightings: map[sighting]Matched{},
		doubtful: rows{into: `INSERT INTO import_doubts (import_id, device_id, time)`, values: `(?, ?, ?)`},
	}, err
}

// write writes all that is pending.
func (w *writer) write(ctx context.Context) error {
	p := &w.im.pending
	if err := w.lookForPeople(ctx, p.arrivals); err != nil {
		return err
	}
	for _, a := range wordsFirst(p.arrivals) {
		device, known := w.devices[a.device]
		if a.rec == nil || !known {
			// It may rename devices or merge them, also those of what is planned.
			if err := w.writeEntries(ctx); err != nil {
				return err
			}
			var err error
			if device, err = w.device(ctx, a); err != nil {
				return err
			}
		}
		if a.rec != nil {
			e := newEntry(a.rec, device, w.im.seed)
			if a.rec.Before != nil {
				was := arrival{device: vendorDevice{a.rec.Vendor, a.rec.Customer, a.rec.Before.Device}, rec: a.rec.Before}
				before, known := w.devices[was.device]
				if !known {
					if err := w.writeEntries(ctx); err != nil {
						return err
					}
					var err error
					if before, err = w.device(ctx, was); err != nil {
						return err
					}
				}
				e.before = newEntry(a.rec.Before, before, w.im.seed)
			}
			w.entries = append(w.entries, e)
		}
	}
	return inTurn(ctx, w.writeEntries, w.noteExports, w.writeLists, w.writeMembers, w.writeCounts)
}

// inTurn takes steps until one fails.
func inTurn(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// wordsFirst returns the arrivals with the recordings of each list that have words before those without:
// where several are of one utterance, what is known of it belongs to the request rather than to the wake
// word. None passes a device that is named between them.
func wordsFirst(arrivals []arrival) []arrival {
	ordered := slices.Clone(arrivals)
	for from := 0; from < len(ordered); {
		to := from + 1
		for to < len(ordered) && ordered[from].sameList(ordered[to]) {
			to++
		}
		slices.SortStableFunc(ordered[from:to], func(a, b arrival) int {
			return cmp.Compare(min(len(b.rec.Transcript), 1), min(len(a.rec.Transcript), 1))
		})
		from = to
	}
	return ordered
}

// sameList reports whether both are recordings of one list.
func (a arrival) sameList(b arrival) bool {
	return a.rec != nil && b.rec != nil && a.rec.Origin == b.rec.Origin
}

// device returns the id of a device, making it if need be.
func (w *writer) device(ctx context.Context, a arrival) (deviceID, error) {
	if a.rec == nil {
		clear(w.devices) // a name may now mean another one
	}
	account, err := w.accountFor(ctx, a.device.vendor, a.device.customer)
	if err != nil {
		return deviceID{}, err
	}
	id, naming, err := resolveDevice(ctx, w.tx, account, a.device.vendor, a.device.IncomingDevice)
	if err != nil {
		return deviceID{}, fmt.Errorf("device %q: %w", a.device.Name, err)
	}
	w.devices[a.device], w.naming[id.id] = id, naming
	return id, nil
}

// writeEntries plans what becomes of the entries, and writes it.
func (w *writer) writeEntries(ctx context.Context) error {
	if len(w.entries) == 0 {
		return nil
	}
	if err := w.look(ctx, w.entries); err != nil {
		return err
	}
	for _, e := range w.entries {
		if w.origin != e.Origin {
			w.origin = e.Origin
			w.im.claims.clear()
		}
		var err error
		if e.list, err = w.openList(ctx, e); err != nil {
			return err
		}
		outcome, err := w.putClip(ctx, e)
		if err != nil {
			return fmt.Errorf("recording of %s: %w", e.Time.UTC().Format(time.RFC3339), err)
		}
		if e.found != nil {
			w.im.claims.set(e.found.id, e.claim)
		}
		w.cover(e)
		w.hold(e, outcome)
		w.count(e, outcome)
	}
	if err := w.writePlan(ctx); err != nil {
		return err
	}
	err := w.noteLookalikes(ctx)
	w.entries = nil
	w.forget()
	return err
}

// writePlan writes what is planned, in the order of ids and keys: the index of words takes its time wherever an id is less than
// the one before, and neighbours are quickly added to any other index.
func (w *writer) writePlan(ctx context.Context) error {
	byID := func(a, b *known) int { return cmp.Compare(a.id, b.id) }
	slices.SortFunc(w.added, byID)
	for _, k := range w.added {
		delete(w.changed, k)
	}
	w.completed = slices.SortedFunc(maps.Keys(w.changed), byID)
	err := inTurn(ctx, w.writeMoved, w.writeSounds, w.dropOldWords, w.writeRecordings, w.writeCompleted, w.writeWords, w.dropOldKeys, w.writeKeys, w.writeClips, w.writePeople, w.writeSightings,
		func(ctx context.Context) error { return w.doubtful.write(ctx, w.tx) })
	w.added, w.keys, w.joined = nil, nil, nil
	clear(w.changed)
	clear(w.sightings)
	return err
}

// writeSounds stores each new sound once, however many recordings share it.
func (w *writer) writeSounds(ctx context.Context) error {
	for _, k := range slices.Concat(w.added, w.completed) {
		if k.sound == nil {
			continue
		}
		err := w.tx.QueryRowContext(ctx, `SELECT id FROM audio WHERE sha256 = ?`, k.sum).Scan(&k.audio)
		if errors.Is(err, sql.ErrNoRows) {
			err = w.tx.QueryRowContext(ctx, `INSERT INTO audio (sha256, format, bytes, duration_ms) VALUES (?, ?, ?, ?) RETURNING id`,
				k.sum, k.sound.Format, len(k.sound.Data), k.sound.Duration.Milliseconds()).Scan(&k.audio)
			if err == nil {
				_, err = w.tx.ExecContext(ctx, `INSERT INTO audio_data (audio_id, data) VALUES (?, ?)`, k.audio, append([]byte{}, k.sound.Data...))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeRecordings writes the new recordings.
func (w *writer) writeRecordings(ctx context.Context) error {
	added := rows{
		into: `INSERT INTO recordings (id, device_id, named_id, import_id, audio_id, unintended, typed, doubtful, time_from, linked_by, kinds,
		vendor_id, kind, domain, intent, skill, transcript, reply)`,
		values: `(?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?)`,
	}
	for _, k := range w.added {
		added.add(k.id, k.device, k.namedApart(), w.im.id, k.audio, k.unintended, k.typed, k.doubtful, k.timeFrom, k.linked, k.kinds,
			k.vendorID, k.kind, k.domain, k.intent, k.skill, k.transcript, k.reply)
	}
	return added.write(ctx, w.tx)
}

// namedApart is the device that the recording's export names, if that one was merged into the recording's own.
func (k *known) namedApart() any {
	if k.named == k.device {
		return nil
	}
	return k.named
}

// writeCompleted writes what is new about known recordings, and about tombstones.
func (w *writer) writeCompleted(ctx context.Context) error {
	recording, err := w.tx.PrepareContext(ctx, `UPDATE recordings SET device_id = ?2, named_id = ?3, audio_id = nullif(?4, 0),
		linked_by = ?5, unintended = ?6, typed = ?7, kinds = ?8,
		vendor_id = nullif(?9, ''), kind = ?10, domain = ?11, intent = ?12, skill = ?13, transcript = ?14, reply = ?15, time_from = ?16 WHERE id = ?1`)
	if err != nil {
		return err
	}
	defer recording.Close()
	for _, k := range w.completed {
		if k.purged {
			_, err = w.tx.ExecContext(ctx, `UPDATE tombstones SET kinds = ? WHERE id = ?`, k.kinds, k.id)
		} else {
			_, err = recording.ExecContext(ctx, k.id, k.device, k.namedApart(), k.audio, k.linked, k.unintended, k.typed, k.kinds,
				k.vendorID, k.kind, k.domain, k.intent, k.skill, k.transcript, k.reply, k.timeFrom)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dropOldWords takes the words of recordings that get other ones out of the search index, while the recordings still
// have them.
func (w *writer) dropOldWords(ctx context.Context) error {
	var ids []int64
	spoken := false
	for _, k := range w.completed {
		if k.transcript != k.was.transcript || k.reply != k.was.reply {
			ids = append(ids, k.id)
			spoken = spoken || k.was.transcript+k.was.reply != ""
		}
	}
	if spoken && !w.indexDirty {
		if err := markIndexDirty(ctx, w.tx); err != nil {
			return err
		}
		w.indexDirty = true
	}
	w.reworded = ids
	return w.changeIndex(ctx, `INSERT INTO words (words, rowid, transcript, reply) SELECT 'delete', id, transcript, reply`, ids)
}

// writeWords adds words to the search index. Recordings without words have their row, too: its own check counts them.
func (w *writer) writeWords(ctx context.Context) error {
	for _, k := range w.added {
		w.reworded = append(w.reworded, k.id)
	}
	return w.changeIndex(ctx, `INSERT INTO words (rowid, transcript, reply) SELECT id, transcript, reply`, w.reworded)
}

// changeIndex runs a single statement that changes the search index for some recordings: before each further one, the index
// would write all that it has gathered.
func (w *writer) changeIndex(ctx context.Context, text string, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err == nil {
		_, err = w.tx.ExecContext(ctx, text+` FROM recordings WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, string(list))
	}
	return err
}

// writeKeys writes the new keys.
func (w *writer) writeKeys(ctx context.Context) error {
	slices.SortFunc(w.keys, func(a, b keyRow) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	keys := rows{into: `INSERT OR IGNORE INTO recording_keys (key, recording_id, kind)`, values: `(?, ?, ?)`}
	for _, k := range w.keys {
		keys.add(k.hash[:], k.id, k.kind)
	}
	return keys.write(ctx, w.tx)
}

// writeSightings writes what was seen of what requests are about.
func (w *writer) writeSightings(ctx context.Context) error {
	seen := rows{
		into: `INSERT INTO sightings (recording_id, list_id, matched)`, values: `(?, ?, ?)`,
		conflict: `ON CONFLICT DO UPDATE SET matched = excluded.matched
			WHERE instr('` + surestFirst + `', excluded.matched) < instr('` + surestFirst + `', matched)`,
	}
	for at, matched := range w.sightings {
		seen.add(at.recording, at.list, matched)
	}
	return seen.write(ctx, w.tx)
}

// writePeople writes who was recognised.
func (w *writer) writePeople(ctx context.Context) error {
	links := rows{into: `INSERT OR IGNORE INTO recording_people (recording_id, person_id)`, values: `(?, ?)`}
	for _, j := range w.joined {
		p := j.person
		var err error
		switch {
		case p.id == 0:
			err = w.tx.QueryRowContext(ctx, `INSERT INTO people (vendor, key, name) VALUES (?, ?, ?) RETURNING id`, p.vendor, p.key, p.name).Scan(&p.id)
		case p.name != p.was:
			_, err = w.tx.ExecContext(ctx, `UPDATE people SET name = ? WHERE id = ?`, p.name, p.id)
		}
		if err != nil {
			return err
		}
		p.was = p.name
		links.add(j.known.id, p.id)
	}
	return links.write(ctx, w.tx)
}
