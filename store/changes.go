package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// ChangeKind is a kind of change that can be undone.
type ChangeKind string

// The kinds of change. The state of a request is none of them: it is about the world outside, and is
// corrected where it is noted.
const (
	RecordingsDeleted ChangeKind = "recordings-deleted"
	DeviceRenamed     ChangeKind = "device-renamed"
	DevicesMerged     ChangeKind = "devices-merged"
	DeviceSplit       ChangeKind = "device-split"
	AccountRenamed    ChangeKind = "account-renamed"
	AccountsMerged    ChangeKind = "accounts-merged"
	AccountSeparated  ChangeKind = "account-separated"
	SearchSaved       ChangeKind = "search-saved"
	SearchRenamed     ChangeKind = "search-renamed"
	SearchDropped     ChangeKind = "search-dropped"
)

// Change is something that was done to the library, undone or redone.
type Change struct {
	Kind ChangeKind // of what was done, also if it is undone now
	Text string     // the result, as a sentence without a full stop
}

// Why there is nothing to undo or to redo.
var (
	ErrNothingToUndo = errors.New("there is nothing to undo")
	ErrNothingToRedo = errors.New("nothing was undone, or something was changed since")
)

// change is a row of the ledger of changes, with all that it takes to undo and to redo it.
type change struct {
	ID          int64       `json:"-"`
	Deletion    int64       `json:"-"` // 0 if it is no deletion
	Kind        ChangeKind  `json:"kind"`
	Device      Device      `json:"device,omitzero"`       // the one renamed, merged or split off, as it was called then
	Into        Device      `json:"into,omitzero"`         // what it was merged into, or split off from
	Account     Account     `json:"account,omitzero"`      // the one renamed, merged or separated, as it was then
	IntoAccount Account     `json:"into_account,omitzero"` // what it was merged into, or separated from
	Was         string      `json:"was,omitempty"`         // the user's name of the device or the account, "" for none
	Name        string      `json:"name,omitempty"`        // the new one
	Search      SavedSearch `json:"search,omitzero"`       // saved, renamed or dropped
	Replaced    SavedSearch `json:"replaced,omitzero"`     // what it was before, or what had its name
	Asked       bool        `json:"asked,omitempty"`       // of an undone deletion: whether it drafted requests
}

// note adds a change to the ledger. What was undone before cannot be redone from here on.
func (c change) note(ctx context.Context, tx *sql.Tx) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE undone IS NOT NULL`); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO changes (deletion_id, change) VALUES (nullif(?, 0), ?)`, c.Deletion, string(text))
	return err
}

// findChange reads the first row of the ledger that a condition selects. It returns none if there is none.
func findChange(ctx context.Context, tx *sql.Tx, none error, condition string, args ...any) (change, error) {
	found, err := all(ctx, tx, func(rows *sql.Rows) (change, error) {
		var id, deletion int64
		var text []byte
		if err := rows.Scan(&id, &deletion, &text); err != nil {
			return change{}, err
		}
		var c change
		err := json.Unmarshal(text, &c)
		c.ID, c.Deletion = id, deletion
		return c, err
	}, `SELECT id, coalesce(deletion_id, 0), json_remove(change, '$.recordings') FROM changes WHERE `+condition+` LIMIT 1`, args...)
	if err == nil && len(found) == 0 {
		err = none
	}
	return append(found, change{})[0], err
}

// Reversible reports whether there is something to undo, and something to redo.
func (db *DB) Reversible(ctx context.Context) (undo, redo bool, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM changes WHERE undone IS NULL),
		EXISTS (SELECT 1 FROM changes WHERE undone IS NOT NULL)`).Scan(&undo, &redo)
	if err != nil {
		return false, false, fmt.Errorf("look what can be undone: %w", err)
	}
	return undo, redo, nil
}

// Undone is what an undo did.
type Undone struct {
	Change
	Deletion Deletion  // that was undone, the zero Deletion if it was another change
	Restored int       // recordings
	Dropped  int       // draft requests, which asked for nothing else
	Reduced  int       // draft requests that ask for less now
	Sent     []Request // requests that were sent already: the maker may act on them all the same
}

// SentError is returned by [DB.Undo] for a deletion whose recordings were asked for already.
type SentError struct {
	Deletion Deletion
	Sent     []Request
}

func (e *SentError) Error() string {
	return fmt.Sprintf("%s of deletion %d sent already: the maker may delete all the same", countOf(len(e.Sent), "request"), e.Deletion.ID)
}

// Undo undoes what was done last, or a certain deletion if its id is not 0. Of a deletion the recordings
// are live again and taken out of the drafts, which are dropped if they asked for nothing else. If a request was sent
// already, Undo returns a [*SentError] and changes nothing, unless evenIfSent is set. The error wraps
// [ErrNothingToUndo] if there is nothing to undo, or [ErrNotFound] if there is no such deletion.
func (db *DB) Undo(ctx context.Context, deletion int64, evenIfSent bool) (Undone, error) {
	var u Undone
	err := db.update(ctx, func(tx *sql.Tx) error {
		c, err := toUndo(ctx, tx, deletion)
		if err != nil {
			return err
		}
		if c.Kind == RecordingsDeleted {
			u, err = undoDeletion(ctx, tx, c, evenIfSent)
		} else {
			back := c.reverse()
			u = Undone{Change: Change{c.Kind, back.text()}}
			err = back.carryOut(ctx, tx)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE changes SET undone = (SELECT 1 + coalesce(max(undone), 0) FROM changes) WHERE id = ?`, c.ID)
		return err
	})
	if err != nil {
		return Undone{}, fmt.Errorf("undo: %w", err)
	}
	return u, nil
}

// toUndo finds the change that an undo is about.
func toUndo(ctx context.Context, tx *sql.Tx, deletion int64) (change, error) {
	if deletion == 0 {
		return findChange(ctx, tx, ErrNothingToUndo, `undone IS NULL ORDER BY id DESC`)
	}
	d, err := findDeletion(ctx, tx, deletion)
	if err != nil {
		return change{}, err
	}
	if d.State != DeletionDone {
		return change{}, fmt.Errorf("deletion %d was %s already", d.ID, d.State)
	}
	return findChange(ctx, tx, ErrNothingToUndo, `undone IS NULL AND deletion_id = ?`, deletion)
}

// Redone is what a redo did.
type Redone struct {
	Change
	Deletion Deletion // that was redone, the zero Deletion if it was another change
	Requests []int64  // that a deletion drafted, in the order's order
}

// Again is an undone deletion that is to be redone.
type Again struct {
	Deletion Deletion
	IDs      []int64 // of its recordings that are live, the newest first
	Asked    bool    // whether it drafted requests
}

// Redo redoes what was undone last, as long as nothing else was changed since. A deletion is carried out
// again under its old number, with the requests of the order that plan returns. plan may only read, and only
// from the DB that it is given, which is within the transaction. The error wraps
// [ErrNothingToRedo] if there is nothing to redo.
func (db *DB) Redo(ctx context.Context, plan func(context.Context, *DB, Again) (Order, error)) (Redone, error) {
	var r Redone
	err := db.update(ctx, func(tx *sql.Tx) error {
		c, err := findChange(ctx, tx, ErrNothingToRedo, `undone IS NOT NULL ORDER BY undone DESC`)
		if err != nil {
			return err
		}
		if c.Kind == RecordingsDeleted {
			r, err = db.redoDeletion(ctx, tx, c, plan)
		} else {
			r = Redone{Change: Change{c.Kind, c.text()}}
			err = c.carryOut(ctx, tx)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE changes SET undone = NULL, change = json_remove(change, '$.recordings', '$.asked') WHERE id = ?`, c.ID)
		return err
	})
	if err != nil {
		return Redone{}, fmt.Errorf("redo: %w", err)
	}
	return r, nil
}

// text says in a sentence without a full stop what the change, which is no deletion, did.
func (c change) text() string {
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
	case AccountRenamed:
		if c.Name == "" {
			return "Account " + c.Account.label() + " has no name any more"
		}
		return "Account " + c.Account.label() + " is called " + c.Name + " now"
	case AccountsMerged:
		return "Account " + c.Account.label() + " is part of account " + c.IntoAccount.label() + " now"
	case AccountSeparated:
		return "Account " + c.Account.label() + " is an account of its own again"
	case SearchSaved:
		return "The search " + c.Search.Name + " is saved"
	case SearchRenamed:
		return "The search " + c.Replaced.Name + " is called " + c.Search.Name + " now"
	}
	return "The search " + c.Search.Name + " is dropped"
}

// reverse is the change that undoes this one, which is no deletion.
func (c change) reverse() change {
	switch c.Kind {
	case DeviceRenamed:
		c.Device.Name = cmp.Or(c.Name, c.Device.Name)
		c.Was, c.Name = c.Name, c.Was
	case DevicesMerged:
		c.Kind = DeviceSplit
	case DeviceSplit:
		c.Kind = DevicesMerged
	case AccountRenamed:
		c.Account.Name = cmp.Or(c.Name, c.Account.Name)
		c.Was, c.Name = c.Name, c.Was
	case AccountsMerged:
		c.Kind = AccountSeparated
	case AccountSeparated:
		c.Kind = AccountsMerged
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
func (c change) apply(ctx context.Context, tx *sql.Tx) (Change, error) {
	if err := c.carryOut(ctx, tx); err != nil {
		return Change{}, err
	}
	return Change{c.Kind, c.text()}, c.note(ctx, tx)
}

// carryOut does what the change, which is no deletion, says.
func (c change) carryOut(ctx context.Context, tx *sql.Tx) error {
	switch c.Kind {
	case DeviceRenamed:
		return found(tx.ExecContext(ctx, `UPDATE devices SET user_name = ? WHERE id = ?`, c.Name, c.Device.ID))
	case DevicesMerged:
		return mergeDevice(ctx, tx, c.Device.ID, c.Into.ID)
	case DeviceSplit:
		return splitDevice(ctx, tx, c.Device.ID)
	case AccountRenamed:
		return renameAccount(ctx, tx, c.Account, c.Name)
	case AccountsMerged:
		return mergeAccount(ctx, tx, c.Account, c.IntoAccount)
	case AccountSeparated:
		return separateAccount(ctx, tx, c.Account, c.IntoAccount)
	case SearchSaved:
		_, err := tx.ExecContext(ctx, `REPLACE INTO saved_searches (name, query) VALUES (?, ?)`, c.Search.Name, c.Search.Query)
		return err
	case SearchRenamed:
		return found(tx.ExecContext(ctx, `UPDATE saved_searches SET name = ? WHERE name = ?`, c.Search.Name, c.Replaced.Name))
	case SearchDropped:
		return found(tx.ExecContext(ctx, `DELETE FROM saved_searches WHERE name = ?`, c.Search.Name))
	}
	return fmt.Errorf("there is no change of kind %q", c.Kind)
}
