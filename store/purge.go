package store

import (
	"context"
	"database/sql"
	"fmt"
)

// purgeBatch is how many recordings one transaction of a purge erases. Of smaller ones the search
// index has more to merge.
const purgeBatch = 5000

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
			err = WithRemedy(fmt.Errorf("deletion %d has nothing in the trash", id), ListTrash)
		}
		deletions = []Deletion{d}
	}
	total := 0
	for _, d := range deletions {
		if err != nil {
			break
		}
		var rest int // after an interruption, less than the deletion's
		err = db.read.QueryRowContext(ctx, `SELECT count(*) FROM recordings WHERE deletion_id = ?`, d.ID).Scan(&rest)
		total += rest
	}
	if err == nil {
		err = db.chooseErasing(ctx, total)
	}
	if err != nil {
		return result, fmt.Errorf("purge: %w", err)
	}
	for _, d := range deletions {
		for {
			n, bytes, err := db.purgeBatch(ctx, d.ID)
			if err != nil {
				return result, fmt.Errorf("purge: %w (run it again to finish)", err)
			}
			if n == 0 {
				break
			}
			result.Recordings, result.Bytes = result.Recordings+n, result.Bytes+bytes
			if progress != nil {
				progress(result.Recordings, total)
			}
		}
	}
	// Also where the trash is empty: an undo may have emptied it after a purge was interrupted.
	if err = db.eraseTraces(ctx, deletions); err != nil {
		return result, fmt.Errorf("purge: erase the traces: %w (run it again to finish)", err)
	}
	return result, nil
}

// ofBatch is the condition on the recordings of a batch: those of a deletion (?1) up to an id (?2).
const ofBatch = ` deletion_id = ?1 AND id <= ?2 `

// purgeBatch erases the first recordings of a deletion. It sets their tombstones.
func (db *DB) purgeBatch(ctx context.Context, deletion int64) (n int, bytes int64, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		var last sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT count(*), max(id) FROM
			(SELECT id FROM recordings WHERE deletion_id = ? ORDER BY id LIMIT ?)`, deletion, purgeBatch).Scan(&n, &last); err != nil || n == 0 {
			return err
		}
		exec := func(text string, args ...any) {
			if err == nil {
				_, err = tx.ExecContext(ctx, text, append([]any{deletion, last.Int64}, args...)...)
			}
		}
		exec(`INSERT INTO tombstones (id, device_id, named_id, deletion_id, kinds, vendor_id, unintended, purged)
			SELECT id, device_id, named_id, deletion_id, kinds, vendor_id, unintended, ?3 FROM recordings WHERE`+ofBatch, toMillis(db.now()))
		exec(`INSERT INTO words (words, rowid, transcript, reply)
			SELECT 'delete', id, transcript, reply FROM recordings WHERE` + ofBatch + `ORDER BY id`)
		if err == nil {
			err = purgeKeys(ctx, tx, deletion, last.Int64)
		}
		if err == nil {
			err = purgeMembers(ctx, tx, deletion, last.Int64)
		}
		if err == nil {
			bytes, err = purgeSounds(ctx, tx, deletion, last.Int64)
		}
		exec(`DELETE FROM recordings WHERE` + ofBatch)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM people WHERE NOT EXISTS
			(SELECT 1 FROM recording_people WHERE person_id = people.id)`)
		return err
	})
	return n, bytes, err
}

// purgeKeys erases the keys of a batch that were made with words or sounds in them: words can be guessed
// and the guess be tried.
func purgeKeys(ctx context.Context, tx *sql.Tx, deletion, last int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM recording_keys WHERE kind = 0 AND recording_id IN
		(SELECT id FROM recordings WHERE`+ofBatch+`)`, deletion, last)
	return err
}

// purgeSounds erases the sounds of a batch that no other recording has, and returns their bytes.
// The batch still refers to them until it is erased itself.
func purgeSounds(ctx context.Context, tx *sql.Tx, deletion, last int64) (bytes int64, err error) {
	if _, err := tx.ExecContext(ctx, `PRAGMA defer_foreign_keys = 1`); err != nil { // until the transaction ends
		return 0, err
	}
	sizes, err := all(ctx, tx, scanValue[int64], `DELETE FROM audio WHERE id IN (SELECT audio_id FROM recordings WHERE`+ofBatch+`)
		AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.audio_id = audio.id AND (r.deletion_id IS NOT ?1 OR r.id > ?2))
		RETURNING bytes`, deletion, last)
	for _, n := range sizes {
		bytes += n
	}
	return bytes, err
}
