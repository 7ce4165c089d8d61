package store

import (
	"context"
	"database/sql"
	"testing"
)

// bulk makes a library of synthetic recordings in larger transactions than an import's, and
// without the search for what each might be the same as, so that a large one is made in reasonable time.
func bulk(b *testing.B, n int) *DB {
	b.Helper()
	ctx, db, recs := context.Background(), open(b), synthetic(n)
	const first, some = 100, 2000 // enough to have met all devices; a transaction
	importAll(b, db, recs[:min(first, n)]...)
	devices := map[string]int64{}
	summaries, err := db.Devices(ctx)
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range summaries {
		devices[d.Serial] = d.ID
	}
	write := func(tx *sql.Tx, batch []Incoming) error {
		w, err := newRecordingWriter(ctx, db.cached(tx))
		if err != nil {
			return err
		}
		for i := range batch {
			rec := &batch[i]
			device := devices[rec.Device.Serial]
			if _, err := w.add(ctx, newEntry(rec, deviceID{device, device, 1}), false); err != nil {
				return err
			}
		}
		return nil
	}
	for rest := recs[min(first, n):]; len(rest) > 0; rest = rest[min(some, len(rest)):] {
		if err := db.update(ctx, func(tx *sql.Tx) error { return write(tx, rest[:min(some, len(rest))]) }); err != nil {
			b.Fatal(err)
		}
	}
	return db
}
