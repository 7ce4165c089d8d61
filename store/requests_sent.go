package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Sending is that a request was sent.
type Sending struct {
	On  string    // local day YYYY-MM-DD
	By  string    // how, in the user's words; "" if not said
	At  time.Time // by which it was sent at the latest
	Due string    // local day by which an answer is due, "" if no law sets one
	// Written and Steps are what was sent. If Steps are nil, it was sent as its files were last written: what they
	// lack goes into a new draft.
	Written Written
	Steps   []Step
}

// MarkSent notes that a request was sent, which freezes it. If it was sent before, only the day, the way and the due day
// change.
func (db *DB) MarkSent(ctx context.Context, id int64, s Sending) error {
	return db.changeRequest(ctx, id, "mark as sent", func(tx *sql.Tx, r Request) error {
		if r.Status == Draft {
			if err := db.freeze(ctx, tx, r, s); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE requests SET status = CASE status WHEN 'draft' THEN 'sent' ELSE status END,
			sent_on = ?2, sent_by = ?3, sent_at = ?4, due_on = ?5 WHERE id = ?1`, id, s.On, s.By, toMillis(s.At), s.Due)
		return err
	})
}

// freeze writes what of a draft was sent.
func (db *DB) freeze(ctx context.Context, tx *sql.Tx, r Request, s Sending) error {
	if s.Steps != nil {
		if err := write(ctx, tx, r.ID, s.Written, s.Steps); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM request_items WHERE request_id = ? AND step < 0`, r.ID)
		return err
	}
	steps := slices.DeleteFunc(r.Steps, func(s Step) bool { return len(s.Recordings) == 0 })
	if len(steps) == 0 {
		return errors.New("its files were not written, so it is not known what was sent")
	}
	if err := replaceSteps(ctx, tx, r.ID, steps); err != nil {
		return err
	}
	return db.moveRest(ctx, tx, r)
}

// moveRest moves what a request asks for in no step, because it was added after the files were written, into a draft of
// its own.
func (db *DB) moveRest(ctx context.Context, tx *sql.Tx, r Request) error {
	var rest bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM request_items WHERE request_id = ? AND step < 0)`, r.ID).Scan(&rest); err != nil || !rest {
		return err
	}
	var draft int64
	if err := tx.QueryRowContext(ctx, `INSERT INTO requests (device_id, named_id, status, created, time_zone, after_import)
		SELECT device_id, named_id, 'draft', ?2, time_zone, after_import FROM requests WHERE id = ?1 RETURNING id`, r.ID, toMillis(db.now())).Scan(&draft); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE request_items SET request_id = ?2 WHERE request_id = ?1 AND step < 0`, r.ID, draft)
	return err
}

// MarkDraft takes back that a request was sent. What it asks for by deletions that were undone is taken out of it, and it
// is dropped if nothing is left, which is what dropped says. It fails if a letter or an answer followed.
func (db *DB) MarkDraft(ctx context.Context, id int64) (dropped bool, err error) {
	err = db.changeRequest(ctx, id, "make it a draft", func(tx *sql.Tx, r Request) error {
		var followed bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM request_letters WHERE request_id = ?1)
			OR EXISTS (SELECT 1 FROM request_answers WHERE request_id = ?1)`, id).Scan(&followed); err != nil {
			return err
		}
		if followed {
			return WithRemedy(errors.New("a letter or an answer followed it already, so it was sent"), CorrectSent)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE requests SET status = 'draft', sent_on = '', sent_by = '', due_on = '', sent_at = 0 WHERE id = ?`, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM request_items WHERE request_id = ?1 AND recording_id NOT IN
			(SELECT recording_id FROM asked WHERE request_id = ?1 AND in_force)`, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE request_items SET outcome = '' WHERE request_id = ?`, id); err != nil {
			return err
		}
		dropped = len(r.InForce()) == 0
		return settleDrafts(ctx, tx)
	})
	return dropped, err
}

// SetWritten notes what the files of a draft say, and with which steps. A request that was sent stays as it is.
func (db *DB) SetWritten(ctx context.Context, id int64, w Written, steps []Step) error {
	return db.changeRequest(ctx, id, "note the files", func(tx *sql.Tx, r Request) error {
		if r.Status != Draft {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM request_items WHERE request_id = ? AND withdrawn = 1`, id); err != nil {
			return err
		}
		return write(ctx, tx, id, w, steps)
	})
}

func write(ctx context.Context, tx *sql.Tx, id int64, w Written, steps []Step) error {
	files, err := json.Marshal(w.Files)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE requests SET folder = ?2, law = ?3, language = ?4, letter = ?5, files = ?6 WHERE id = ?1`,
		id, w.Folder, w.Law, w.Language, w.Letter, string(files)); err != nil {
		return err
	}
	return replaceSteps(ctx, tx, id, steps)
}

// Tick notes on which local day the step was done that removes some recordings, or with "" that it was not.
func (db *DB) Tick(ctx context.Context, id int64, recordings []int64, on string) error {
	return db.changeRequest(ctx, id, "tick off a step", func(tx *sql.Tx, _ Request) error {
		return inChunks(recordings, func(list string) error {
			_, err := tx.ExecContext(ctx, `UPDATE request_items SET done_on = ? WHERE request_id = ? AND recording_id IN (SELECT value FROM json_each(?))`, on, id, list)
			return err
		})
	})
}

// changeRequest runs work on a request in a transaction.
func (db *DB) changeRequest(ctx context.Context, id int64, what string, work func(tx *sql.Tx, r Request) error) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		r, err := findRequest(ctx, tx, id)
		if err != nil {
			return err
		}
		return work(tx, r)
	})
	if err != nil {
		return fmt.Errorf("request %d: %s: %w", id, what, err)
	}
	return nil
}

// replaceSteps gives a request other steps. Items that are in none of them are in no step.
func replaceSteps(ctx context.Context, tx *sql.Tx, request int64, steps []Step) error {
	for _, text := range []string{
		`DELETE FROM request_steps WHERE request_id = ?`,
		`UPDATE request_items SET step = -1 WHERE request_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, text, request); err != nil {
			return err
		}
	}
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
		_, err := tx.ExecContext(ctx, `UPDATE request_items SET step = i.value ->> 1 FROM json_each(?2) i
			WHERE request_id = ?1 AND recording_id = i.value ->> 0`, request, list)
		return err
	})
}
