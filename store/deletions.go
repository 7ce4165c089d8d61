package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Deletion is one act of deleting: what it found, and whether it was undone.
type Deletion struct {
	ID         int64
	Created    time.Time
	Query      string // the words that chose the recordings, or a description of the marks; "" once purged
	State      DeletionState
	Local      bool // whether the recordings went to the trash here, too
	Recordings int  // how many it chose
	Bytes      int64
	From, To   time.Time // UTC, of its first and last recording; the zero Time if unknown
	Devices    int
}

// DeletionState is what has become of a deletion.
type DeletionState string

// The states of a deletion.
const (
	DeletionDone   DeletionState = "done"
	DeletionUndone DeletionState = "undone"
	DeletionPurged DeletionState = "purged"
)

// Order says what to delete.
type Order struct {
	Query    string          // how the recordings were chosen, to be shown later
	IDs      []int64         // the recordings
	Local    bool            // move them to the trash here
	TimeZone string          // whose days the steps of the requests mean
	Requests []DeviceRequest // to add to the drafts of the devices
}

// DeviceRequest is what to ask the maker of a device for.
type DeviceRequest struct {
	DeviceID   int64
	Recordings []int64
}

// check refuses an order that would do nothing.
func (o Order) check() error {
	switch {
	case len(o.IDs) == 0:
		return errors.New("there is nothing to delete")
	case !o.Local && len(o.Requests) == 0:
		return errors.New("neither here nor at the maker: nothing would be done")
	}
	return nil
}

// Delete carries out an order: the recordings go to the trash and the requests are drafted. It
// returns the deletion with the ids of its drafts, in the order's order. Recordings that are not
// live any more make it fail, with nothing changed: what was agreed to is not what would be
// deleted.
func (db *DB) Delete(ctx context.Context, o Order) (Deletion, []int64, error) {
	if err := o.check(); err != nil {
		return Deletion{}, nil, fmt.Errorf("delete: %w", err)
	}
	var deletion Deletion
	var requests []int64
	err := db.update(ctx, func(tx *sql.Tx) error {
		var id int64
		if err := tx.QueryRowContext(ctx, `INSERT INTO deletions (created, query, state, local, recordings, bytes, first_id, last_id, devices)
			VALUES (?, ?, 'done', ?, ?, 0, ?, ?, 0) RETURNING id`, toMillis(db.now()), o.Query, o.Local, len(o.IDs),
			slices.Min(o.IDs), slices.Max(o.IDs)).Scan(&id); err != nil {
			return err
		}
		if err := (change{Kind: RecordingsDeleted, Deletion: id}).note(ctx, tx); err != nil {
			return err
		}
		var err error
		deletion, requests, err = db.carryOut(ctx, tx, id, o)
		return err
	})
	if err != nil {
		return Deletion{}, nil, fmt.Errorf("delete: %w", err)
	}
	return deletion, requests, nil
}

// carryOut does what an order says, as the deletion of that id.
func (db *DB) carryOut(ctx context.Context, tx *sql.Tx, id int64, o Order) (Deletion, []int64, error) {
	if err := moveToTrash(ctx, tx, id, o); err != nil {
		return Deletion{}, nil, err
	}
	var requests []int64
	for _, r := range o.Requests {
		request, err := db.addToDraft(ctx, tx, id, o.TimeZone, r)
		if err != nil {
			return Deletion{}, nil, err
		}
		requests = append(requests, request)
	}
	d, err := findDeletion(ctx, tx, id)
	return d, requests, err
}

// moveToTrash marks the recordings, or, where they are to stay, only looks at them, and
// completes the deletion's figures.
func moveToTrash(ctx context.Context, tx *sql.Tx, deletion int64, o Order) error {
	ids := slices.Compact(slices.Sorted(slices.Values(o.IDs)))
	var bytes int64
	devices := map[int64]bool{}
	err := inChunks(ids, func(list string) error {
		var missing int64
		switch err := tx.QueryRowContext(ctx, `SELECT value FROM json_each(?) WHERE NOT EXISTS
			(SELECT 1 FROM recordings WHERE id = value AND state = 0) LIMIT 1`, list).Scan(&missing); {
		case err == nil:
			return fmt.Errorf("recording %d is not there any more; look again at what is found and repeat", missing)
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		_, err := all(ctx, tx, func(rows *sql.Rows) (struct{}, error) {
			var device, size int64
			err := rows.Scan(&device, &size)
			devices[device] = true
			bytes += size
			return struct{}{}, err
		}, `SELECT r.device_id, coalesce(sum(a.bytes), 0) FROM recordings r LEFT JOIN audio a ON a.id = r.audio_id
			WHERE r.id IN (SELECT value FROM json_each(?)) GROUP BY r.device_id`, list)
		if err != nil || !o.Local {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE recordings SET state = 1, deletion_id = ? WHERE id IN (SELECT value FROM json_each(?))`, deletion, list)
		return err
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE deletions SET recordings = ?, bytes = ?, devices = ? WHERE id = ?`, len(ids), bytes, len(devices), deletion)
	return err
}

const selectDeletions = `SELECT id, created, query, state, local, recordings, bytes, first_id, last_id, devices FROM deletions`

func scanDeletion(rows *sql.Rows) (Deletion, error) {
	var d Deletion
	var created, first, last int64
	err := rows.Scan(&d.ID, &created, &d.Query, &d.State, &d.Local, &d.Recordings, &d.Bytes, &first, &last, &d.Devices)
	d.Created = fromMillis(created)
	if first>>idBits != 0 {
		d.From = IDTime(first)
	}
	if last>>idBits != 0 {
		d.To = IDTime(last)
	}
	return d, err
}

// Deletions lists all deletions, the newest first.
func (db *DB) Deletions(ctx context.Context) ([]Deletion, error) {
	found, err := all(ctx, db.read, scanDeletion, selectDeletions+` ORDER BY id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list deletions: %w", err)
	}
	return found, nil
}

// Trash lists the deletions whose recordings lie in the trash, the newest first.
func (db *DB) Trash(ctx context.Context) ([]Deletion, error) {
	found, err := all(ctx, db.read, scanDeletion, selectDeletions+` WHERE state = 'done' AND local = 1 ORDER BY id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list the trash: %w", err)
	}
	return found, nil
}

// findDeletion reads a deletion.
func findDeletion(ctx context.Context, from querier, id int64) (Deletion, error) {
	found, err := all(ctx, from, scanDeletion, selectDeletions+` WHERE id = ?`, id)
	if err == nil && len(found) == 0 {
		err = WithRemedy(fmt.Errorf("deletion %d: %w", id, ErrNotFound), ListTrash)
	}
	return append(found, Deletion{})[0], err
}
