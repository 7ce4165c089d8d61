package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// draftRequest writes a new request with its steps and recordings.
func draftRequest(ctx context.Context, tx *sql.Tx, now time.Time, deletion int64, zone string, r DeviceRequest) (int64, error) {
	var id int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO requests (deletion_id, device_id, status, created, time_zone, after_import)
		VALUES (?, ?, 'draft', ?, ?, (SELECT coalesce(max(id), 0) FROM imports)) RETURNING id`, deletion, r.DeviceID, toMillis(now), zone).Scan(&id); err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	var items [][2]int64
	for i, s := range r.Steps {
		if _, err := tx.ExecContext(ctx, `INSERT INTO request_steps (request_id, step, kind, from_day, to_day) VALUES (?, ?, ?, ?, ?)`,
			id, i, s.Kind, s.From, s.To); err != nil {
			return 0, fmt.Errorf("draft a request: %w", err)
		}
		for _, recording := range s.Recordings {
			items = append(items, [2]int64{recording, int64(i)})
		}
	}
	if err := inChunks(items, func(list string) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO request_items (request_id, recording_id, step)
			SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)`, id, list)
		return err
	}); err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	return id, nil
}

const selectRequests = `SELECT q.id, q.deletion_id, q.status, q.created, q.time_zone, q.sent_on, q.due_on, q.after_import, q.folder,
	` + deviceColumns + `,
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'gone'),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'still-there'),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'cannot-tell')
	FROM requests q JOIN devices d ON d.id = q.device_id`

func scanRequest(rows *sql.Rows) (Request, error) {
	var r Request
	var created int64
	var makerName, userName string
	err := rows.Scan(&r.ID, &r.DeletionID, &r.Status, &created, &r.TimeZone, &r.SentOn, &r.DueOn, &r.After, &r.Folder,
		&r.Device.ID, &r.Device.Vendor, &r.Device.Serial, &r.Device.Type, &makerName, &userName,
		&r.Recordings, &r.Gone, &r.StillThere, &r.CannotTell)
	nameDevice(&r.Device, makerName, userName)
	r.Created = fromMillis(created)
	return r, err
}

// Requests lists all erasure requests with their steps, the newest first.
func (db *DB) Requests(ctx context.Context) ([]Request, error) {
	found, err := all(ctx, db.read, scanRequest, selectRequests+` ORDER BY q.id DESC`)
	for i := range found {
		if err == nil {
			found[i].Steps, err = readSteps(ctx, db.read, found[i].ID)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("list requests: %w", err)
	}
	return found, nil
}

// Request reads one erasure request with its steps and the devices merged into its own. It returns an error that wraps
// [ErrNotFound] if there is none with this id.
func (db *DB) Request(ctx context.Context, id int64) (Request, error) {
	found, err := all(ctx, db.read, scanRequest, selectRequests+` WHERE q.id = ?`, id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%w (unsaid requests lists them)", ErrNotFound)
	}
	if err == nil {
		found[0].Steps, err = readSteps(ctx, db.read, id)
	}
	if err == nil {
		found[0].Merged, err = partsOf(ctx, db.read, found[0].Device.ID)
		found[0].Merged = slices.DeleteFunc(found[0].Merged, func(d Device) bool { return d.Serial == "" })
	}
	if err != nil {
		return Request{}, fmt.Errorf("request %d: %w", id, err)
	}
	return found[0], nil
}

// readSteps reads the steps of a request with their recordings, in order of time.
func readSteps(ctx context.Context, from querier, request int64) ([]Step, error) {
	steps, err := all(ctx, from, func(rows *sql.Rows) (Step, error) {
		var s Step
		return s, rows.Scan(&s.Kind, &s.From, &s.To)
	}, `SELECT kind, from_day, to_day FROM request_steps WHERE request_id = ? ORDER BY step`, request)
	if err != nil {
		return nil, err
	}
	_, err = all(ctx, from, func(rows *sql.Rows) (struct{}, error) {
		var id int64
		var step int
		err := rows.Scan(&id, &step)
		if err == nil && step < len(steps) {
			steps[step].Recordings = append(steps[step].Recordings, id)
		}
		return struct{}{}, err
	}, `SELECT recording_id, step FROM request_items WHERE request_id = ? ORDER BY recording_id`, request)
	return steps, err
}

// MarkSent notes that a request was sent on a local day (YYYY-MM-DD), with the day on which an
// answer is due, "" if no law sets one.
func (db *DB) MarkSent(ctx context.Context, id int64, on, due string) error {
	return db.changeRequest(ctx, id, "mark as sent",
		`UPDATE requests SET status = CASE status WHEN 'draft' THEN 'sent' ELSE status END, sent_on = ?, due_on = ? WHERE id = ?`, on, due, id)
}

// MarkDraft takes back that a request was sent. A request whose deletion was taken back is
// dropped with it, which is what dropped says. A request to which a follow-up was written
// stays sent.
func (db *DB) MarkDraft(ctx context.Context, id int64) (dropped bool, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		var followups int
		var state DeletionState
		err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM request_followups f WHERE f.request_id = q.id), d.state
			FROM requests q JOIN deletions d ON d.id = q.deletion_id WHERE q.id = ?`, id).Scan(&followups, &state)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("%w (unsaid requests lists them)", ErrNotFound)
		case err != nil:
			return err
		case followups > 0:
			return errors.New("a follow-up to it was written already, so it was sent; unsaid requests sent corrects the day")
		case state == DeletionUndone:
			dropped = true
			_, err = tx.ExecContext(ctx, `DELETE FROM requests WHERE id = ?`, id)
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET status = 'draft', sent_on = '', due_on = '' WHERE id = ?`, id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE request_items SET outcome = '' WHERE request_id = ?`, id)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("request %d: make it a draft: %w", id, err)
	}
	return dropped, nil
}

// SetRequestFolder notes where a request's files were written.
func (db *DB) SetRequestFolder(ctx context.Context, id int64, folder string) error {
	return db.changeRequest(ctx, id, "note the folder", `UPDATE requests SET folder = ? WHERE id = ?`, folder, id)
}

func (db *DB) changeRequest(ctx context.Context, id int64, what, text string, args ...any) error {
	changed, err := db.execute(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("request %d: %s: %w", id, what, err)
	}
	if !changed {
		return fmt.Errorf("request %d: %s: %w (unsaid requests lists them)", id, what, ErrNotFound)
	}
	return nil
}

// Moment is one recording of a device as the maker may hold it: live, trashed or purged here.
type Moment struct {
	ID      int64
	Settled bool // asked for already, or known to be gone
}

// Timeline returns all that the maker may hold of a device, the oldest first, whatever became of
// it here.
func (db *DB) Timeline(ctx context.Context, device int64) ([]Moment, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Moment, error) {
		var m Moment
		return m, rows.Scan(&m.ID, &m.Settled)
	}, `WITH asked (id) AS (
			SELECT i.recording_id FROM request_items i JOIN requests q ON q.id = i.request_id
			WHERE q.device_id = ?1 AND i.outcome <> 'still-there')
		SELECT id, id IN (SELECT id FROM asked) FROM (
			SELECT id FROM recordings WHERE device_id = ?1 UNION ALL SELECT id FROM tombstones WHERE device_id = ?1)
		ORDER BY id`, device)
	if err != nil {
		return nil, fmt.Errorf("read the timeline of a device: %w", err)
	}
	return found, nil
}
