package store

import (
	"context"
	"database/sql"
	"errors"
)

// counter counts each recording of an import once, however many of its lists have it: by the best
// that became of it, and by all that came with it. What was counted is kept in a table of the
// connection's own, some 15 bytes a recording, which is part of the batch's transaction and gone
// with the import.
type counter struct {
	tx       *cachedTx
	importID int64
	counts   ImportCounts
}

// seen is what an import has counted of a recording.
type seen struct {
	outcome     putOutcome
	heard, said bool // whether it came with a sound, with words
}

func newCounter(ctx context.Context, tx *cachedTx, importID int64, counts ImportCounts) (*counter, error) {
	_, err := tx.ExecContext(ctx, `CREATE TEMP TABLE IF NOT EXISTS seen (import_id INTEGER, recording_id INTEGER,
		outcome INTEGER NOT NULL, heard INTEGER NOT NULL, said INTEGER NOT NULL, PRIMARY KEY (import_id, recording_id)) STRICT, WITHOUT ROWID`)
	return &counter{tx, importID, counts}, err
}

// count counts recording id, which rec was found to be. What is in doubt was found to be none, so each of
// it counts.
func (c *counter) count(ctx context.Context, id int64, outcome putOutcome, rec *Incoming) error {
	now := seen{outcome, rec.Audio != nil, rec.Transcript != ""}
	if outcome == putDoubtful {
		c.counts.add(now, 1)
		return nil
	}
	var was seen
	switch err := c.tx.QueryRowContext(ctx, `SELECT outcome, heard, said FROM temp.seen WHERE import_id = ? AND recording_id = ?`,
		c.importID, id).Scan(&was.outcome, &was.heard, &was.said); {
	case err == nil:
		c.counts.add(was, -1)
		now = seen{min(was.outcome, now.outcome), was.heard || now.heard, was.said || now.said}
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	c.counts.add(now, 1)
	if now == was {
		return nil
	}
	_, err := c.tx.ExecContext(ctx, `INSERT OR REPLACE INTO temp.seen (import_id, recording_id, outcome, heard, said) VALUES (?, ?, ?, ?, ?)`,
		c.importID, id, now.outcome, now.heard, now.said)
	return err
}

// add adds n recordings of which the same was counted.
func (c *ImportCounts) add(what seen, n int) {
	switch what.outcome {
	case putAdded:
		c.Added += n
	case putCompleted:
		c.Completed += n
	case putKnown:
		c.Known += n
	case putTombstoned:
		c.Tombstoned += n
	case putDoubtful:
		c.Doubtful += n
	}
	switch {
	case !what.heard:
		c.WithoutAudio += n
	case !what.said:
		c.AudioWithoutText += n
	}
}

// forgetSeen lets go of what was counted for an import.
func forgetSeen(ctx context.Context, tx *sql.Tx, importID int64) error {
	var exists bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM temp.sqlite_schema WHERE name = 'seen')`).Scan(&exists)
	if err == nil && exists {
		_, err = tx.ExecContext(ctx, `DELETE FROM temp.seen WHERE import_id = ?`, importID)
	}
	return err
}
