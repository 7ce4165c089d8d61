package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// MergeDevices makes one device of two: everything of device id becomes device into's, now and in
// later imports. Both must be of one maker. The error is [ErrNotFound] if there is no such
// device, or it was merged into another one before.
func (db *DB) MergeDevices(ctx context.Context, id, into int64) error {
	what := fmt.Sprintf("merge device %d into %d", id, into)
	if id == into {
		return fmt.Errorf("%s: it is the same device", what)
	}
	err := db.update(ctx, func(tx *sql.Tx) error {
		vendors := [2]string{}
		for i, device := range []int64{id, into} {
			err := tx.QueryRowContext(ctx, `SELECT vendor FROM devices WHERE id = ? AND merged_into IS NULL`, device).Scan(&vendors[i])
			if errors.Is(err, sql.ErrNoRows) {
				return fmt.Errorf("device %d: %w (see: unsaid devices)", device, ErrNotFound)
			}
			if err != nil {
				return err
			}
		}
		if vendors[0] != vendors[1] {
			return fmt.Errorf("one is %s's and the other %s's, and a request can only be to one of them", vendors[0], vendors[1])
		}
		return mergeDevice(ctx, tx, id, into)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// mergeDevice moves all that is device id's to device into. The row of the device stays, since
// exports go on to name it, and the keys of recordings are made with it.
func mergeDevice(ctx context.Context, tx *sql.Tx, id, into int64) error {
	for _, text := range []string{
		`UPDATE recordings SET device_id = ?2 WHERE device_id = ?1`,
		`UPDATE tombstones SET device_id = ?2 WHERE device_id = ?1`,
		`UPDATE requests SET device_id = ?2 WHERE device_id = ?1`,
		`INSERT INTO list_coverage (list_id, device_id, first_id, last_id, recordings)
			SELECT list_id, ?2, first_id, last_id, recordings FROM list_coverage WHERE device_id = ?1 ` + widen,
		`DELETE FROM list_coverage WHERE device_id = ?1`,
		`UPDATE devices SET merged_into = ?2 WHERE id = ?1 OR merged_into = ?1`,
	} {
		if _, err := tx.ExecContext(ctx, text, id, into); err != nil {
			return err
		}
	}
	return nil
}
