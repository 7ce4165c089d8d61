package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

// A tombstone keeps away what carries its identifier. It holds nothing that was said, so that of an
// incoming recording without an identifier nobody can tell whether it is the purged one or another one of
// the same moment. Such a recording is in doubt: an import leaves it out and says so, or brings it if the
// user asks for it. In neither case does it prove that the maker still holds the purged one, nor that it
// does not. One with an identifier of a kind that the tombstone has one of, too, is another recording.

// selectTombstonesNear selects the tombstones of an account (?3) with ids from ?1 to ?2, those of device ?4 alone
// unless it is 0.
const selectTombstonesNear = `SELECT t.id, t.device_id, coalesce(d.serial, ''), d.type, d.maker_name
	FROM tombstones t CROSS JOIN devices d ON d.id = t.device_id
	WHERE t.id BETWEEN ?1 AND ?2 AND d.account_id = ?3 AND (?4 = 0 OR t.device_id = ?4) LIMIT ?5`

// tombstoneSpan is where the tombstones lie that an incoming recording may be the recording of.
type tombstoneSpan struct {
	idSpan
	device  int64 // only those of this device, 0 for any that is not certainly another one
	anyKind bool  // identifiers of whatever kind tell two recordings apart
}

// doubts returns the tombstones that an entry may be the recording of though they share no key, without those
// that were matched with other entries.
func (w *recordingWriter) doubts(ctx context.Context, e *entry, matched *claims) ([]int64, error) {
	if !w.purged {
		return nil, nil
	}
	within, cut := spansAround(e.millis)
	spans := []tombstoneSpan{{idSpan: within}, {idSpan: cut, anyKind: true}}
	if !e.timeProves() { // two exports have such a time in common only for the same file
		spans = []tombstoneSpan{{idSpan: idSpan{e.millis << idBits, (e.millis+1)<<idBits - 1}, device: e.device.id}}
	}
	var doubts []int64
	for _, span := range spans {
		stones, err := w.readTombstones(ctx, span, e)
		if err != nil {
			return nil, err
		}
		for _, id := range stones {
			other, err := w.isOther(ctx, id, e.keys, span.anyKind)
			if err != nil {
				return nil, err
			}
			if _, taken := matched.by(id); !other && !taken && !slices.Contains(doubts, id) {
				doubts = append(doubts, id)
			}
		}
	}
	return doubts, nil
}

// readTombstones returns the tombstones in a span whose device may be that of the entry.
func (w *recordingWriter) readTombstones(ctx context.Context, span tombstoneSpan, e *entry) ([]int64, error) {
	rows, err := w.tx.QueryContext(ctx, selectTombstonesNear, span.from, span.to, e.device.account, span.device, maxNeighbours)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []int64
	for rows.Next() {
		var id, on int64
		var named IncomingDevice
		if err := rows.Scan(&id, &on, &named.Serial, &named.Type, &named.Name); err != nil {
			return nil, err
		}
		if on == e.device.id || !contradict(named, e.Device) {
			found = append(found, id)
		}
	}
	return found, rows.Err()
}

// isOther reports whether a tombstone's identifiers tell that it is of another recording than the one with
// these keys: each has one of the same kind, or, with anyKind, each has any.
func (w *recordingWriter) isOther(ctx context.Context, stone int64, keys []key, anyKind bool) (bool, error) {
	for _, k := range keys {
		if k.kind == 0 {
			continue
		}
		var other bool
		if err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM recording_keys WHERE recording_id = ?1 AND kind <> 0 AND (kind = ?2 OR ?3))`,
			stone, k.kind, anyKind).Scan(&other); err != nil || other {
			return other, err
		}
	}
	return false, nil
}

// sightUnsure notes that the list at hand has something that may be the recording of any of the tombstones.
func (w *recordingWriter) sightUnsure(ctx context.Context, stones []int64) error {
	for _, id := range stones {
		if err := w.sight(ctx, id, MatchedUnsurely); err != nil {
			return err
		}
	}
	return nil
}

// sight notes that the list at hand has a recording, if a request is about it. Of several matches the surest counts.
func (w *recordingWriter) sight(ctx context.Context, id int64, matched Matched) error {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO sightings (recording_id, list_id, matched)
		SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM request_items WHERE recording_id = ?1)
		ON CONFLICT DO UPDATE SET matched = excluded.matched WHERE instr(?4, excluded.matched) < instr(?4, matched)`,
		id, w.list, matched, surestFirst)
	return err
}

// Doubt is a recording that an import left out, as it may be a purged one as well as another.
type Doubt struct {
	Time   time.Time // UTC; the zero Time if it is not known
	Device Device
}

// noteDoubt notes that a recording was left out, and returns an id of its time, which leads to nothing.
func (w *recordingWriter) noteDoubt(ctx context.Context, e *entry) (int64, error) {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO import_doubts (import_id, device_id, time) VALUES (?, ?, ?)`, w.from, e.device.named, e.millis)
	return e.millis << idBits, err
}

// Doubts lists what an import left out since it may be purged, in the order in which it was read, at most
// limit of it, all if that is negative.
func (db *DB) Doubts(ctx context.Context, importID int64, limit int) ([]Doubt, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Doubt, error) {
		var d Doubt
		var millis int64
		err := d.Device.scan(rows, &millis)
		d.Time = fromMillis(millis)
		return d, err
	}, `SELECT o.time, `+deviceColumns+` FROM import_doubts o JOIN roots r ON r.id = o.device_id JOIN devices d ON d.id = r.root
		WHERE o.import_id = ? ORDER BY o.id LIMIT ?`, importID, limit)
	if err != nil {
		return nil, fmt.Errorf("list what import %d left out: %w", importID, err)
	}
	return found, nil
}
