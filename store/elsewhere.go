package store

import (
	"context"
	"fmt"
)

// ElsewhereVersion returns a number that differs from the last one if anything but this DB, such as another
// process, has changed the library in between. What this DB changes leaves the number as it is. The call takes
// microseconds, but waits for a change of this DB that is under way, during which nobody else can make one.
func (db *DB) ElsewhereVersion(ctx context.Context) (int64, error) {
	var version int64
	// SQLite counts per connection, and leaves out what the connection itself commits: hence the one that writes.
	if err := db.write.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("look whether the library has changed: %w", err)
	}
	return version, nil
}
