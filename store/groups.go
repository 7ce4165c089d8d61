package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Grouping says by what recordings are counted.
type Grouping string

// By what recordings can be counted. A person's group has what other people were recognised in, too.
const (
	ByDay     Grouping = "day"
	ByMonth   Grouping = "month"
	ByHour    Grouping = "hour"
	ByDevice  Grouping = "device"
	ByAccount Grouping = "account"
	ByPerson  Grouping = "person"
	ByKind    Grouping = "kind"
	BySource  Grouping = "source"
)

// Group is recordings that have something in common.
type Group struct {
	Name       string // "" for those that have nothing of the kind, such as no person
	Term       string // finds them within the query; "" if no term does
	Recordings int
}

// Groups counts what q chooses: days and months from the newest on, hours of the day in their order,
// all others from the largest group on.
func (db *DB) Groups(ctx context.Context, q Query, by Grouping) ([]Group, error) {
	switch by {
	case ByDay:
		return db.groupTimes(ctx, q, time.DateOnly, "on:")
	case ByMonth:
		return db.groupTimes(ctx, q, "2006-01", "on:")
	case ByHour:
		groups, err := db.groupTimes(ctx, q, "15", "hour:")
		slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
		return groups, err
	}
	names, err := db.groupNames(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("count by %s: %w", by, err)
	}
	column := map[Grouping]string{
		ByDevice:  "r.device_id",
		ByAccount: "r.device_id",
		BySource:  "r.device_id",
		ByKind:    "r.kind",
		ByPerson: "CASE WHEN " + conditions["person"] + " THEN " + // most have none, and to see that is much faster
			"(SELECT group_concat(rp.person_id) FROM recording_people rp WHERE rp.recording_id = r.id) END",
	}[by]
	plains := make(map[string]bool, len(names))
	for _, name := range names {
		plains[plain(name)] = true
	}
	groups := map[string]*Group{} // by the plain name: several devices may have one
	err = db.tally(ctx, q, column, func(keys string, n int) {
		counted := map[string]bool{}
		for _, name := range named(keys, by, names) {
			same := sameName(by, name)
			if groups[same] == nil {
				groups[same] = &Group{Name: name, Term: groupTerm(by, name, plains)}
			}
			if !counted[same] {
				groups[same].Recordings += n
			}
			counted[same] = true
		}
	})
	found := make([]Group, 0, len(groups))
	for _, g := range groups {
		found = append(found, *g)
	}
	slices.SortFunc(found, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Recordings, a.Recordings), cmp.Compare(a.Name, b.Name))
	})
	return found, err
}

// groupTimes counts by local time, as layout writes it. What has no known time is in no group.
func (db *DB) groupTimes(ctx context.Context, q Query, layout, field string) ([]Group, error) {
	q.Sort = Newest
	ids, err := db.IDs(ctx, q)
	zone := cmp.Or(q.zone, time.UTC)
	var groups []Group
	position := map[string]int{}
	for _, id := range ids {
		if id < 1<<idBits {
			continue
		}
		name := IDTime(id).In(zone).Format(layout)
		at, known := position[name]
		if !known {
			at = len(groups)
			position[name] = at
			groups = append(groups, Group{Name: name, Term: field + name})
		}
		groups[at].Recordings++
	}
	return groups, err
}

// tally counts what q chooses by an SQL expression over recordings r.
func (db *DB) tally(ctx context.Context, q Query, column string, count func(key string, n int)) error {
	state := notByState // reading each recording by the index takes twice as long
	if q.asks("is", "unintended") {
		state = byState // has an index of its own
	}
	s, err := db.statement(ctx, q, state)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	columns, group := "id, key, 1", ""
	if s.keep == nil { // SQLite counts faster
		columns, group = "0, key, count(*)", " GROUP BY key"
	}
	text, args := s.sql(" AS id, "+column+" AS key", "recordings r")
	rows, err := db.read.QueryContext(ctx, "SELECT "+columns+" FROM ("+text+")"+group, args...)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var key sql.NullString
		var n int
		if err := rows.Scan(&id, &key, &n); err != nil {
			return fmt.Errorf("search: %w", err)
		}
		if s.keep == nil || s.keep(id) {
			count(key.String, n)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}

// groupNames returns the names of devices, their accounts' or makers', or those of people by their ids, nil for
// other groupings.
func (db *DB) groupNames(ctx context.Context, by Grouping) (map[string]string, error) {
	names := map[string]string{}
	switch by {
	case ByDevice, ByAccount, BySource:
		devices, err := all(ctx, db.read, scanDevice, `SELECT `+deviceColumns+` FROM devices d`)
		for _, d := range devices {
			if by == ByDevice && d.Type == Conversation {
				continue // it is no device
			}
			names[fmt.Sprint(d.ID)] = map[Grouping]string{ByDevice: d.Name, ByAccount: d.Account.Name, BySource: d.Vendor}[by]
		}
		return names, err
	case ByPerson:
		people, err := all(ctx, db.read, scanPersonName, `SELECT id, name FROM people`)
		for _, p := range people {
			names[fmt.Sprint(p.id)] = p.name
		}
		return names, err
	}
	return nil, nil
}

// named returns the names behind what tally found: ids of people with commas between, one of a device,
// or the name itself.
func named(keys string, by Grouping, names map[string]string) []string {
	switch {
	case by == ByPerson && keys != "":
		var found []string
		for key := range strings.SplitSeq(keys, ",") {
			found = append(found, names[key])
		}
		return found
	case by == ByDevice || by == ByAccount || by == BySource:
		return []string{names[keys]}
	}
	return []string{keys}
}

// groupTerm is [nameTerm], without the = where none of the other names holds this one. others are plain names.
func groupTerm(by Grouping, name string, others map[string]bool) string {
	exact := nameTerm(by, name)
	if exact == "" || name == "" || by != ByDevice && by != ByAccount && by != ByPerson || strings.HasPrefix(name, "=") {
		return exact
	}
	own := plain(name)
	for other := range others {
		if other != own && strings.Contains(other, own) {
			return exact
		}
	}
	return Term(string(by), name)
}
