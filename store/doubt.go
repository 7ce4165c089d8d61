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

// selectStones selects the tombstones of a maker (?3) with ids from ?1 to ?2, those of device ?4 alone
// unless it is 0.
const selectStones = `SELECT t.id, t.device_id, coalesce(d.serial, ''), d.type, d.maker_name
	FROM tombstones t CROSS JOIN devices d ON d.id = t.device_id
	WHERE t.id BETWEEN ?1 AND ?2 AND d.vendor = ?3 AND (?4 = 0 OR t.device_id = ?4) LIMIT ?5`

// stoneSpan is where the tombstones lie that an incoming recording may be the recording of.
type stoneSpan struct {
	idSpan
	device  int64 // only those of this device, 0 for any that is not certainly another one
	anyKind bool  // identifiers of whatever kind tell two recordings apart
}

// doubts returns the tombstones that rec, which none of its keys leads to, may be the recording of. claimed
// are the recordings and tombstones that others of the same origin are.
func (w *recordingWriter) doubts(ctx context.Context, rec *Incoming, device, millis int64, keys []key, claimed *claims) ([]int64, error) {
	if !w.purged {
		return nil, nil
	}
	within, cut := spansAround(millis)
	spans := []stoneSpan{{idSpan: within}, {idSpan: cut, anyKind: true}}
	if millis == 0 || rec.TimeFrom == TimeModified { // two exports have such a time in common only for the same file
		spans = []stoneSpan{{idSpan: idSpan{millis << idBits, (millis+1)<<idBits - 1}, device: device}}
	}
	var doubts []int64
	for _, span := range spans {
		stones, err := w.readStones(ctx, span, rec, device)
		if err != nil {
			return nil, err
		}
		for _, id := range stones {
			other, err := w.isOther(ctx, id, keys, span.anyKind)
			if err != nil {
				return nil, err
			}
			if _, taken := claimed.by(id); !other && !taken && !slices.Contains(doubts, id) {
				doubts = append(doubts, id)
			}
		}
	}
	return doubts, nil
}

// readStones returns the tombstones in a span whose device may be that of rec.
func (w *recordingWriter) readStones(ctx context.Context, span stoneSpan, rec *Incoming, device int64) ([]int64, error) {
	rows, err := w.tx.QueryContext(ctx, selectStones, span.from, span.to, rec.Vendor, span.device, maxNear)
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
		if on == device || !contradict(named, rec.Device) {
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

// sight notes that the list at hand has a recording, if a request is about it. Of several matches the surest counts,
// which comes first in the alphabet.
func (w *recordingWriter) sight(ctx context.Context, id int64, matched Matched) error {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO sightings (recording_id, list_id, matched)
		SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM request_items WHERE recording_id = ?1)
		ON CONFLICT DO UPDATE SET matched = min(matched, excluded.matched)`, id, w.list, matched)
	return err
}

// Doubt is a recording that an import left out, as it may be a purged one as well as another.
type Doubt struct {
	Time   time.Time // UTC; the zero Time if it is not known
	Device Device
}

// noteDoubt notes that a recording was left out, and returns an id of its time, which leads to nothing.
func (w *recordingWriter) noteDoubt(ctx context.Context, device deviceID, millis int64) (int64, error) {
	_, err := w.tx.ExecContext(ctx, `INSERT INTO import_doubts (import_id, device_id, time) VALUES (?, ?, ?)`, w.from, device.named, millis)
	return millis << idBits, err
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
