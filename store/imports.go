package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ImportState is how an import stands or ended.
type ImportState string

// The states of an import. One that is still "running" when nobody runs it was interrupted;
// what it had committed is in the library and importing again adds the rest.
const (
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportCancelled ImportState = "cancelled"
	ImportFailed    ImportState = "failed"
)

// ImportCounts counts what an import did so far: each recording once, however many lists have it.
type ImportCounts struct {
	Added            int // recordings that are new here
	Completed        int // known recordings that gained words, audio, people, …
	Known            int // recordings that were here already, with nothing to add
	Tombstoned       int // recordings that were purged here and stay away
	Doubtful         int // left out, since they may be purged ones as well as others
	WithoutAudio     int // no audio came with them
	AudioWithoutText int // audio came with them, but no words
	Devices          int // that the recordings are of
}

// ImportReport is an import's account, kept with the library.
type ImportReport struct {
	ID       int64
	State    ImportState
	Started  time.Time
	Finished time.Time // the zero Time while it runs, or if it was interrupted
	Paths    []string
	Sources  []string  // names of the sources that recognised something
	Accounts []Account // whose history it read
	Missing  []string  // names of parts of its archives that no import has read
	ImportCounts
	Members       int             // whole members read: imported, ignored and failed
	Ignored       int             // whole members ignored
	FailedMembers int             // whole members that failed
	FailedRecords int             // records that failed while the rest of their member was imported
	Failed        []MemberOutcome // the members and records that failed; nil in a list of imports
	Tables        []MemberOutcome // the tables that were imported, with their columns; nil in a list of imports
}

// Imported counts the whole members that were imported.
func (r ImportReport) Imported() int { return r.Members - r.Ignored - r.FailedMembers }

// readImport reads one import's account, with the members that failed.
func readImport(ctx context.Context, from querier, id int64) (ImportReport, error) {
	found, err := all(ctx, from, scanImport, selectImports+` WHERE i.id = ? GROUP BY i.id`, id)
	if err != nil {
		return ImportReport{}, err
	}
	if len(found) == 0 {
		return ImportReport{}, ErrNotFound
	}
	report := found[0]
	if report.Failed, err = all(ctx, from, scanMember, selectMembers+` AND outcome = 'failed' ORDER BY id`, id); err == nil {
		report.Tables, err = all(ctx, from, scanMember, selectMembers+` AND columns <> '[]' ORDER BY id`, id)
	}
	return report, err
}

const selectImports = `SELECT i.id, i.state, i.started, coalesce(i.finished, 0), i.paths, i.sources, i.counts, i.missing,
	(SELECT json_group_array(json_object('ID', a.id, 'Vendor', a.vendor, 'Customer', a.customer, 'Name', a.name)) FROM (
		SELECT DISTINCT a.id, a.vendor, a.customer, n.name FROM exports e JOIN accounts a ON a.id = e.account_id JOIN account_names n ON n.id = a.id
		WHERE e.import_id = i.id ORDER BY e.id) a),
	count(*) FILTER (WHERE m.record = 0), count(*) FILTER (WHERE m.record = 0 AND m.outcome = 'ignored'),
	count(*) FILTER (WHERE m.record = 0 AND m.outcome = 'failed'), count(*) FILTER (WHERE m.record = 1)
	FROM imports i LEFT JOIN import_members m ON m.import_id = i.id`

func scanImport(rows *sql.Rows) (ImportReport, error) {
	var r ImportReport
	var started, finished int64
	var paths, sources, counts, missing, accounts []byte
	if err := rows.Scan(&r.ID, &r.State, &started, &finished, &paths, &sources, &counts, &missing, &accounts,
		&r.Members, &r.Ignored, &r.FailedMembers, &r.FailedRecords); err != nil {
		return r, err
	}
	r.Started, r.Finished = fromMillis(started), fromMillis(finished)
	return r, errors.Join(json.Unmarshal(paths, &r.Paths), json.Unmarshal(sources, &r.Sources), json.Unmarshal(counts, &r.ImportCounts), json.Unmarshal(missing, &r.Missing), json.Unmarshal(accounts, &r.Accounts))
}

// Imports lists the accounts of all imports in numbers, the newest first.
func (db *DB) Imports(ctx context.Context) ([]ImportReport, error) {
	reports, err := all(ctx, db.read, scanImport, selectImports+` GROUP BY i.id ORDER BY i.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	return reports, nil
}

// Import returns the account of one import with the members that failed. It returns an error that wraps
// [ErrNotFound] if there is no such import.
func (db *DB) Import(ctx context.Context, id int64) (ImportReport, error) {
	report, err := readImport(ctx, db.read, id)
	if errors.Is(err, ErrNotFound) {
		err = WithRemedy(err, ListImports)
	}
	if err != nil {
		return ImportReport{}, fmt.Errorf("import %d: %w", id, err)
	}
	return report, nil
}

// LastImportPaths is what the newest import read, nil if there is none.
func (db *DB) LastImportPaths(ctx context.Context) ([]string, error) {
	var text []byte
	err := db.read.QueryRowContext(ctx, `SELECT paths FROM imports ORDER BY id DESC LIMIT 1`).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var paths []string
	if err == nil {
		err = json.Unmarshal(text, &paths)
	}
	if err != nil {
		return nil, fmt.Errorf("read what was imported last: %w", err)
	}
	return paths, nil
}

// ColumnMap returns the mapping of columns that was given for a table header, nil if none was.
func (db *DB) ColumnMap(ctx context.Context, header string) (map[string]string, error) {
	var text []byte
	err := db.read.QueryRowContext(ctx, `SELECT map FROM column_maps WHERE header = ?`, header).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	columns := map[string]string{}
	if err == nil {
		err = json.Unmarshal(text, &columns)
	}
	if err != nil {
		return nil, fmt.Errorf("read the column mapping of a header: %w", err)
	}
	return columns, nil
}

// SetColumnMap remembers the mapping of columns for a table header.
func (db *DB) SetColumnMap(ctx context.Context, header string, columns map[string]string) error {
	text, err := json.Marshal(columns)
	if err == nil {
		err = db.execute(ctx, `INSERT INTO column_maps (header, map) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET map = excluded.map`, header, string(text))
	}
	if err != nil {
		return fmt.Errorf("remember the column mapping of a header: %w", err)
	}
	return nil
}
