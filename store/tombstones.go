package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Tombstone is what is left of a purged recording. It keeps later imports from bringing the
// recording back.
type Tombstone struct {
	ID         int64 // the recording's
	Time       time.Time
	Device     Device
	VendorID   string // the maker's identifier, "" if none
	DeletionID int64
	Purged     time.Time
	Request    RequestStatus // of the newest erasure request that the recording is part of
	Needed     bool          // whether a request that was sent is about it, so that it cannot be dropped
}

const selectTombstones = `SELECT r.id, coalesce(r.vendor_id, ''), coalesce(r.deletion_id, 0), r.purged, ` + standingOf + `,
	EXISTS (SELECT 1 FROM request_items i JOIN requests q ON q.id = i.request_id WHERE i.recording_id = r.id AND q.status <> 'draft'),
	` + deviceColumns + `
	FROM tombstones r JOIN devices d ON d.id = r.device_id`

func scanTombstone(rows *sql.Rows) (Tombstone, error) {
	var t Tombstone
	var purged int64
	err := t.Device.scan(rows, &t.ID, &t.VendorID, &t.DeletionID, &purged, &t.Request, &t.Needed)
	if t.ID>>idBits != 0 {
		t.Time = IDTime(t.ID)
	}
	t.Purged = fromMillis(purged)
	return t, err
}

// Tombstones lists the tombstones from the offset-th newest on, at most limit of them, all if it
// is negative.
func (db *DB) Tombstones(ctx context.Context, limit, offset int) ([]Tombstone, error) {
	found, err := all(ctx, db.read, scanTombstone, selectTombstones+` ORDER BY r.id DESC LIMIT ? OFFSET ?`, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("list tombstones: %w", err)
	}
	return found, nil
}

// ErrAskedFor is returned where a tombstone cannot be dropped because a request that was sent is
// about its recording: whether the maker did what was asked is told by means of the tombstone.
var ErrAskedFor = errors.New("the maker was asked to delete it, and the tombstone is needed to tell whether that was done; nothing was dropped")

// DropTombstones removes tombstones with all by which an import knows their recordings again: a
// later import brings them back. Draft requests do not ask for them any more, and are dropped where
// they asked for nothing else. It returns an error that wraps [ErrNotFound] or [ErrAskedFor] for any
// that is not there, or that a sent request is about, and has then dropped none.
func (db *DB) DropTombstones(ctx context.Context, ids []int64) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		drafts := map[int64]bool{}
		for _, id := range ids {
			if err := dropTombstone(ctx, tx, id, drafts); err != nil {
				return fmt.Errorf("tombstone %d: %w", id, err)
			}
		}
		// Keys are found by their hashes alone, so this reads all of them.
		list, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM recording_keys WHERE recording_id IN (SELECT value FROM json_each(?))`, string(list)); err != nil {
			return err
		}
		for draft := range drafts {
			if err := dropIdleSteps(ctx, tx, draft); err != nil {
				return fmt.Errorf("request %d: %w", draft, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("drop tombstones: %w", err)
	}
	return nil
}

// dropTombstone drops one and notes in drafts which requests asked for it.
func dropTombstone(ctx context.Context, tx *sql.Tx, id int64, drafts map[int64]bool) error {
	type request struct {
		id    int64
		draft bool
	}
	requests, err := all(ctx, tx, func(rows *sql.Rows) (request, error) {
		var r request
		return r, rows.Scan(&r.id, &r.draft)
	}, `SELECT q.id, q.status = 'draft' FROM request_items i JOIN requests q ON q.id = i.request_id WHERE i.recording_id = ?`, id)
	if err != nil {
		return err
	}
	for _, r := range requests {
		if !r.draft {
			return fmt.Errorf("request %d: %w", r.id, ErrAskedFor)
		}
		drafts[r.id] = true
	}
	dropped, err := changes(tx.ExecContext(ctx, `DELETE FROM tombstones WHERE id = ?`, id))
	if err != nil {
		return err
	}
	if !dropped {
		return WithRemedy(ErrNotFound, ListTombstones)
	}
	for _, text := range []string{
		`DELETE FROM request_items WHERE recording_id = ?`,
		`DELETE FROM sightings WHERE recording_id = ?`,
		`DELETE FROM lookalikes WHERE recording_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, text, id); err != nil {
			return err
		}
	}
	return nil
}

// dropIdleSteps drops the steps of a draft that ask for nothing any more, and the draft if none
// asks for anything. The others are numbered anew, in their order.
func dropIdleSteps(ctx context.Context, tx *sql.Tx, request int64) error {
	for _, text := range []string{
		`DELETE FROM requests WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM request_items WHERE request_id = ?1)`,
		`DELETE FROM request_steps WHERE request_id = ?1 AND NOT EXISTS (SELECT 1 FROM request_items i
			WHERE i.request_id = ?1 AND i.step = request_steps.step)`,
	} {
		if _, err := tx.ExecContext(ctx, text, request); err != nil {
			return err
		}
	}
	steps, err := all(ctx, tx, scanValue[int], `SELECT step FROM request_steps WHERE request_id = ? ORDER BY step`, request)
	for i, step := range steps {
		for _, text := range []string{
			`UPDATE request_steps SET step = ? WHERE request_id = ? AND step = ?`,
			`UPDATE request_items SET step = ? WHERE request_id = ? AND step = ?`,
		} {
			if err == nil && i != step {
				_, err = tx.ExecContext(ctx, text, i, request, step)
			}
		}
	}
	return err
}
