package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
)

// chunk is how many rows one statement changes. Until it ends, SQLite keeps each page that it changes
// as it was before, in memory: one statement for all of a large library took hundreds of megabytes.
const chunk = 500

// inChunks calls do with some of the items at a time, as a JSON array.
func inChunks[T any](items []T, do func(list string) error) error {
	for some := range slices.Chunk(items, chunk) {
		list, err := json.Marshal(some)
		if err != nil {
			return err
		}
		if err := do(string(list)); err != nil {
			return err
		}
	}
	return nil
}

// changeRows changes the rows of a table that are which, some at a time, and returns how many there were.
func changeRows(ctx context.Context, tx *sql.Tx, table, set, which string, args ...any) (int, error) {
	ids, err := all(ctx, tx, scanValue[int64], `SELECT id FROM `+table+` WHERE `+which+` ORDER BY id`, args...)
	if err != nil {
		return 0, err
	}
	text := fmt.Sprintf(`UPDATE %s SET %s WHERE id IN (SELECT value FROM json_each(?%d))`, table, set, len(args)+1)
	return len(ids), inChunks(ids, func(list string) error {
		_, err := tx.ExecContext(ctx, text, append(slices.Clip(args), list)...)
		return err
	})
}
