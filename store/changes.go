package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// ChangeKind is a kind of change that can be taken back.
type ChangeKind string

// The kinds of change. What a request is noted to be is none of them: it tells of the world outside, and
// is put right where it is noted.
const (
	Deleted       ChangeKind = ""
	DeviceRenamed ChangeKind = "device-renamed"
	DevicesMerged ChangeKind = "devices-merged"
	DeviceSplit   ChangeKind = "device-split"
	SearchSaved   ChangeKind = "search-saved"
	SearchRenamed ChangeKind = "search-renamed"
	SearchDropped ChangeKind = "search-dropped"
)

// Change is something that was done to the library and can be taken back.
type Change struct {
	ID       int64       `json:"-"`
	Kind     ChangeKind  `json:"kind,omitempty"`
	Deletion int64       `json:"-"`                 // the deletion's id, 0 if it is none
	Device   Device      `json:"device,omitzero"`   // the one renamed, merged or split off, as it was called then
	Into     Device      `json:"into,omitzero"`     // what it was merged into, or split off from
	Was      string      `json:"was,omitempty"`     // the user's name of the device, "" for the maker's
	Name     string      `json:"name,omitempty"`    // the new one
	Search   SavedSearch `json:"search,omitzero"`   // saved, renamed or dropped
	Replaced SavedSearch `json:"replaced,omitzero"` // what it was before, or what had its name
}

// note adds a change to what can be taken back. What was taken back before cannot be done again from
// here on.
func (c Change) note(ctx context.Context, tx *sql.Tx) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	for _, forget := range []string{`DELETE FROM undos`, `DELETE FROM changes WHERE undone IS NOT NULL`} {
		if _, err := tx.ExecContext(ctx, forget); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO changes (deletion_id, change) VALUES (nullif(?, 0), ?)`, c.Deletion, string(text))
	return err
}

const selectChanges = `SELECT id, coalesce(deletion_id, 0), change FROM changes `

func scanChange(rows *sql.Rows) (Change, error) {
	var id, deletion int64
	var text []byte
	if err := rows.Scan(&id, &deletion, &text); err != nil {
		return Change{}, err
	}
	var c Change
	err := json.Unmarshal(text, &c)
	c.ID, c.Deletion = id, deletion
	return c, err
}

// Why there is nothing to undo or to redo.
var (
	ErrNothingToUndo = errors.New("there is nothing to take back")
	ErrNothingToRedo = errors.New("there is no undo to take back, or something was changed since")
)

// ToUndo finds what was done last and can be taken back: by [DB.Undo] if it is a deletion, else by
// [DB.UndoChange]. The error wraps [ErrNothingToUndo] if there is nothing.
func (db *DB) ToUndo(ctx context.Context) (Change, error) {
	c, err := db.newest(ctx, ErrNothingToUndo, selectChanges+`WHERE undone IS NULL ORDER BY id DESC LIMIT 1`)
	if err != nil {
		return c, fmt.Errorf("undo: %w", err)
	}
	return c, nil
}

// ToRedo finds what was taken back last and can be done again: as [DB.Redoable] tells if it is a deletion, else
// by [DB.RedoChange]. The error wraps [ErrNothingToRedo] if there is nothing.
func (db *DB) ToRedo(ctx context.Context) (Change, error) {
	c, err := db.newest(ctx, ErrNothingToRedo, selectChanges+`WHERE undone IS NOT NULL ORDER BY undone DESC LIMIT 1`)
	if err != nil {
		return c, fmt.Errorf("redo: %w", err)
	}
	return c, nil
}

// newest reads the first change that a query selects, and fails with none if there is none.
func (db *DB) newest(ctx context.Context, none error, query string) (Change, error) {
	found, err := all(ctx, db.read, scanChange, query)
	if err == nil && len(found) == 0 {
		err = none
	}
	return append(found, Change{})[0], err
}

// UndoChange takes back a change that is no deletion: its reverse is done. It returns an error that wraps
// [ErrNotFound] if it was taken back already.
func (db *DB) UndoChange(ctx context.Context, c Change) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		if err := markUndone(ctx, tx, `id = ?`, c.ID); err != nil {
			return err
		}
		return c.Reverse().carryOut(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	return nil
}

// RedoChange does a change again that was taken back.
func (db *DB) RedoChange(ctx context.Context, c Change) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		if err := found(tx.ExecContext(ctx, `UPDATE changes SET undone = NULL WHERE id = ? AND undone IS NOT NULL`, c.ID)); err != nil {
			return err
		}
		return c.carryOut(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("redo: %w", err)
	}
	return nil
}

// markUndone notes that a change in force is taken back, as the last one so far.
func markUndone(ctx context.Context, tx *sql.Tx, which string, id int64) error {
	return found(tx.ExecContext(ctx, `UPDATE changes SET undone = (SELECT 1 + coalesce(max(undone), 0) FROM changes)
		WHERE undone IS NULL AND `+which, id))
}

// String says in a sentence without a stop what the change, which is no deletion, has made of things.
func (c Change) String() string {
	switch c.Kind {
	case DeviceRenamed:
		if c.Name == "" {
			return c.Device.Name + " has the maker's name again"
		}
		return c.Device.Name + " is called " + c.Name + " now"
	case DevicesMerged:
		return c.Device.Name + " is part of " + c.Into.Name + " now"
	case DeviceSplit:
		return c.Device.Name + " is a device of its own again"
	case SearchSaved:
		return "The search " + c.Search.Name + " is saved"
	case SearchRenamed:
		return "The search " + c.Replaced.Name + " is called " + c.Search.Name + " now"
	case SearchDropped:
		return "The search " + c.Search.Name + " is dropped"
	}
	return "Recordings are deleted"
}

// Reverse is the change that takes this one back.
func (c Change) Reverse() Change {
	switch c.Kind {
	case DeviceRenamed:
		c.Device.Name = cmp.Or(c.Name, c.Device.Name)
		c.Was, c.Name = c.Name, c.Was
	case DevicesMerged:
		c.Kind = DeviceSplit
	case DeviceSplit:
		c.Kind = DevicesMerged
	case SearchSaved:
		if c.Replaced.Name == "" {
			c.Kind = SearchDropped
		} else {
			c.Search = c.Replaced
		}
	case SearchRenamed:
		c.Search, c.Replaced = c.Replaced, c.Search
	case SearchDropped:
		c.Kind = SearchSaved
	}
	return c
}

// apply carries out a new change and notes it.
func (c Change) apply(ctx context.Context, tx *sql.Tx) error {
	if err := c.carryOut(ctx, tx); err != nil {
		return err
	}
	return c.note(ctx, tx)
}

// carryOut does what the change says.
func (c Change) carryOut(ctx context.Context, tx *sql.Tx) error {
	switch c.Kind {
	case DeviceRenamed:
		return found(tx.ExecContext(ctx, `UPDATE devices SET user_name = ? WHERE id = ?`, c.Name, c.Device.ID))
	case DevicesMerged:
		return mergeDevice(ctx, tx, c.Device.ID, c.Into.ID)
	case DeviceSplit:
		return splitDevice(ctx, tx, c.Device.ID)
	case SearchSaved:
		_, err := tx.ExecContext(ctx, `REPLACE INTO saved_searches (name, query) VALUES (?, ?)`, c.Search.Name, c.Search.Query)
		return err
	case SearchRenamed:
		return found(tx.ExecContext(ctx, `UPDATE saved_searches SET name = ? WHERE name = ?`, c.Search.Name, c.Replaced.Name))
	case SearchDropped:
		return found(tx.ExecContext(ctx, `DELETE FROM saved_searches WHERE name = ?`, c.Search.Name))
	}
	return errors.New("it is a deletion")
}
