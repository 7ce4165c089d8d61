package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// CheckReport is what [DB.Check] found.
type CheckReport struct {
	Recordings int
	AudioFiles int
	Integrity  []string // what SQLite finds damaged in the file, nothing if it is sound
	Index      string   // what is wrong with the search index, "" if nothing is
	Audio      []string // SHA-256 sums of sounds whose bytes are no longer what was imported
}

// Sound reports whether nothing is wrong.
func (r CheckReport) Sound() bool {
	return len(r.Integrity) == 0 && r.Index == "" && len(r.Audio) == 0
}

// Check reads the whole library and compares it with itself: the file's structure, the search
// index against the words, and each sound against its hash.
func (db *DB) Check(ctx context.Context) (CheckReport, error) {
	var report CheckReport
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return report, fmt.Errorf("check the library: %w", err)
	}
	defer conn.Close()
	// A connection forgets what it remembers of the index's segments when it opens the index, and
	// integrity_check does not: after another one's purge it would miss what is rightly gone.
	if _, err := conn.ExecContext(ctx, `SELECT rowid FROM words LIMIT 1`); err != nil {
		if ctx.Err() != nil {
			return report, fmt.Errorf("check the library: %w", err)
		}
		report.Integrity = append(report.Integrity, err.Error())
	}
	complaints, err := all(ctx, conn, scanValue[string], `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
		UNION ALL SELECT 'a row of ' || "table" || ' refers to what is not there' FROM pragma_foreign_key_check`)
	if err != nil {
		return report, fmt.Errorf("check the library: %w", err)
	}
	report.Integrity = append(report.Integrity, complaints...)
	// The check of the index is an INSERT by its form only.
	err = db.execute(ctx, `INSERT INTO words (words, rank) VALUES ('integrity-check', 1)`)
	switch {
	case err != nil && (ctx.Err() != nil || hint(err) != ""):
		return report, fmt.Errorf("check the search index: %w", err)
	case err != nil:
		report.Index = err.Error()
	}
	if err := db.checkAudio(ctx, &report); err != nil {
		return report, fmt.Errorf("check the audio: %w", err)
	}
	totals, err := db.Totals(ctx)
	report.Recordings = totals.Recordings + totals.Trashed
	return report, err
}

func (db *DB) checkAudio(ctx context.Context, report *CheckReport) (err error) {
	rows, err := db.read.QueryContext(ctx, `SELECT a.sha256, d.data FROM audio a LEFT JOIN audio_data d ON d.audio_id = a.id`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var sum []byte
		var data sql.RawBytes
		if err := rows.Scan(&sum, &data); err != nil {
			return err
		}
		report.AudioFiles++
		if found := sha256.Sum256(data); string(found[:]) != string(sum) {
			report.Audio = append(report.Audio, hex.EncodeToString(sum))
		}
	}
	return rows.Err()
}
