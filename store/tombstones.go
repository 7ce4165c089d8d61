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
		for _, id := range ids {
			if err := dropTombstone(ctx, tx, id); err != nil {
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
		_, err = dropEmptyDrafts(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop tombstones: %w", err)
	}
	return nil
}

// dropTombstone drops one, unless a request that was sent is about it.
func dropTombstone(ctx context.Context, tx *sql.Tx, id int64) error {
	var request int64
	err := tx.QueryRowContext(ctx, `SELECT q.id FROM request_items i JOIN requests q ON q.id = i.request_id
		WHERE i.recording_id = ? AND q.status <> 'draft' LIMIT 1`, id).Scan(&request)
	switch {
	case err == nil:
		return fmt.Errorf("request %d: %w", request, ErrAskedFor)
	case !errors.Is(err, sql.ErrNoRows):
		return err
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
