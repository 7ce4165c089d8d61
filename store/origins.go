package store

import (
	"context"
	"database/sql"
	"fmt"
)

// Origin is where a recording came from.
type Origin struct {
	Import int64
	Member string // of the archive that holds nothing else, "" where a table or a list holds many
}

// Origins returns where recordings came from, without those that were purged.
func (db *DB) Origins(ctx context.Context, ids []int64) (map[int64]Origin, error) {
	type row struct {
		id int64
		Origin
	}
	origins := make(map[int64]Origin, len(ids))
	err := inChunks(ids, func(list string) error {
		rows, err := all(ctx, db.read, func(rows *sql.Rows) (r row, err error) {
			return r, rows.Scan(&r.id, &r.Import, &r.Member)
		}, `SELECT r.id, r.import_id, coalesce((SELECT min(member) FROM import_members m WHERE m.recording_id = r.id AND m.outcome = 'imported'), '')
			FROM recordings r WHERE r.import_id IS NOT NULL AND r.id IN (SELECT value FROM json_each(?))`, list)
		for _, r := range rows {
			origins[r.id] = r.Origin
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read where recordings came from: %w", err)
	}
	return origins, nil
}
