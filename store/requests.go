package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// RequestStatus is what is known of a recording, or of a request, at the maker's end.
type RequestStatus string

// The life of an erasure request.
const (
	NotAsked   RequestStatus = "none"
	Draft      RequestStatus = "draft"
	Sent       RequestStatus = "sent"
	Gone       RequestStatus = "gone"
	StillThere RequestStatus = "still-there"
	CannotTell RequestStatus = "cannot-tell"
)

// StepKind is one of the ways a maker lets people delete.
type StepKind string

// The kinds of step, coarsest first.
const (
	WholeDevice StepKind = "device"
	DayRange    StepKind = "range"
	Single      StepKind = "single"
)

// Step is one thing to do, or to ask for, at the maker.
type Step struct {
	Kind       StepKind
	From       string  // local day YYYY-MM-DD, included; "" unless a day range
	To         string  // local day YYYY-MM-DD, included; "" unless a day range
	Recordings []int64 // ids of the chosen recordings that the step removes, oldest first
}

// SameSteps reports whether two lists have the same steps.
func SameSteps(a, b []Step) bool {
	return slices.EqualFunc(a, b, func(a, b Step) bool {
		return a.Kind == b.Kind && a.From == b.From && a.To == b.To && slices.Equal(a.Recordings, b.Recordings)
	})
}

// Request is an erasure request: one per deletion and device.
type Request struct {
	ID         int64
	DeletionID int64
	Device     Device
	Merged     []Device // merged into it, which have serials of their own at the maker
	Status     RequestStatus
	TimeZone   string // IANA name or "Local"; the days of the steps are days of this zone
	Created    time.Time
	SentOn     string    // local day YYYY-MM-DD, "" while a draft
	SentAt     time.Time // by which it was sent at the latest; the zero Time while a draft
	DueOn      string    // local day YYYY-MM-DD, "" while a draft
	After      int64     // the newest import when it was drafted: only later ones tell what became of it
	Folder     string    // where its files were last written, "" if nowhere yet
	Outdated   bool      // whether the files have other steps than Steps; only deletion.Request and Requests know
	Recordings int
	Gone       int
	StillThere int
	CannotTell int
	Steps      []Step // in order of time, as they were drafted, or last written or sent
}

// draftRequest writes a new request with its steps and recordings.
func draftRequest(ctx context.Context, tx *sql.Tx, now time.Time, deletion int64, zone string, r DeviceRequest) (int64, error) {
	var id int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO requests (deletion_id, device_id, status, created, time_zone, after_import)
		VALUES (?, ?, 'draft', ?, ?, (SELECT coalesce(max(id), 0) FROM imports)) RETURNING id`, deletion, r.DeviceID, toMillis(now), zone).Scan(&id); err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	if err := writeSteps(ctx, tx, id, r.Steps, `INSERT INTO request_items (request_id, recording_id, step)
		SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2)`); err != nil {
		return 0, fmt.Errorf("draft a request: %w", err)
	}
	return id, nil
}

const selectRequests = `SELECT q.id, q.deletion_id, q.status, q.created, q.time_zone, q.sent_on, q.sent_at, q.due_on, q.after_import, q.folder,
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'gone'),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'still-there'),
	(SELECT count(*) FROM request_items i WHERE i.request_id = q.id AND i.outcome = 'cannot-tell'),
	` + deviceColumns + `
	FROM requests q JOIN devices d ON d.id = q.device_id`

func scanRequest(rows *sql.Rows) (Request, error) {
	var r Request
	var created, sent int64
	err := r.Device.scan(rows, &r.ID, &r.DeletionID, &r.Status, &created, &r.TimeZone, &r.SentOn, &sent, &r.DueOn, &r.After, &r.Folder,
		&r.Recordings, &r.Gone, &r.StillThere, &r.CannotTell)
	r.Created, r.SentAt = fromMillis(created), fromMillis(sent)
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
		err = WithRemedy(ErrNotFound, ListRequests)
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

// MarkSent notes that a request was sent on a local day (YYYY-MM-DD), at a moment at the latest, with the day on which an
// answer is due, "" if no law sets one. steps are what was sent, nil for the steps that the library has.
func (db *DB) MarkSent(ctx context.Context, id int64, on, due string, at time.Time, steps []Step) error {
	return db.changeRequest(ctx, id, "mark as sent", steps,
		`UPDATE requests SET status = CASE status WHEN 'draft' THEN 'sent' ELSE status END, sent_on = ?2, due_on = ?3, sent_at = ?4 WHERE id = ?1`, on, due, toMillis(at))
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
			return WithRemedy(ErrNotFound, ListRequests)
		case err != nil:
			return err
		case followups > 0:
			return WithRemedy(errors.New("a follow-up to it was written already, so it was sent"), CorrectSent)
		case state == DeletionUndone:
			dropped = true
			_, err = tx.ExecContext(ctx, `DELETE FROM requests WHERE id = ?`, id)
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET status = 'draft', sent_on = '', due_on = '', sent_at = 0 WHERE id = ?`, id); err != nil {
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

// SetRequestFolder notes where a request's files were written, and which steps stand in them.
func (db *DB) SetRequestFolder(ctx context.Context, id int64, folder string, steps []Step) error {
	return db.changeRequest(ctx, id, "note the folder", steps, `UPDATE requests SET folder = ?2 WHERE id = ?1`, folder)
}

// changeRequest runs a statement on a request, and replaces its steps unless they are nil.
func (db *DB) changeRequest(ctx context.Context, id int64, what string, steps []Step, text string, args ...any) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		changed, err := changes(tx.ExecContext(ctx, text, append([]any{id}, args...)...))
		switch {
		case err != nil:
			return err
		case !changed:
			return WithRemedy(ErrNotFound, ListRequests)
		case steps == nil:
			return nil
		}
		return replaceSteps(ctx, tx, id, steps)
	})
	if err != nil {
		return fmt.Errorf("request %d: %s: %w", id, what, err)
	}
	return nil
}

// replaceSteps gives a request other steps for the same recordings.
func replaceSteps(ctx context.Context, tx *sql.Tx, request int64, steps []Step) error {
	had, err := readSteps(ctx, tx, request)
	if err != nil || SameSteps(had, steps) {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM request_steps WHERE request_id = ?`, request); err != nil {
		return err
	}
	return writeSteps(ctx, tx, request, steps, `UPDATE request_items SET step = i.value ->> 1 FROM json_each(?2) i
		WHERE request_id = ?1 AND recording_id = i.value ->> 0`)
}

// writeSteps writes the steps of a request that has none, and by a statement the step of each recording: ?1 is
// the request, ?2 a JSON array of pairs of recording and step.
func writeSteps(ctx context.Context, tx *sql.Tx, request int64, steps []Step, each string) error {
	var items [][2]int64
	for i, s := range steps {
		if _, err := tx.ExecContext(ctx, `INSERT INTO request_steps (request_id, step, kind, from_day, to_day) VALUES (?, ?, ?, ?, ?)`,
			request, i, s.Kind, s.From, s.To); err != nil {
			return err
		}
		for _, recording := range s.Recordings {
			items = append(items, [2]int64{recording, int64(i)})
		}
	}
	return inChunks(items, func(list string) error {
		_, err := tx.ExecContext(ctx, each, request, list)
		return err
	})
}

// Moment is one recording of a device as the maker may hold it: live, trashed or purged here.
type Moment struct {
	ID int64
	// Request is what became of it at the maker by the newest request in force that asks for it,
	// NotAsked if there is none. A request whose deletion was undone is in force only as far as an
	// export showed the recording to be gone.
	Request RequestStatus
}

// Timeline returns all that the maker may hold of a device, the oldest first, whatever became of
// it here.
func (db *DB) Timeline(ctx context.Context, device int64) ([]Moment, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Moment, error) {
		var m Moment
		return m, rows.Scan(&m.ID, &m.Request)
	}, `SELECT id, coalesce((SELECT CASE i.outcome WHEN '' THEN q.status ELSE i.outcome END
			FROM request_items i JOIN requests q ON q.id = i.request_id JOIN deletions d ON d.id = q.deletion_id
			WHERE i.recording_id = m.id AND (d.state <> 'undone' OR i.outcome = 'gone') ORDER BY i.request_id DESC LIMIT 1), 'none')
		FROM (SELECT id FROM recordings WHERE device_id = ?1 UNION ALL SELECT id FROM tombstones WHERE device_id = ?1) m
		ORDER BY id`, device)
	if err != nil {
		return nil, fmt.Errorf("read the timeline of a device: %w", err)
	}
	return found, nil
}
