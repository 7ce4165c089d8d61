package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// MergeDevices makes one device of two: everything of device id becomes device into's, now and in
// later imports. Both must be of one account. The error is [ErrNotFound] if there is no such
// device, or it was merged into another one before.
func (db *DB) MergeDevices(ctx context.Context, id, into int64) (done Change, err error) {
	what := fmt.Sprintf("merge device %d into %d", id, into)
	if id == into {
		return Change{}, fmt.Errorf("%s: it is the same device", what)
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		c := change{Kind: DevicesMerged}
		var err error
		if c.Device, err = findRoot(ctx, tx, id); err != nil {
			return err
		}
		if c.Into, err = findRoot(ctx, tx, into); err != nil {
			return err
		}
		if c.Device.Vendor != c.Into.Vendor {
			return fmt.Errorf("one is %s's and the other %s's, and a request can only be to one of them", c.Device.Vendor, c.Into.Vendor)
		}
		if c.Device.Account.ID != c.Into.Account.ID {
			return WithRemedy(errors.New("they belong to two accounts, and a request can only be about one of them"), ListAccounts)
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("%s: %w", what, err)
	}
	return done, nil
}

// findRoot reads a device that is not merged into another one.
func findRoot(ctx context.Context, tx *sql.Tx, id int64) (Device, error) {
	found, err := all(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices d WHERE d.id = ? AND d.merged_into IS NULL`, id)
	if err == nil && len(found) == 0 {
		err = WithRemedy(fmt.Errorf("device %d: %w", id, ErrNotFound), ListDevices)
	}
	return append(found, Device{})[0], err
}

// mergeDevice makes device id, which is no part of another one, a part of device into, and moves all that is its own
// to the one that this is a part of. The row of the device stays, since exports go on to name it, and the
// keys of recordings are made with it.
func mergeDevice(ctx context.Context, tx *sql.Tx, id, into int64) error {
	var root int64
	if err := tx.QueryRowContext(ctx, `SELECT root FROM roots WHERE id = ?`, into).Scan(&root); err != nil {
		return err
	}
	if root == id {
		return errors.New("it is part of it already")
	}
	if err := moveRows(ctx, tx, `device_id = ?2, named_id = coalesce(named_id, device_id)`, `device_id = ?1`, id, root); err != nil {
		return err
	}
	if err := found(tx.ExecContext(ctx, `UPDATE devices SET merged_into = ? WHERE id = ? AND merged_into IS NULL`, into, id)); err != nil {
		return err
	}
	return settleDrafts(ctx, tx)
}

// moveRows changes those rows of the tables with a device that are which. The ids of the device and of the
// one that it is a part of are ?1 and ?2.
func moveRows(ctx context.Context, tx *sql.Tx, set, which string, id, root int64) error {
	for _, table := range []string{"recordings", "tombstones", "requests"} {
		if _, err := changeRows(ctx, tx, table, set, which, id, root); err != nil {
			return err
		}
	}
	return nil
}

// ErrAskedTogether is returned where a merged device cannot be one of its own again, since a request
// is about both as one.
var ErrAskedTogether = errors.New("it is about both as one device")

// SplitDevice takes back a merge: a device that was merged into another one is one of its own again, with
// all that exports name it for, also in imports since, and with what was merged into it before. The error
// wraps [ErrNotFound] if the device was not merged, or [ErrAskedTogether].
func (db *DB) SplitDevice(ctx context.Context, id int64) (done Change, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		read := func(query string) (Device, error) {
			found, err := all(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices d `+query, id)
			if err == nil && len(found) == 0 {
				err = WithRemedy(fmt.Errorf("it is not merged into another one: %w", ErrNotFound), ListParts)
			}
			return append(found, Device{})[0], err
		}
		c := change{Kind: DeviceSplit}
		var err error
		if c.Device, err = read(`WHERE d.id = ?`); err != nil {
			return err
		}
		if c.Into, err = read(`JOIN devices part ON part.merged_into = d.id WHERE part.id = ?`); err != nil {
			return err
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("split device %d off: %w", id, err)
	}
	return done, nil
}

// partsOf lists the devices that were merged into one.
func partsOf(ctx context.Context, from querier, id int64) ([]Device, error) {
	return all(ctx, from, scanDevice, `SELECT `+deviceColumns+` FROM devices d WHERE d.id IN `+parts+` AND d.id <> ?1 ORDER BY d.id`, id)
}

// parts are the devices that device ?1 is made of.
const parts = `(WITH RECURSIVE part (id) AS (SELECT ?1 UNION ALL SELECT d.id FROM part p JOIN devices d ON d.merged_into = p.id)
	SELECT id FROM part)`

// splitDevice moves back what mergeDevice moved, and what imports added to that.
func splitDevice(ctx context.Context, tx *sql.Tx, id int64) error {
	var root int64
	if err := tx.QueryRowContext(ctx, `SELECT root FROM roots WHERE id = ?`, id).Scan(&root); err != nil {
		return err
	}
	request, deletion, err := askedTogether(ctx, tx, id, root)
	switch {
	case err != nil:
		return err
	case deletion == DeletionDone:
		return fmt.Errorf("request %d: %w; undo its deletion first", request, ErrAskedTogether)
	case deletion == DeletionUndone:
		return WithRemedy(fmt.Errorf("request %d: %w and was sent, although its deletion was undone", request, ErrAskedTogether), MarkDraft)
	case deletion == DeletionPurged:
		return fmt.Errorf("request %d: %w, and its deletion was purged, which cannot be undone", request, ErrAskedTogether)
	}
	var twin bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM devices d JOIN devices o ON o.account_id = d.account_id
		AND o.serial = d.serial AND o.merged_into IS NULL WHERE d.id = ?)`, id).Scan(&twin); err != nil {
		return err
	}
	if twin {
		return errors.New("both have the same serial number, so they are one device")
	}
	if err := moveRows(ctx, tx, `device_id = ?1, named_id = nullif(named_id, ?1)`, `device_id = ?2 AND named_id IN `+parts, id, root); err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, `UPDATE devices SET merged_into = NULL WHERE id = ?`, id); err != nil {
		return err
	}
	return settleDrafts(ctx, tx)
}

// askedTogether returns a request that was sent about recordings of a part and of the rest of a device as one, and the
// state of its deletion. A purged one comes first. The request is 0 and the state "" if there is none.
func askedTogether(ctx context.Context, tx *sql.Tx, id, root int64) (request int64, deletion DeletionState, err error) {
	err = tx.QueryRowContext(ctx, `SELECT q.id, d.state FROM requests q
		JOIN request_items i ON i.request_id = q.id JOIN deletions d ON d.id = i.deletion_id
		JOIN (SELECT id, device_id, named_id FROM recordings UNION ALL SELECT id, device_id, named_id FROM tombstones) r ON r.id = i.recording_id
		WHERE q.device_id = ?2 AND r.device_id = ?2 AND q.status NOT IN ('draft', 'gone') AND i.withdrawn = 0
		AND (coalesce(r.named_id, r.device_id) IN `+parts+`) <> (coalesce(q.named_id, q.device_id) IN `+parts+`)
		ORDER BY d.state = 'purged' DESC LIMIT 1`, id, root).Scan(&request, &deletion)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return request, deletion, err
}

// dropFixedMerges removes from the ledger the merges that cannot be undone any more, as a request of a purged
// deletion is about both devices as one. They would stand in the way of what was done before them.
func dropFixedMerges(ctx context.Context, tx *sql.Tx) error {
	type merge struct{ change, device, root int64 }
	merges, err := all(ctx, tx, func(rows *sql.Rows) (m merge, err error) {
		return m, rows.Scan(&m.change, &m.device, &m.root)
	}, `SELECT c.id, r.id, r.root FROM changes c JOIN roots r ON r.id = c.change ->> '$.device.ID'
		WHERE c.undone IS NULL AND c.change ->> 'kind' = ?`, DevicesMerged)
	for _, m := range merges {
		if err != nil {
			return err
		}
		var deletion DeletionState
		if _, deletion, err = askedTogether(ctx, tx, m.device, m.root); err == nil && deletion == DeletionPurged {
			_, err = tx.ExecContext(ctx, `DELETE FROM changes WHERE id = ?`, m.change)
		}
	}
	return err
}
