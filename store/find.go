package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// IDs returns the ids of all recordings that q chooses, in its order: as many as there are,
// so that they can be jumped in and marked, without reading one of them.
func (db *DB) IDs(ctx context.Context, q Query) ([]int64, error) {
	return db.find(ctx, q, -1, 0)
}

// Page returns the recordings of q from the offset-th on, at most limit of them. It reads
// no more of the library than it needs to, which for the longest is all that q chooses.
func (db *DB) Page(ctx context.Context, q Query, limit, offset int) ([]Recording, error) {
	ids, err := db.find(ctx, q, limit, offset)
	if err != nil {
		return nil, err
	}
	return db.Recordings(ctx, ids)
}

// Count returns how many recordings q chooses.
func (db *DB) Count(ctx context.Context, q Query) (n int, err error) {
	s, err := db.statement(ctx, q, byState)
	switch {
	case err != nil:
		return 0, fmt.Errorf("search: %w", err)
	case s.keep != nil || !s.anyLive():
		err := db.tally(ctx, q, "0", func(_ string, recordings int) { n += recordings })
		return n, err
	}
	text, args := s.ids()
	if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM ("+text+")", args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count recordings: %w", err)
	}
	return n, nil
}

// find returns up to limit ids, all if it is negative, after having passed over offset.
func (db *DB) find(ctx context.Context, q Query, limit, offset int) ([]int64, error) {
	s, err := db.statement(ctx, q, byState)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	text, args := s.ids()
	if q.Sort == Longest {
		text, args = s.sql("", "recordings r")
	}
	text += s.order(q.Sort)
	if s.keep == nil && limit >= 0 {
		text += fmt.Sprintf(" LIMIT %d OFFSET %d", limit, offset)
		offset = 0
	}
	rows, err := db.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer rows.Close()
	ids := []int64{}
	for (limit < 0 || len(ids) < limit) && rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		switch {
		case s.keep != nil && !s.keep(id):
		case offset > 0:
			offset--
		default:
			ids = append(ids, id)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return ids, nil
}

// statement is a query as SQL. What SQL cannot tell, such as the local hour, is left to keep,
// which is nil if there is nothing of that kind.
type statement struct {
	match []string // full-text expressions, all of which hold
	where []string
	args  []any
	keep  func(id int64) bool
	trash bool // what is in the trash is chosen
}

// and adds a condition; the first of args stands for its first question mark.
func (s *statement) and(not bool, condition string, args ...any) {
	if not {
		condition = "NOT (" + condition + ")"
	}
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

// sql returns the SELECT of the ids and further columns, in no order, and its arguments. columnArgs are those
// of the columns. table is recordings r, or how to read it.
func (s *statement) sql(columns, table string, columnArgs ...any) (string, []any) {
	where := strings.Join(s.where, " AND ")
	if len(s.match) == 0 {
		return "SELECT r.id" + columns + " FROM " + table + " WHERE " + where, append(columnArgs, s.args...)
	}
	// CROSS JOIN keeps the order of the tables: SQLite looks up only the recordings that match.
	return "SELECT words.rowid" + columns + " FROM words CROSS JOIN " + table + " ON r.id = words.rowid WHERE words MATCH ? AND " + where,
		append(append(columnArgs, strings.Join(s.match, " AND ")), s.args...)
}

// anyLive reports whether anything that is live is chosen that has the words.
func (s *statement) anyLive() bool { return len(s.where) == 1 && !s.trash }

// ids is sql without further columns. As long as the trash is empty, no recording has to be looked up that has the words.
func (s *statement) ids() (string, []any) {
	if !s.anyLive() || len(s.match) == 0 {
		return s.sql("", "recordings r")
	}
	return `SELECT words.rowid FROM words WHERE words MATCH ? AND (NOT EXISTS (SELECT 1 FROM recordings WHERE state = 1)
		OR (SELECT state FROM recordings WHERE id = words.rowid) = 0)`, []any{strings.Join(s.match, " AND ")}
}

// order is the ORDER BY. By time it needs no sort: the rows of the index that is walked, be it the
// full-text one or one of recordings, are in order of their ids.
func (s *statement) order(sort Sorting) string {
	id := "r.id"
	if len(s.match) > 0 {
		id = "words.rowid"
	}
	switch sort {
	case Oldest:
		return " ORDER BY " + id
	case Longest:
		return " ORDER BY coalesce((SELECT a.duration_ms FROM audio a WHERE a.id = r.audio_id), 0) DESC, " + id + " DESC"
	}
	return " ORDER BY " + id + " DESC"
}

// The column that a condition on the state is about. With a + SQLite does not read by the index of states.
const (
	byState    = "r.state"
	notByState = "+r.state"
)

// statement makes SQL of a query. state is byState or notByState.
func (db *DB) statement(ctx context.Context, q Query, state string) (*statement, error) {
	s := &statement{trash: q.State == Trashed}
	s.and(false, state+" = ?", s.trash)
	if q.Deletion != 0 {
		s.and(false, "r.deletion_id = ?", q.Deletion)
	}
	if q.Device != 0 {
		s.and(false, "r.device_id = ?", q.Device)
	}
	anyOf := map[string][]string{} // several of these mean any of them
	for _, t := range q.terms {
		switch t.field {
		case "":
			s.words(t)
		case "device", "in", "account", "source", "person", "kind", "import":
			if t.not {
				if err := db.belongs(ctx, s, t.field, true, []string{t.value}); err != nil {
					return nil, err
				}
				continue
			}
			anyOf[t.field] = append(anyOf[t.field], t.value)
		case "is", "has", "no":
			if t.value == "marked" {
				if err := s.marks(t, q); err != nil {
					return nil, err
				}
				continue
			}
			s.and(t.not != (t.field == "no"), conditions[t.value])
		case "longer":
			s.and(t.not, "EXISTS (SELECT 1 FROM audio a WHERE a.id = r.audio_id AND a.duration_ms > ?)", t.longer.Milliseconds())
		case "hour", "weekday":
			s.within(t, q)
		case "said":
			if err := db.saying(ctx, s, t); err != nil {
				return nil, err
			}
		default:
			s.dates(t, q)
		}
	}
	for _, field := range anyOfFields {
		if names := anyOf[field]; names != nil {
			if err := db.belongs(ctx, s, field, false, names); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// conditions are those of is:, has: and no:.
var conditions = map[string]string{
	"unintended": "r.unintended = 1",
	"typed":      "r.typed = 1",
	"requested":  "EXISTS (SELECT 1 FROM request_items i WHERE i.recording_id = r.id)",
	"still-there": "CASE WHEN EXISTS (SELECT 1 FROM request_items i WHERE i.recording_id = r.id) THEN " + // of most, nothing was asked
		standingOf + " = 'still-there' ELSE 0 END",
	"audio":      "r.audio_id IS NOT NULL",
	"transcript": "r.transcript <> ''",
	"reply":      "r.reply <> ''",
	"device":     "r.device_id NOT IN (SELECT id FROM devices WHERE none = 1 OR type = 'conversation')",
	"person":     "EXISTS (SELECT 1 FROM recording_people rp WHERE rp.recording_id = r.id)",
	"kind":       "r.kind <> ''",
}

// words adds a full-text term. Within double quotes FTS5 knows no operators; of a double quote
// in the words themselves nothing would be indexed anyway.
func (s *statement) words(t term) {
	expression := `"` + strings.ReplaceAll(strings.ReplaceAll(t.value, `"`, " "), "\x00", " ") + `"`
	if t.prefix {
		expression += "*"
	}
	if t.not {
		s.and(true, "r.id IN (SELECT rowid FROM words WHERE words MATCH ?)", expression)
		return
	}
	s.match = append(s.match, expression)
}

// dates are conditions on the id; on the full-text table's own, if that is the one walked, they
// would have to be said of it, but SQLite knows that the two are equal.
func (s *statement) dates(t term, q Query) {
	if t.mixed {
		s.only(func(id int64) bool {
			return (id >= firstKnown && t.days.Hold(DayOf(IDTime(id), q.zone))) != t.not
		})
	}
	if t.not && t.mixed {
		return
	}
	if t.not {
		s.and(false, "NOT (r.id >= ? AND r.id < ?)", t.from, t.to)
		return
	}
	s.and(false, "r.id >= ?", t.from)
	s.and(false, "r.id < ?", t.to)
}

// marks are told by the one who asks; the library has none.
func (s *statement) marks(t term, q Query) error {
	if q.Marked == nil {
		return errors.New("is:marked means what is marked in the terminal program, and finds it only there")
	}
	s.only(func(id int64) bool { return q.Marked[id] != t.not })
	return nil
}

// only adds a condition that SQL cannot tell.
func (s *statement) only(holds func(id int64) bool) {
	before := s.keep
	s.keep = func(id int64) bool { return holds(id) && (before == nil || before(id)) }
}

// within adds a condition on the local hour or weekday, which cannot be told in SQL, since that
// knows no time zones; the id carries the time.
func (s *statement) within(t term, q Query) {
	first, last := t.span[0], t.span[1]
	s.only(func(id int64) bool {
		local := IDTime(id).In(q.zone)
		at := local.Hour()
		if t.field == "weekday" {
			at = fromMonday(local.Weekday())
		}
		within := first <= at && at <= last
		if first > last { // over midnight, or over Sunday
			within = at >= first || at <= last
		}
		return id >= firstKnown && within != t.not
	})
}

// belongs adds the condition that a recording is of one of the devices, makers or people with
// these names, or of one of the kinds or imports. Devices and people are few, so they are looked up first:
// of one device there is an index to walk.
func (db *DB) belongs(ctx context.Context, s *statement, field string, not bool, names []string) error {
	switch field {
	case "kind":
		s.amongst(not, "r.kind COLLATE NOCASE", names)
		return nil
	case "import":
		s.amongst(not, "CAST(coalesce(r.import_id, 0) AS TEXT)", names)
		return nil
	}
	var ids []int64
	var err error
	if field == "person" {
		ids, err = db.peopleNamed(ctx, names)
	} else {
		ids, err = db.devicesNamed(ctx, field, names)
	}
	if err != nil {
		return err
	}
	list := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(ids)), ","), "[]")
	switch {
	case field == "person":
		s.and(not, "EXISTS (SELECT 1 FROM recording_people rp WHERE rp.recording_id = r.id AND rp.person_id IN ("+list+"))")
	case len(ids) == 1 && !not && len(s.match) == 0:
		s.and(false, "r.device_id = "+list)
	default:
		s.and(not, "+r.device_id IN ("+list+")") // the + keeps to the order by id
	}
	return nil
}

// amongst adds the condition that what is recorded is one of these.
func (s *statement) amongst(not bool, what string, names []string) {
	args := make([]any, len(names))
	for i, name := range names {
		args[i] = name
	}
	s.and(not, what+" IN (?"+strings.Repeat(", ?", len(names)-1)+")", args...)
}

func (db *DB) devicesNamed(ctx context.Context, field string, names []string) ([]int64, error) {
	devices, err := all(ctx, db.read, scanDevice, `SELECT `+deviceColumns+` FROM devices d`)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, d := range devices {
		named := map[string]func(name string) bool{
			"source":  func(name string) bool { return d.Vendor == name },
			"account": func(name string) bool { return holds(d.Account.Name, name) },
			"device":  func(name string) bool { return d.field() == "device" && d.called(name) },
			"in":      func(name string) bool { return d.field() == "in" && d.called(name) },
		}[field]
		if slices.ContainsFunc(names, named) {
			ids = append(ids, d.ID)
		}
	}
	return ids, nil
}

func (db *DB) peopleNamed(ctx context.Context, names []string) ([]int64, error) {
	people, err := all(ctx, db.read, scanPersonName, `SELECT id, name FROM people`)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, p := range people {
		if slices.ContainsFunc(names, func(name string) bool { return holds(p.name, name) }) {
			ids = append(ids, p.id)
		}
	}
	return ids, nil
}

// holds reports whether name holds part, or is it where that begins with =.
func holds(name, part string) bool {
	if whole, is := strings.CutPrefix(part, "="); is {
		return plain(name) == plain(whole)
	}
	return strings.Contains(plain(name), plain(part))
}
