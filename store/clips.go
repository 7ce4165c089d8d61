package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A record and the sound that it names may come with two imports, in either order. So a recording keeps the name of its
// file, as a hash that goes with it. A clip without a record is a recording of its own until its record comes: then the
// record takes the sound over, and the clip's own recording goes, unless the user has deleted it or asked the maker for it.
// Where neither names the other, the times tell, as they do within one import.

// closeEnough is how far the times of a record and of its sound may be apart, in milliseconds.
const closeEnough = 5 * secondMillis

// clipRow says that a recording has or names a file.
type clipRow struct {
	name keyHash
	*known
	loose bool
}

// dropped is the recording of a clip whose record has come.
type dropped struct{ clip, record *known }

// isLoose reports whether a recording is a clip alone that may go when its record comes.
func (k *known) isLoose() bool {
	return k.loose && k.transcript == "" && k.reply == "" && k.timeFrom != TimeExact && !k.asked && !k.trashed
}

// fits reports whether a recording has no other sound than an entry.
func (k *known) fits(e *entry) bool { return k.sum == nil || e.sum == nil || k.sounds(e.sum) }

// clipName is what a file is known by: the hash of its name in lower case, without folder and suffix, in one form of Unicode.
func (e *entry) clipName() keyHash {
	name := strings.ToLower(norm.NFC.String(path.Base(strings.ReplaceAll(e.Clip, `\`, "/"))))
	return hashParts("clip", strings.TrimSuffix(name, path.Ext(name)))
}

// lookForClips reads what has or names the files of the entries.
func (v *view) lookForClips(ctx context.Context, entries []*entry) error {
	var names []string
	for _, e := range entries {
		if e.Clip != "" {
			name := e.clipName()
			names = append(names, hex.EncodeToString(name[:]))
		}
	}
	slices.Sort(names)
	type row struct {
		name keyHash
		id   int64
	}
	found, err := allOf(ctx, v.tx, slices.Compact(names), func(rows *sql.Rows) (r row, err error) {
		var name sql.RawBytes
		err = rows.Scan(&name, &r.id)
		copy(r.name[:], name)
		return r, err
	}, `SELECT c.name, c.recording_id FROM json_each(?1) j CROSS JOIN clips c ON c.name = unhex(j.value)`)
	if err != nil {
		return err
	}
	ids := make([]int64, len(found))
	for i, r := range found {
		ids[i] = r.id
	}
	if err := v.read(ctx, ids); err != nil {
		return err
	}
	for _, r := range found {
		if k := v.byID[r.id]; k != nil {
			v.byClip[r.name] = append(v.byClip[r.name], k)
		}
	}
	return nil
}

// named returns what has or names a file of the entry's name.
func (w *writer) named(e *entry) []*known {
	if e.Clip == "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(w.byClip[e.clipName()]), func(k *known) bool { return k.account != e.device.account })
}

// sameClip returns the recording of a record that names the same file and has the same device and time, nil if there is
// none: without words and without sound, nothing else may tell it.
func (w *writer) sameClip(e *entry) *known {
	if e.Loose || !e.timeProves() {
		return nil
	}
	for _, k := range w.named(e) {
		if !k.isLoose() && w.im.claims.get(k.id) == 0 && k.id>>idBits == e.millis && k.device == e.device.id && k.fits(e) {
			return k
		}
	}
	return nil
}

// putClip plans what becomes of an entry as put does, and joins it with its sound, or with its record, if the other one is
// here.
func (w *writer) putClip(ctx context.Context, e *entry) (putOutcome, error) {
	if k := w.readBefore(e); k != nil {
		return w.correct(ctx, k, e)
	}
	if e.Loose {
		records, err := w.recordsOf(ctx, e)
		if err != nil || len(records) > 0 {
			return w.joinRecords(records, e), err
		}
	}
	outcome, err := w.put(ctx, e)
	if err != nil || outcome == putTombstoned || outcome == putDoubtful {
		return outcome, err
	}
	changed := false
	if outcome != putAdded && e.better(e.found) && !e.found.asked && !e.found.trashed {
		changed = true
		if err := w.move(ctx, e.found, e); err != nil {
			return 0, err
		}
	}
	w.noteClip(e.found, e, e.Loose)
	if !e.Loose {
		joined, err := w.takeSound(ctx, e.found, e)
		if err != nil {
			return 0, err
		}
		changed = changed || joined
	}
	if outcome == putKnown && changed {
		outcome = putCompleted
	}
	return outcome, nil
}

// noteClip notes the file of a recording, and whether that is the clip alone.
func (w *writer) noteClip(k *known, e *entry, loose bool) {
	if e.Clip == "" {
		return
	}
	name := e.clipName()
	k.loose, w.anyLoose = loose, w.anyLoose || loose
	if !slices.Contains(w.byClip[name], k) {
		w.byClip[name] = append(w.byClip[name], k)
	}
	w.clips = append(w.clips, clipRow{name, k, loose})
}

// recordsOf returns the records that name a loose clip, or else the one that is closest in time, none if it is known by a key.
func (w *writer) recordsOf(ctx context.Context, e *entry) ([]*known, error) {
	records := slices.DeleteFunc(w.named(e), func(k *known) bool { return k.isLoose() || k.loose || !k.fits(e) })
	if known, _ := w.find(e); len(records) > 0 || known != nil {
		return records, nil
	}
	closest, err := w.closest(ctx, e, func(k *known) bool {
		return k.sum == nil && !k.clipped && k.vendorID == "" && k.timeFrom == TimeExact
	})
	if closest == nil {
		return nil, err
	}
	e.Audio.LinkedBy = LinkedByTime
	return []*known{closest}, err
}

// joinRecords gives a loose clip to its records.
func (w *writer) joinRecords(records []*known, e *entry) putOutcome {
	outcome := putKnown
	for _, k := range slices.Backward(records) {
		e.found, e.was = k, seen{putAdded, k.sum != nil, k.transcript != ""}
		if w.complete(e) {
			outcome = putCompleted
		}
		w.noteClip(k, e, false)
		if k.asked {
			w.sight(e, k, MatchedByWords)
		}
	}
	return outcome
}

// takeSound gives a record the sound of the loose clips that it names, or else of the one that is closest in time, and
// reports whether it had none before.
func (w *writer) takeSound(ctx context.Context, k *known, e *entry) (changed bool, err error) {
	if !w.anyLoose {
		return false, nil
	}
	by, found := LinkedByName, w.named(e)
	if e.Clip == "" && e.Audio == nil && e.Identifier() == "" && e.TimeFrom == TimeExact && k.sum == nil {
		by = LinkedByTime
		closest, err := w.closest(ctx, e, func(c *known) bool {
			return c.isLoose() && (c.timeFrom == TimeName || c.timeFrom == TimeIdentifier)
		})
		if err != nil {
			return false, err
		}
		if closest != nil {
			found = append(found, closest)
		}
	}
	for _, c := range found {
		if !c.isLoose() || c == k {
			continue
		}
		if k.sum == nil {
			k.audio, k.sound, k.sum, k.linked, changed = c.audio, c.sound, c.sum, by, true
			w.changed[k] = true
		}
		if k.sounds(c.sum) {
			w.dropped = append(w.dropped, dropped{c, k})
			c.account = 0 // nothing is it any more
		}
	}
	return changed, nil
}

// closest returns the recording that is closest to an entry in time, of those that is holds for and whose device may
// be the entry's, nil if there is none. It does not guess on which of several devices it was.
func (w *writer) closest(ctx context.Context, e *entry, is func(*known) bool) (best *known, err error) {
	if !e.timeProves() {
		return nil, nil
	}
	near := place{idSpan{(e.millis - closeEnough) << idBits, (e.millis+closeEnough+1)<<idBits - 1}, e.device.account, 0}
	if err := w.lookAround(ctx, []place{near}); err != nil {
		return nil, err
	}
	devices := map[int64]bool{}
	away := func(k *known) int64 { return max(k.id>>idBits-e.millis, e.millis-k.id>>idBits) }
	for _, k := range w.in(near, func(k *known) bool { return !k.purged && !k.asked && !k.trashed && is(k) }) {
		if k.device != e.device.id && k.naming != (IncomingDevice{}) && e.Device != (IncomingDevice{}) {
			continue
		}
		if devices[k.device] = true; best == nil || away(k) < away(best) {
			best = k
		}
	}
	if len(devices) > 1 {
		return nil, nil
	}
	return best, nil
}

// writeClips writes the files of recordings, and removes the recordings of clips whose records have come.
func (w *writer) writeClips(ctx context.Context) error {
	for _, d := range w.dropped {
		for _, text := range []string{
			`UPDATE OR IGNORE clips SET recording_id = ?2, loose = 0 WHERE recording_id = ?1`,
			`UPDATE import_members SET recording_id = ?2 WHERE recording_id = ?1`,
		} {
			if _, err := w.tx.ExecContext(ctx, text, d.clip.id, d.record.id); err != nil {
				return err
			}
		}
		for _, text := range []string{
			`DELETE FROM recording_keys WHERE recording_id = ?`,
			`DELETE FROM lookalikes WHERE other_id = ?`,
			`DELETE FROM lookalike_answers WHERE other_id = ?`,
			`INSERT INTO words (words, rowid, transcript, reply) VALUES ('delete', ?, '', '')`,
			`DELETE FROM recordings WHERE id = ?`,
		} {
			if _, err := w.tx.ExecContext(ctx, text, d.clip.id); err != nil {
				return err
			}
		}
	}
	clips := rows{
		into: `INSERT INTO clips (name, recording_id, loose)`, values: `(?, ?, ?)`,
		conflict: `ON CONFLICT DO UPDATE SET loose = 0 WHERE excluded.loose = 0`,
	}
	for _, c := range w.clips {
		clips.add(c.name[:], c.known.id, c.loose)
	}
	w.clips, w.dropped = nil, nil
	return clips.write(ctx, w.tx)
}
