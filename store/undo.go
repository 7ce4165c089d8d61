package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// Undone is what an undo did.
type Undone struct {
	Deletion Deletion
	Restored int       // recordings
	Dropped  int       // draft requests
	Sent     []Request // requests that were sent already: the maker may act on them all the same
}

// Undo takes back a deletion, the newest one that can be if id is 0: its recordings are live
// again and its draft requests are dropped. It returns an error that wraps [ErrNotFound] if
// there is nothing to undo.
func (db *DB) Undo(ctx context.Context, id int64) (Undone, error) {
	var u Undone
	err := db.update(ctx, func(tx *sql.Tx) error {
		d, err := findDeletion(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := d.undoable(); err != nil {
			return err
		}
		if err := rememberUndo(ctx, tx, d.ID); err != nil {
			return err
		}
		if err := markUndone(ctx, tx, `deletion_id = ?`, d.ID); err != nil {
			return err
		}
		if u.Restored, err = changeRows(ctx, tx, "recordings", `state = 0, deletion_id = NULL`, `deletion_id = ?1`, d.ID); err != nil {
			return err
		}
		dropped, err := tx.ExecContext(ctx, `DELETE FROM requests WHERE deletion_id = ? AND status = 'draft'`, d.ID)
		if err != nil {
			return err
		}
		n, err := dropped.RowsAffected()
		if err != nil {
			return err
		}
		u.Dropped = int(n)
		if u.Sent, err = all(ctx, tx, scanRequest, selectRequests+` WHERE q.deletion_id = ? ORDER BY q.id`, d.ID); err != nil {
			return err
		}
		d.State = DeletionUndone
		u.Deletion = d
		_, err = tx.ExecContext(ctx, `UPDATE deletions SET state = 'undone' WHERE id = ?`, d.ID)
		return err
	})
	if err != nil {
		return Undone{}, fmt.Errorf("undo: %w", err)
	}
	return u, nil
}

// Undoable finds what [DB.Undo] would take back, and which of its requests were sent already, so that
// the user can be warned before. It fails as Undo does.
func (db *DB) Undoable(ctx context.Context, id int64) (Deletion, []Request, error) {
	d, err := findDeletion(ctx, db.read, id)
	if err == nil {
		err = d.undoable()
	}
	var sent []Request
	if err == nil {
		sent, err = all(ctx, db.read, scanRequest, selectRequests+` WHERE q.deletion_id = ? AND q.status <> 'draft' ORDER BY q.id`, d.ID)
	}
	if err != nil {
		return Deletion{}, nil, fmt.Errorf("undo: %w", err)
	}
	return d, sent, nil
}

// undoable says why a deletion cannot be taken back, nil if it can.
func (d Deletion) undoable() error {
	if d.State != DeletionDone {
		return fmt.Errorf("deletion %d was %s already", d.ID, d.State)
	}
	return nil
}

// rememberUndo keeps what a deletion that is about to be undone had, so that it can be redone.
func rememberUndo(ctx context.Context, tx *sql.Tx, deletion int64) error {
	for _, text := range []string{
		`INSERT INTO undos (deletion_id, asked) SELECT ?1, EXISTS (SELECT 1 FROM requests WHERE deletion_id = ?1)`,
		`INSERT INTO deletion_items (deletion_id, recording_id)
			SELECT ?1, id FROM recordings WHERE deletion_id = ?1
			UNION SELECT ?1, i.recording_id FROM request_items i JOIN requests q ON q.id = i.request_id WHERE q.deletion_id = ?1`,
	} {
		if _, err := tx.ExecContext(ctx, text, deletion); err != nil {
			return err
		}
	}
	return nil
}

// Redoable is an undone deletion that can be done again.
type Redoable struct {
	Deletion Deletion
	IDs      []int64 // of its recordings that are live, the newest first
	Asked    bool    // whether there were requests to the makers
}

// Redoable finds what [DB.Redo] would do again: the deletion that was undone last, unless
// something was changed since. It returns an error that wraps [ErrNotFound] if there is none.
func (db *DB) Redoable(ctx context.Context) (Redoable, error) {
	var r Redoable
	var id int64
	err := db.read.QueryRowContext(ctx, `SELECT deletion_id, asked FROM undos ORDER BY id DESC LIMIT 1`).Scan(&id, &r.Asked)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("redo: there is no undo to take back, or something was changed since: %w", ErrNotFound)
	}
	if err == nil {
		r.Deletion, err = findDeletion(ctx, db.read, id)
	}
	if err == nil {
		r.IDs, err = all(ctx, db.read, func(rows *sql.Rows) (int64, error) {
			var id int64
			return id, rows.Scan(&id)
		}, `SELECT r.id FROM deletion_items i JOIN recordings r ON r.id = i.recording_id
			WHERE i.deletion_id = ? AND r.state = 0 ORDER BY r.id DESC`, id)
	}
	if err == nil && len(r.IDs) == 0 {
		err = fmt.Errorf("none of the recordings of deletion %d is there any more: %w", id, ErrNotFound)
	}
	if err != nil {
		return r, fmt.Errorf("redo: %w", err)
	}
	return r, nil
}

// Redo takes back the undo of a deletion, the one that [DB.Redoable] names: it is done again under
// its old number, as the order says. It returns what [DB.Delete] does, and fails likewise; also if
// another deletion was done or undone in the meantime.
func (db *DB) Redo(ctx context.Context, id int64, o Order) (Deletion, []int64, error) {
	if err := o.check(); err != nil {
		return Deletion{}, nil, fmt.Errorf("redo: %w", err)
	}
	var deletion Deletion
	var requests []int64
	err := db.update(ctx, func(tx *sql.Tx) error {
		forgotten, err := changes(tx.ExecContext(ctx, `DELETE FROM undos WHERE deletion_id = ? AND id = (SELECT max(id) FROM undos)`, id))
		if err != nil {
			return err
		}
		if !forgotten {
			return fmt.Errorf("deletion %d is not the one that was undone last: %w", id, ErrNotFound)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE changes SET undone = NULL WHERE deletion_id = ?`, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE deletions SET state = 'done', created = ?, query = ?, local = ?, recordings = ?,
			first_id = ?, last_id = ? WHERE id = ?`, toMillis(db.now()), o.Query, o.Local, len(o.IDs), slices.Min(o.IDs), slices.Max(o.IDs), id); err != nil {
			return err
		}
		deletion, requests, err = db.carryOut(ctx, tx, id, o)
		return err
	})
	if err != nil {
		return Deletion{}, nil, fmt.Errorf("redo: %w", err)
	}
	return deletion, requests, nil
}
