package store

import (
	"context"
	"database/sql"
	"fmt"
)

// People lists the names of those whom a maker believes to have recognised in recordings that are
// live, each name once, in alphabetical order.
func (db *DB) People(ctx context.Context) ([]string, error) {
	names, err := all(ctx, db.read, scanValue[string], `SELECT DISTINCT p.name FROM people p WHERE p.name <> '' AND EXISTS (
		SELECT 1 FROM recording_people rp JOIN recordings r ON r.id = rp.recording_id
		WHERE rp.person_id = p.id AND r.state = 0) ORDER BY p.name`)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return names, nil
}

// personName is what a person is called.
type personName struct {
	id   int64
	name string
}

func scanPersonName(rows *sql.Rows) (personName, error) {
	var p personName
	return p, rows.Scan(&p.id, &p.name)
}
