package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ImportSummary is an import's account in numbers: its Failed is nil.
type ImportSummary struct {
	ImportReport
	FailedMembers int // whole members that failed
	FailedRecords int // records that failed while the rest of their member went in
}

// Imported counts the whole members that went in.
func (s ImportSummary) Imported() int { return s.Members - s.Ignored - s.FailedMembers }

// ImportSummaries lists all imports, the newest first, however many members they have.
func (db *DB) ImportSummaries(ctx context.Context) ([]ImportSummary, error) {
	found, err := all(ctx, db.read, scanImportSummary, `SELECT i.id, i.state, i.started, coalesce(i.finished, 0), i.paths, i.sources, i.counts,
		coalesce(m.members, 0), coalesce(m.ignored, 0), coalesce(m.failed, 0), coalesce(m.records, 0)
		FROM imports i LEFT JOIN (SELECT import_id, sum(record = 0) AS members,
			sum(record = 0 AND outcome = 'ignored') AS ignored,
			sum(record = 0 AND outcome = 'failed') AS failed,
			sum(record = 1) AS records FROM import_members GROUP BY import_id) m ON m.import_id = i.id
		ORDER BY i.id DESC`)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	return found, nil
}

func scanImportSummary(rows *sql.Rows) (ImportSummary, error) {
	var s ImportSummary
	var started, finished int64
	var paths, sources, counts []byte
	if err := rows.Scan(&s.ID, &s.State, &started, &finished, &paths, &sources, &counts,
		&s.Members, &s.Ignored, &s.FailedMembers, &s.FailedRecords); err != nil {
		return s, err
	}
	s.Started, s.Finished = fromMillis(started), fromMillis(finished)
	return s, errors.Join(json.Unmarshal(paths, &s.Paths), json.Unmarshal(sources, &s.Sources), json.Unmarshal(counts, &s.ImportCounts))
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

// MemberIDs finds the members of an import with an outcome, "" for any, by their names; [DB.Members]
// reads them. Of any outcome, each is followed by its records that failed; with MemberFailed
// all such records come after the whole members.
func (db *DB) MemberIDs(ctx context.Context, id int64, outcome Outcome) ([]int64, error) {
	// The name of a record is that of its member, a colon or a hash, and a number.
	ids, err := all(ctx, db.read, scanValue[int64],
		`SELECT id FROM import_members WHERE import_id = ? AND (outcome = ? OR ? = '')
		ORDER BY CASE WHEN ? = 'failed' THEN record END,
			CASE record WHEN 0 THEN member ELSE substr(rtrim(member, '0123456789'), 1, length(rtrim(member, '0123456789')) - 1) END, record, id`,
		id, string(outcome), string(outcome), string(outcome))
	if err != nil {
		return nil, fmt.Errorf("list the members of import %d: %w", id, err)
	}
	return ids, nil
}

// Members reads members of an import by their ids, in no order; those that are not there any more are left out.
func (db *DB) Members(ctx context.Context, ids []int64) (map[int64]MemberOutcome, error) {
	type member struct {
		id int64
		MemberOutcome
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	found, err := all(ctx, db.read, func(rows *sql.Rows) (m member, err error) {
		return m, rows.Scan(&m.id, &m.Member, &m.Outcome, &m.Reason, &m.Remedy, &m.Record)
	}, `SELECT id, `+memberColumns+` FROM import_members WHERE id IN (`+strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",")+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("read members of an import: %w", err)
	}
	members := make(map[int64]MemberOutcome, len(found))
	for _, m := range found {
		members[m.id] = m.MemberOutcome
	}
	return members, nil
}
