package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A clip is often called after its words, and so is what lies beside it. So the names of the members that
// belong to one recording alone go with it in a purge: from the import's account, where an empty name stands
// for them, and from the paths that were imported. A table with more recordings keeps its name.

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
	Columns []Column
}

// Column is a column of an imported table, and what it was taken to hold.
type Column struct {
	Role      string    `json:"role"`       // as an import's mapping names it, such as time or text
	Column    string    `json:"column"`     // its name, or its number, counted from 1
	DecidedBy DecidedBy `json:"decided_by"` // how it was recognised
}

// DecidedBy says how a column of a table was recognised.
type DecidedBy string

// How a column was recognised.
const (
	DecidedByMap     DecidedBy = "map"     // the user named it
	DecidedByName    DecidedBy = "name"    // its name says it
	DecidedByContent DecidedBy = "content" // guessed by its cells
)

// erasedName is shown for a member whose name a purge erased.
const erasedName = "(purged)"

// memberColumns are what scanMember needs.
const memberColumns = `coalesce(nullif(member, ''), '` + erasedName + `'), outcome, reason, remedy, record, columns`

func scanMember(rows *sql.Rows) (m MemberOutcome, err error) { return m, m.scan(rows) }

// scan reads a row that has memberColumns behind others.
func (m *MemberOutcome) scan(rows *sql.Rows, others ...any) error {
	var columns []byte
	if err := rows.Scan(append(others, &m.Member, &m.Outcome, &m.Reason, &m.Remedy, &m.Record, &columns)...); err != nil {
		return err
	}
	return json.Unmarshal(columns, &m.Columns)
}

const selectMembers = `SELECT ` + memberColumns + ` FROM import_members WHERE import_id = ?`

// ImportMembers accounts for every member of an import, in the order in which they were read.
func (db *DB) ImportMembers(ctx context.Context, id int64) ([]MemberOutcome, error) {
	members, err := all(ctx, db.read, scanMember, selectMembers+` ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("list the members of import %d: %w", id, err)
	}
	return members, nil
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
		return m, m.scan(rows, &m.id)
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

// holding is what is known of the recordings that a member holds while it is read.
type holding struct {
	recording int64 // the first one, or the tombstone; 0 if it is in doubt
	several   bool
	purged    bool // it stays away
}

// hold notes what became of an entry, and accounts for the members that are its own.
func (w *writer) hold(e *entry, outcome putOutcome) {
	own := holding{purged: outcome == putTombstoned || outcome == putDoubtful}
	if e.found != nil {
		own.recording = e.found.id
	}
	h := w.im.held.get(e.Origin)
	was := h
	if h == (holding{}) {
		h = own
	} else if h.recording != own.recording || outcome == putDoubtful {
		h.several = true
	}
	if h != was {
		w.im.held.set(e.Origin, h)
	}
	for _, m := range e.Members {
		w.im.held.set(m.Member, own)
		w.accountForMember(m)
	}
}

// accountForMember accounts for a member, without its name if all that it holds stays away, or if it lies beside such
// a one.
func (w *writer) accountForMember(m MemberOutcome) {
	h := w.im.held.get(m.Member)
	holds := h != (holding{})
	if holds {
		w.im.held.set(m.Member, holding{})
	}
	switch {
	case h.several:
		h.recording = 0
	case h.purged:
		w.erased[m.Member] = true
		w.im.erased.set(stemOf(m.Member), true)
		m.Member = ""
	case !holds && m.Outcome != MemberImported && w.liesBeside(m.Member):
		m.Member = ""
	}
	columns, _ := json.Marshal(append([]Column{}, m.Columns...)) // of texts
	w.members.add(w.im.id, m.Member, m.Outcome, m.Reason, m.Remedy, m.Record, m.MayHold || m.Outcome == MemberFailed, string(columns), h.recording)
}

// liesBeside reports whether a member, or a record, is called like a member whose name is not kept.
func (w *writer) liesBeside(name string) bool {
	h := w.im.held.get(memberOf(name))
	return w.im.erased.get(stemOf(name)) || h.purged && !h.several
}

// writeMembers accounts for the members that are no recording's own, and erases from the paths the names that
// were not written.
func (w *writer) writeMembers(ctx context.Context) error {
	for _, m := range w.im.pending.members {
		w.accountForMember(m)
	}
	if err := w.members.write(ctx, w.tx); err != nil {
		return err
	}
	return erasePaths(ctx, w.tx, w.im.id, w.erased)
}

// purgeMembers erases the names of the members that the recordings of a batch were read from, and those of
// what failed or was ignored beside them.
func purgeMembers(ctx context.Context, tx *sql.Tx, deletion, last int64) error {
	type named struct {
		importID int64
		name     string
	}
	found, err := all(ctx, tx, func(rows *sql.Rows) (named, error) {
		var n named
		return n, rows.Scan(&n.importID, &n.name)
	}, `SELECT import_id, member FROM import_members WHERE member <> '' AND recording_id IN (SELECT id FROM recordings WHERE`+ofBatch+`)`, deletion, last)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE import_members SET member = '' WHERE recording_id IN
		(SELECT id FROM recordings WHERE`+ofBatch+`)`, deletion, last); err != nil {
		return err
	}
	names := map[int64]map[string]bool{} // by import
	for _, n := range found {
		if names[n.importID] == nil {
			names[n.importID] = map[string]bool{}
		}
		names[n.importID][n.name] = true
	}
	for id, erased := range names {
		if err := eraseBeside(ctx, tx, id, erased); err != nil {
			return err
		}
		if err := erasePaths(ctx, tx, id, erased); err != nil {
			return err
		}
	}
	return nil
}

// eraseBeside erases the names of the members without a recording that are called like erased ones but for
// what a name may begin or end with: of a Mac's twins of files, of copies and notes, of records that failed.
func eraseBeside(ctx context.Context, tx *sql.Tx, importID int64, erased map[string]bool) error {
	stems := map[string]bool{}
	for name := range erased {
		stems[stemOf(name)] = true
	}
	type row struct {
		id   int64
		name string
	}
	rows, err := all(ctx, tx, func(rows *sql.Rows) (row, error) {
		var r row
		return r, rows.Scan(&r.id, &r.name)
	}, `SELECT id, member FROM import_members WHERE import_id = ? AND outcome IN ('failed', 'ignored') AND recording_id IS NULL AND member <> ''`, importID)
	for _, r := range rows {
		if err == nil && stems[stemOf(r.name)] {
			_, err = tx.ExecContext(ctx, `UPDATE import_members SET member = '' WHERE id = ?`, r.id)
		}
	}
	return err
}

// memberOf returns the name of the member in which a record stands: member:line or member#index.
func memberOf(name string) string {
	if place := strings.TrimRight(name, "0123456789"); strings.HasSuffix(place, ":") || strings.HasSuffix(place, "#") {
		return place[:len(place)-1]
	}
	return name
}

// stemOf is what a file is called in lower case, without its folder, its extensions, and the place of a record in it.
func stemOf(name string) string {
	name = strings.TrimPrefix(strings.ToLower(path.Base(memberOf(name))), "._")
	for ext := path.Ext(name); len(ext) > 1 && len(ext) <= len(".json") && ext != name; ext = path.Ext(name) {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// erasePaths takes files of the given names out of the paths that an import was given, and out of the files of its exports.
func erasePaths(ctx context.Context, tx *sql.Tx, importID int64, names map[string]bool) error {
	if len(names) == 0 {
		return nil
	}
	bases := map[string]bool{}
	for name := range names {
		bases[path.Base(name)] = true
	}
	if err := eraseFiles(ctx, tx, importID, bases); err != nil {
		return err
	}
	var text []byte
	var paths []string
	if err := tx.QueryRowContext(ctx, `SELECT paths FROM imports WHERE id = ?`, importID).Scan(&text); err != nil {
		return err
	}
	if err := json.Unmarshal(text, &paths); err != nil {
		return err
	}
	changed := false
	for i, p := range paths {
		if bases[filepath.Base(p)] {
			paths[i], changed = filepath.Join(filepath.Dir(p), erasedName), true
		}
	}
	if !changed {
		return nil
	}
	text, err := json.Marshal(paths)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE imports SET paths = ? WHERE id = ?`, string(text), importID)
	}
	return err
}

// eraseFiles takes the given names out of the files of an import's exports.
func eraseFiles(ctx context.Context, tx *sql.Tx, importID int64, names map[string]bool) error {
	list, err := json.Marshal(slices.Collect(maps.Keys(names)))
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE export_files SET name = ? WHERE import_id = ? AND name IN (SELECT value FROM json_each(?))`, erasedName, importID, string(list))
	}
	return err
}

// Quoted marks a part of a reason that repeats contents of an export, which a purge erases.
func Quoted(contents string) string { return quotesOpen + contents + "”" }

const quotesOpen = "“"

// eraseQuotes cuts off all reasons where they begin to quote contents: the rows that failed to be read may
// have been read by another import, and purged.
func eraseQuotes(ctx context.Context, tx *sql.Tx) error {
	_, err := changeRows(ctx, tx, "import_members", `reason = substr(reason, 1, instr(reason, ?1)) || ?2`,
		`outcome IN ('failed', 'ignored') AND instr(reason, ?1) > 0 AND substr(reason, instr(reason, ?1) + 1) <> ?2`, quotesOpen, "…”")
	return err
}
