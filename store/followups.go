package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Followup is a letter that was written because the maker still had something.
type Followup struct {
	Request    int64
	Number     int // 1, 2, …
	Written    time.Time
	Recordings int // that were still there
	Folder     string
}

// Followups lists the follow-ups to a request in order, those to all requests if request is 0.
func (db *DB) Followups(ctx context.Context, request int64) ([]Followup, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Followup, error) {
		var f Followup
		var written int64
		err := rows.Scan(&f.Request, &f.Number, &written, &f.Recordings, &f.Folder)
		f.Written = fromMillis(written)
		return f, err
	}, `SELECT request_id, number, written, recordings, folder FROM request_followups
		WHERE ?1 = 0 OR request_id = ?1 ORDER BY request_id, number`, request)
	if err != nil {
		return nil, fmt.Errorf("list the follow-ups: %w", err)
	}
	return found, nil
}

// AddFollowup notes that a follow-up was written.
func (db *DB) AddFollowup(ctx context.Context, f Followup) error {
	if err := db.execute(ctx, `INSERT INTO request_followups (request_id, number, written, recordings, folder)
		VALUES (?, ?, ?, ?, ?)`, f.Request, f.Number, toMillis(f.Written), f.Recordings, f.Folder); err != nil {
		return fmt.Errorf("request %d: note follow-up %d: %w", f.Request, f.Number, err)
	}
	return nil
}
