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

// Outcome is what became of a member of an archive.
type Outcome string

// The outcomes of a member.
const (
	MemberImported Outcome = "imported"
	MemberIgnored  Outcome = "ignored"
	MemberFailed   Outcome = "failed"
)

// MemberOutcome accounts for one member of an archive, or, with Record set, for one record
// inside a member that failed while the rest of its member went in.
type MemberOutcome struct {
	Member  string // path inside the input; member:line or member#index for a record
	Outcome Outcome
	Reason  string // "" if there is nothing to say; what it quotes from the member is marked with [Quoted]
	Remedy  Remedy // how to import the member after all, "" if no way is known
	Record  bool
	MayHold bool // it may hold recordings that were not read, which every member that failed may
}

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
	Sources  []string // names of the sources that recognised something
	ImportCounts
	Members int             // whole members read: imported, ignored and failed
	Ignored int             // whole members ignored
	Failed  []MemberOutcome // members and records that failed
}

// readImport reads one import's account, with the members that failed.
func readImport(ctx context.Context, from querier, id int64) (ImportReport, error) {
	found, err := all(ctx, from, scanImport, selectImports+` WHERE i.id = ?`, id)
	if err != nil {
		return ImportReport{}, err
	}
	if len(found) == 0 {
		return ImportReport{}, ErrNotFound
	}
	report := found[0]
	report.Failed, err = all(ctx, from, scanMember, selectMembers+` AND outcome = 'failed' ORDER BY id`, id)
	return report, err
}

const selectImports = `SELECT i.id, i.state, i.started, coalesce(i.finished, 0), i.paths, i.sources, i.counts,
	(SELECT count(*) FROM import_members m WHERE m.import_id = i.id AND m.record = 0),
	(SELECT count(*) FROM import_members m WHERE m.import_id = i.id AND m.record = 0 AND m.outcome = 'ignored')
	FROM imports i`

func scanImport(rows *sql.Rows) (ImportReport, error) {
	var r ImportReport
	var started, finished int64
	var paths, sources, counts []byte
	if err := rows.Scan(&r.ID, &r.State, &started, &finished, &paths, &sources, &counts, &r.Members, &r.Ignored); err != nil {
		return r, err
	}
	r.Started, r.Finished = fromMillis(started), fromMillis(finished)
	return r, errors.Join(json.Unmarshal(paths, &r.Paths), json.Unmarshal(sources, &r.Sources), json.Unmarshal(counts, &r.ImportCounts))
}

const selectMembers = `SELECT ` + memberColumns + ` FROM import_members WHERE import_id = ?`

// Imports lists all imports, the newest first, each with the members that failed.
func (db *DB) Imports(ctx context.Context) ([]ImportReport, error) {
	reports, err := all(ctx, db.read, scanImport, selectImports+` ORDER BY i.id DESC`)
	for i := range reports {
		if err == nil {
			reports[i].Failed, err = all(ctx, db.read, scanMember, selectMembers+` AND outcome = 'failed' ORDER BY id`, reports[i].ID)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	return reports, nil
}

// ImportMembers accounts for every member of an import, in the order in which they were read.
func (db *DB) ImportMembers(ctx context.Context, id int64) ([]MemberOutcome, error) {
	if _, err := readImport(ctx, db.read, id); err != nil {
		return nil, WithRemedy(fmt.Errorf("import %d: %w", id, err), ListImports)
	}
	members, err := all(ctx, db.read, scanMember, selectMembers+` ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("list the members of import %d: %w", id, err)
	}
	return members, nil
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
