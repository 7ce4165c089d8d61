package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// addToDraft adds recordings of a device to its open draft, for a deletion that asks for them, and drafts a request if
// there is none. It returns the draft's id.
func (db *DB) addToDraft(ctx context.Context, tx *sql.Tx, deletion int64, zone string, r DeviceRequest) (int64, error) {
	draft, err := openDraft(ctx, tx, r.DeviceID, zone, toMillis(db.now()))
	if err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE requests SET time_zone = ?, after_import = (SELECT coalesce(max(id), 0) FROM imports)
		WHERE id = ?`, zone, draft); err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	return draft, inChunks(r.Recordings, func(list string) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO request_items (request_id, recording_id, deletion_id) SELECT ?1, value, ?2 FROM json_each(?3) WHERE true
			ON CONFLICT DO UPDATE SET deletion_id = ?2, withdrawn = 0`, draft, deletion, list)
		return err
	})
}

// openDraft returns the open draft for a device. It drafts a request if there is none.
func openDraft(ctx context.Context, tx *sql.Tx, device int64, zone string, created int64) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT id FROM requests WHERE device_id = ? AND status = 'draft' ORDER BY id LIMIT 1`, device).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, `INSERT INTO requests (device_id, status, created, time_zone, after_import)
			VALUES (?, 'draft', ?, ?, (SELECT coalesce(max(id), 0) FROM imports)) RETURNING id`, device, created, zone).Scan(&id)
	}
	return id, err
}

// takeOut takes what a deletion asks for out of the drafts, and drops those that ask for nothing any more. It returns
// how many are dropped, and how many ask for less.
func takeOut(ctx context.Context, tx *sql.Tx, deletion int64) (dropped, reduced int, err error) {
	if err := tx.QueryRowContext(ctx, `SELECT count(DISTINCT q.id) FROM requests q JOIN request_items i ON i.request_id = q.id
		WHERE q.status = 'draft' AND i.deletion_id = ?`, deletion).Scan(&reduced); err != nil {
		return 0, 0, err
	}
	// A letter that was written may have been sent without a note: then MarkSent needs all that it asks for.
	const ofDraft = ` deletion_id = ? AND request_id IN (SELECT id FROM requests WHERE status = 'draft')`
	for _, text := range []string{
		`UPDATE request_items SET withdrawn = 1 WHERE step >= 0 AND` + ofDraft,
		`DELETE FROM request_items WHERE step < 0 AND` + ofDraft,
	} {
		if _, err := tx.ExecContext(ctx, text, deletion); err != nil {
			return 0, 0, err
		}
	}
	dropped, err = dropEmptyDrafts(ctx, tx)
	return dropped, reduced - dropped, err
}

// dropEmptyDrafts drops the drafts that ask for nothing.
func dropEmptyDrafts(ctx context.Context, tx *sql.Tx) (int, error) {
	return affected(tx.ExecContext(ctx, `DELETE FROM requests WHERE status = 'draft'
		AND NOT EXISTS (SELECT 1 FROM asked i WHERE i.request_id = requests.id AND i.in_force)`))
}

// settleDrafts restores the rule that a device has one draft, which asks for recordings of this device, after devices
// were merged or split or a request became a draft again.
func settleDrafts(ctx context.Context, tx *sql.Tx) error {
	type move struct {
		draft, device, created int64
		zone                   string
	}
	misplaced, err := all(ctx, tx, func(rows *sql.Rows) (m move, err error) {
		return m, rows.Scan(&m.draft, &m.device, &m.created, &m.zone)
	}, `SELECT DISTINCT q.id, r.device_id, q.created, q.time_zone FROM requests q JOIN request_items i ON i.request_id = q.id
		JOIN (SELECT id, device_id FROM recordings UNION ALL SELECT id, device_id FROM tombstones) r ON r.id = i.recording_id
		WHERE q.status = 'draft' AND (r.device_id <> q.device_id
			OR EXISTS (SELECT 1 FROM requests o WHERE o.status = 'draft' AND o.device_id = q.device_id AND o.id < q.id))`)
	if err != nil {
		return err
	}
	for _, m := range misplaced {
		draft, err := openDraft(ctx, tx, m.device, m.zone, m.created)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE OR IGNORE request_items SET request_id = ?1, step = -1 WHERE request_id = ?2 AND recording_id IN
			(SELECT id FROM recordings WHERE device_id = ?3 UNION ALL SELECT id FROM tombstones WHERE device_id = ?3)`, draft, m.draft, m.device); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET after_import = max(after_import, (SELECT after_import FROM requests WHERE id = ?2))
			WHERE id = ?1`, draft, m.draft); err != nil {
			return err
		}
	}
	// What is left of a second draft is what both asked for.
	if _, err := tx.ExecContext(ctx, `DELETE FROM requests WHERE status = 'draft' AND EXISTS
		(SELECT 1 FROM requests o WHERE o.status = 'draft' AND o.device_id = requests.device_id AND o.id < requests.id)`); err != nil {
		return err
	}
	_, err = dropEmptyDrafts(ctx, tx)
	return err
}
