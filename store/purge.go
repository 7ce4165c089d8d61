package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// purgeBatch is how many recordings one transaction of a purge erases.
const purgeBatch = 500

// PurgeResult is what a purge erased.
type PurgeResult struct {
	Recordings int
	Bytes      int64 // of audio that nothing refers to any more
}

// Purge erases what a deletion put in the trash, all of the trash if id is 0, beyond recovery:
// words, replies, people and sound, in the library's file and its write-ahead log. What stays of
// each recording is a tombstone. Purge works in batches: interrupted, it leaves a sound library
// with the rest still in the trash, and is finished by being run again. progress, if not nil,
// is told how many recordings are done.
func (db *DB) Purge(ctx context.Context, id int64, progress func(done, total int)) (PurgeResult, error) {
	var result PurgeResult
	deletions, err := db.Trash(ctx)
	if id != 0 {
		var d Deletion
		d, err = findDeletion(ctx, db.read, id)
		if err == nil && (d.State != DeletionDone || !d.Local) {
			err = fmt.Errorf("deletion %d has nothing in the trash (unsaid trash lists those that have)", id)
		}
		deletions = []Deletion{d}
	}
	if err != nil {
		return result, fmt.Errorf("purge: %w", err)
	}
	if len(deletions) == 0 {
		return result, nil
	}
	total := 0
	for _, d := range deletions {
		total += d.Recordings
	}
	for _, d := range deletions {
		for {
			n, bytes, err := db.purgeBatch(ctx, d.ID)
			if err != nil {
				return result, fmt.Errorf("purge: %w (run it again to finish)", err)
			}
			result.Recordings, result.Bytes = result.Recordings+n, result.Bytes+bytes
			if progress != nil {
				progress(result.Recordings, total)
			}
			if n < purgeBatch {
				break
			}
		}
	}
	if err := db.eraseTraces(ctx, deletions); err != nil {
		return result, fmt.Errorf("purge: erase the traces: %w (run it again to finish)", err)
	}
	return result, nil
}

// purgeBatch erases some recordings of a deletion.
func (db *DB) purgeBatch(ctx context.Context, deletion int64) (n int, bytes int64, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		recordings, err := all(ctx, tx, scanRecording, selectRecordings+`WHERE r.deletion_id = ? LIMIT ?`, deletion, purgeBatch)
		if err != nil {
			return err
		}
		for i := range recordings {
			freed, err := db.purgeOne(ctx, tx, &recordings[i])
			if err != nil {
				return fmt.Errorf("recording %d: %w", recordings[i].ID, err)
			}
			bytes += freed
		}
		n = len(recordings)
		_, err = tx.ExecContext(ctx, `DELETE FROM people WHERE id NOT IN (SELECT person_id FROM recording_people)`)
		return err
	})
	return n, bytes, err
}

// purgeOne erases one recording and sets its tombstone. Keys that were made with words in them
// go too: words can be guessed and the guess be tried. Where that was all there was, the place
// in time stands in for them.
func (db *DB) purgeOne(ctx context.Context, tx *sql.Tx, r *Recording) (freed int64, err error) {
	exec := func(text string, args ...any) {
		if err == nil {
			_, err = tx.ExecContext(ctx, text, args...)
		}
	}
	exec(`INSERT INTO tombstones (id, device_id, deletion_id, vendor_id, purged) VALUES (?, ?, ?, ?, ?)`,
		r.ID, r.Device.ID, r.DeletionID, nullable(r.VendorID), toMillis(db.now()))
	exec(`INSERT INTO words (words, rowid, transcript, reply) VALUES ('delete', ?, ?, ?)`, r.ID, r.Transcript, r.Reply)
	exec(`DELETE FROM recordings WHERE id = ?`, r.ID)
	exec(`DELETE FROM recording_keys WHERE recording_id = ? AND words = 1`, r.ID)
	exec(`INSERT OR IGNORE INTO recording_keys (key, recording_id, words)
		SELECT ?1, ?2, 0 WHERE NOT EXISTS (SELECT 1 FROM recording_keys WHERE recording_id = ?2)`,
		placeKey(r.Device.ID, r.ID>>idBits), r.ID)
	if err != nil || r.Audio == nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `DELETE FROM audio WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM recordings WHERE audio_id = ?1)
		RETURNING bytes`, r.Audio.ID).Scan(&freed)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil // another recording has the same sound
	}
	return freed, err
}

// eraseTraces erases what is left of purged words outside the rows that held them: in the
// segments of the search index, in the deletions' queries, on free pages and in the write-ahead
// log. A deletion counts as purged only when this is done.
func (db *DB) eraseTraces(ctx context.Context, deletions []Deletion) error {
	if err := db.update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO words (words) VALUES ('optimize')`); err != nil {
			return err
		}
		// A search for what is purged may stand in deletions that were undone, too. Only the words
		// of what still lies in the trash are kept.
		_, err := tx.ExecContext(ctx, `UPDATE deletions SET query = '' WHERE NOT EXISTS
			(SELECT 1 FROM recordings WHERE deletion_id = deletions.id)`)
		return err
	}); err != nil {
		return err
	}
	if _, err := db.write.ExecContext(ctx, `PRAGMA incremental_vacuum`); err != nil {
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
		}
		return nil
	})
}

// truncateLog moves the write-ahead log into the library's file and empties it.
func (db *DB) truncateLog(ctx context.Context) error {
	var busy, pages, moved int
	if err := db.write.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("the library is being read elsewhere, so its write-ahead log could not be emptied")
	}
	return nil
}
