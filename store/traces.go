package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
)

// What a row leaves in the search index when it is removed depends on FTS5's option
// "secure-delete". With it, each of the row's terms is cut out of the index there and then.
// Without it they stay, along with marks of what is removed that repeat them, until some later merge
// of segments; "optimize" leaves marks where all segments happen to be of a level that is not the
// last, so that the whole index has to be made anew. The option is kept in the library, and here it also
// says how things stand: while it is on, the index has nothing that is not in the library. Whoever
// removes rows the other way switches it off, and with that marks the index dirty, also after an
// interruption. Before there is one it must not be on: of a row that was removed and written anew
// it would cut out the newer terms and lay bare the older.

// chooseErasing settles how a purge of n recordings erases them from the search index: one by one
// up to a row for each page that it has. On two slow cores, 200,000 recordings (2,141 pages)
// took 2.2 ms for each row that was cut out, or 0.6 ms and then 3 s for the new index; 50,000 (614
// pages) took 1 ms, or 0.3 ms and 0.55 s. That is even at 1,900 rows and at 800.
func (db *DB) chooseErasing(ctx context.Context, n int) error {
	var pages int // it lists them
	if err := db.read.QueryRowContext(ctx, `SELECT count(*) FROM words_idx`).Scan(&pages); err != nil {
		return err
	}
	if n <= pages {
		return nil // one by one, unless a new index is owed anyway
	}
	return db.update(ctx, func(tx *sql.Tx) error { return markIndexDirty(ctx, tx) })
}

// markIndexDirty makes the removal of rows from the search index fast, and leaves their terms there
// until the next purge.
func markIndexDirty(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO words (words, rank) VALUES ('secure-delete', 0)`)
	return err
}

// eraseTraces erases what is left of purged words outside the rows that held them: in the
// search index, in the deletions' queries and the past searches, on free pages and in the write-ahead log. A deletion
// counts as purged only when this is done.
func (db *DB) eraseTraces(ctx context.Context, deletions []Deletion) error {
	if err := db.cleanIndex(ctx); err != nil {
		return err
	}
	// A search for what is purged may stand in deletions that were undone, too. Only the words
	// of what still lies in the trash are kept.
	if err := db.execute(ctx, `UPDATE deletions SET query = '' WHERE NOT EXISTS
		(SELECT 1 FROM recordings WHERE deletion_id = deletions.id)`); err != nil {
		return err
	}
	// Past searches, too, may be for what is purged; which of them is for nothing else cannot be told.
	if err := db.update(ctx, forgetSearches); err != nil {
		return err
	}
	if err := db.update(ctx, func(tx *sql.Tx) error { return eraseQuotes(ctx, tx) }); err != nil {
		return err
	}
	// The maker makes the title of a conversation of what was said in it.
	if err := db.execute(ctx, `UPDATE devices SET maker_name = '', user_name = '' WHERE type = ? AND NOT EXISTS
		(SELECT 1 FROM recordings WHERE device_id = (SELECT root FROM roots WHERE roots.id = devices.id))`, Conversation); err != nil {
		return err
	}
	if err := db.execute(ctx, `PRAGMA incremental_vacuum`); err != nil {
		return err
	}
	if err := db.truncateLog(ctx); err != nil {
		return err
	}
	return db.update(ctx, func(tx *sql.Tx) error {
		for _, d := range deletions {
			if _, err := tx.ExecContext(ctx, `UPDATE deletions SET state = 'purged' WHERE id = ?`, d.ID); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE deletion_id = ?`, d.ID); err != nil {
				return err
			}
		}
		return dropFixedMerges(ctx, tx)
	})
}

// cleanIndex makes the index anew if that is owed, or else sees to where terms that were cut out one by
// one may still be read.
func (db *DB) cleanIndex(ctx context.Context) error {
	return db.update(ctx, func(tx *sql.Tx) error {
		var clean bool
		if err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT v FROM words_config WHERE k = 'secure-delete'), 0)`).Scan(&clean); err != nil {
			return err
		}
		if clean {
			return cleanSeparators(ctx, tx)
		}
		for _, text := range []string{
			`INSERT INTO words (words) VALUES ('rebuild')`,
			`INSERT INTO words (words, rank) VALUES ('secure-delete', 1)`,
		} {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// cleanSeparators replaces what the index's list of pages, FTS5's shadow table words_idx, still has
// of erased terms. It names a page by the beginning, which may be the whole, of the term that came
// first on it, and goes on doing so when the term is cut out. The first term that is still there from
// that one on serves as well, as none lies between. Terms stand there behind a '0'; those behind a
// '1' are the prefixes, single letters.
func cleanSeparators(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, instance)`); err != nil {
		return err
	}
	type separator struct {
		segment int64
		term    []byte
		next    []byte // the first term from it on, nil if there is none
	}
	found, err := all(ctx, tx, func(rows *sql.Rows) (separator, error) {
		var s separator
		return s, rows.Scan(&s.segment, &s.term, &s.next)
	}, `SELECT segid, term, (SELECT CAST('0' || v.term AS BLOB) FROM temp.vocabulary v
		WHERE v.term >= CAST(substr(i.term, 2) AS TEXT) LIMIT 1)
		FROM words_idx i WHERE substr(term, 1, 1) = x'30' AND length(term) > 1`)
	for _, s := range found {
		if err == nil && s.next != nil && !bytes.HasPrefix(s.next, s.term) {
			_, err = tx.ExecContext(ctx, `UPDATE words_idx SET term = ? WHERE segid = ? AND term = ?`, s.next, s.segment, s.term)
		}
	}
	return err
}

// truncateLog moves the write-ahead log into the library's file and empties it.
func (db *DB) truncateLog(ctx context.Context) error {
	var busy, pages, moved int
	if err := db.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return explain(err)
	}
	if busy != 0 {
		return errors.New("the library is being read elsewhere, so its write-ahead log could not be emptied")
	}
	return nil
}
