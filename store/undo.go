package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/dustin/go-humanize"
)

// undoDeletion undoes a deletion that is in force, and keeps in the ledger what it takes to redo it.
func undoDeletion(ctx context.Context, tx *sql.Tx, c change, evenIfSent bool) (Undone, error) {
	d, err := findDeletion(ctx, tx, c.Deletion)
	if err != nil {
		return Undone{}, err
	}
	sent, err := all(ctx, tx, scanRequest, selectRequests+` WHERE q.status <> 'draft'
		AND EXISTS (SELECT 1 FROM asked i WHERE i.request_id = q.id AND i.deletion_id = ? AND i.in_force) ORDER BY q.id`, d.ID)
	switch {
	case err != nil:
		return Undone{}, err
	case len(sent) > 0 && !evenIfSent:
		return Undone{}, &SentError{d, sent}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE changes SET change = json_set(change,
		'$.asked', json(iif(EXISTS (SELECT 1 FROM request_items WHERE deletion_id = ?1), 'true', 'false')),
		'$.recordings', json((SELECT json_group_array(id) FROM (
			SELECT id FROM recordings WHERE deletion_id = ?1
			UNION SELECT recording_id FROM request_items WHERE deletion_id = ?1))))
		WHERE id = ?2`, d.ID, c.ID); err != nil {
		return Undone{}, err
	}
	u := Undone{Deletion: d, Sent: sent}
	if u.Restored, err = changeRows(ctx, tx, "recordings", `state = 0, deletion_id = NULL`, `deletion_id = ?1`, d.ID); err != nil {
		return Undone{}, err
	}
	if u.Dropped, u.Reduced, err = takeOut(ctx, tx, d.ID); err != nil {
		return Undone{}, err
	}
	u.Deletion.State = DeletionUndone
	u.Change = Change{c.Kind, u.text()}
	_, err = tx.ExecContext(ctx, `UPDATE deletions SET state = 'undone' WHERE id = ?`, d.ID)
	return u, err
}

// text says in a sentence without a full stop what undoing a deletion did.
func (u *Undone) text() string {
	text := "Restored " + countOf(u.Restored, "recording")
	if !u.Deletion.Local {
		text = fmt.Sprintf("Undid deletion %d", u.Deletion.ID)
	}
	if u.Dropped > 0 {
		text += ", dropped " + countOf(u.Dropped, "draft request")
	}
	if u.Reduced > 0 {
		text += ", took them out of " + countOf(u.Reduced, "draft request")
	}
	if len(u.Sent) > 0 {
		text += ", kept " + countOf(len(u.Sent), "sent request")
	}
	return text
}

// redoDeletion carries out an undone deletion again.
func (db *DB) redoDeletion(ctx context.Context, tx *sql.Tx, c change, plan func(context.Context, *DB, Again) (Order, error)) (Redone, error) {
	again := Again{Asked: c.Asked}
	var err error
	if again.Deletion, err = findDeletion(ctx, tx, c.Deletion); err != nil {
		return Redone{}, err
	}
	if again.IDs, err = all(ctx, tx, scanValue[int64], `SELECT r.id FROM changes c, json_each(c.change, '$.recordings') i JOIN recordings r ON r.id = i.value
		WHERE c.id = ? AND r.state = 0 ORDER BY r.id DESC`, c.ID); err != nil {
		return Redone{}, err
	}
	if len(again.IDs) == 0 {
		return Redone{}, fmt.Errorf("none of the recordings of deletion %d is there any more: %w", c.Deletion, ErrNotFound)
	}
	// Before it is planned, so that its requests that were sent count again.
	if _, err := tx.ExecContext(ctx, `UPDATE deletions SET state = 'done', created = ? WHERE id = ?`, toMillis(db.now()), c.Deletion); err != nil {
		return Redone{}, err
	}
	o, err := plan(ctx, &DB{read: tx, now: db.now}, again)
	if err != nil {
		return Redone{}, err
	}
	o.IDs, o.Local, o.Query = again.IDs, again.Deletion.Local, again.Deletion.Query
	if _, err := tx.ExecContext(ctx, `UPDATE deletions SET recordings = ?, first_id = ?, last_id = ? WHERE id = ?`,
		len(o.IDs), slices.Min(o.IDs), slices.Max(o.IDs), c.Deletion); err != nil {
		return Redone{}, err
	}
	r := Redone{}
	r.Deletion, r.Requests, err = db.carryOut(ctx, tx, c.Deletion, o)
	r.Change = Change{c.Kind, r.Deletion.Text(len(r.Requests))}
	return r, err
}

// Text says in a sentence without a full stop what the deletion did, if it drafted so many requests.
func (d Deletion) Text(requests int) string {
	text := "Deleted " + countOf(d.Recordings, "recording")
	if !d.Local {
		text = "Kept " + countOf(d.Recordings, "recording") + " here"
	}
	if requests > 0 {
		text += ", drafted " + countOf(requests, "request")
	}
	return text
}

// countOf is a number of things in words.
func countOf(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return humanize.Comma(int64(n)) + " " + noun
}
