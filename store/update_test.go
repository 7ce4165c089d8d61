package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestPanicLetsGoOfTheLibrary(t *testing.T) {
	db := open(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("there was no panic")
			}
		}()
		_ = db.update(context.Background(), func(tx *sql.Tx) error {
			if _, err := tx.Exec(`INSERT INTO searches (query) VALUES ('half done')`); err != nil {
				t.Error(err)
			}
			panic("synthetic")
		})
	}()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var n int
	if err := db.update(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM searches`).Scan(&n)
	}); err != nil || n != 0 {
		t.Errorf("%d rows were kept, %v", n, err)
	}
}

// Each write says what to do when the disk is full, also those of a single statement.
func TestFullLibraryIsToldByEveryWrite(t *testing.T) {
	ctx, db := context.Background(), open(t)
	importAll(t, db, withAudio(said("Kitchen", "2025-03-01 18:42:07", "play jazz"), "sound"))
	deleteAll(t, db, "")
	full(t, db)
	long := strings.Repeat("long", 20_000)
	for what, err := range map[string]error{
		"peaks":     db.SetPeaks(ctx, 1, []byte(long)),
		"columns":   db.SetColumnMap(ctx, "time", map[string]string{"time": long}),
		"folder":    db.SetWritten(ctx, 1, Written{Folder: long}, nil),
		"follow-up": db.AddLetter(ctx, Letter{Request: 1, Kind: FollowupLetter, Number: 1, Folder: long}),
		"dry run":   dryRun(ctx, db, said("Kitchen", "2025-03-02 18:42:07", long)),
	} {
		if err == nil || !strings.Contains(err.Error(), "there is no room for the library") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// full lets a library grow by no more than a few pages.
func full(t *testing.T, db *DB) {
	t.Helper()
	var pages int
	if err := db.write.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := db.write.Exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+5)); err != nil {
		t.Fatal(err)
	}
}

func dryRun(ctx context.Context, db *DB, rec Incoming) error {
	im, err := db.BeginImport(ctx, []string{"test.zip"}, true)
	if err != nil {
		return err
	}
	if err := im.Add(ctx, rec); err != nil {
		return err
	}
	_, err = im.Finish(ctx, ImportDone)
	return err
}

func TestCancelledDryRunHasAReport(t *testing.T) {
	db := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	im, err := db.BeginImport(ctx, []string{"test.zip"}, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Add(ctx, said("Kitchen", "2025-03-01 18:42:07", "play jazz")); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := im.flush(ctx); err == nil {
		t.Error("it goes on")
	}
	report, err := im.Finish(context.WithoutCancel(ctx), ImportCancelled)
	if err != nil || report.State != ImportCancelled || report.Added != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if imports, err := db.Imports(context.Background()); err != nil || len(imports) != 0 || len(idsOf(t, db, "")) != 0 {
		t.Errorf("kept: %+v, %v", imports, err)
	}
}

// What came of the part of a dry run that failed is not kept by what follows it.
func TestFailedDryRunKeepsNothing(t *testing.T) {
	ctx, db := context.Background(), open(t)
	full(t, db)
	if err := dryRun(ctx, db, withAudio(said("Kitchen", "2025-03-01 18:42:07", "play jazz"), strings.Repeat("sound", 20_000))); err == nil {
		t.Error("there was room")
	}
	if imports, err := db.Imports(ctx); err != nil || len(imports) != 0 || len(idsOf(t, db, "")) != 0 {
		t.Errorf("kept: %+v, %v", imports, err)
	}
}

// A list of devices is written in few transactions: each waits for the disk.
func TestDevicesAreWrittenInBatches(t *testing.T) {
	ctx, db := context.Background(), open(t)
	im, err := db.BeginImport(ctx, []string{"devices.csv"}, false)
	if err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		if err := db.pool.QueryRow(`SELECT count(*) FROM devices`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range batchMentions + 1 {
		if n := count(); n != 0 && i < batchMentions || n == 0 && i >= batchMentions {
			t.Fatalf("%d are written after %d", n, i)
		}
		if err := im.Device(ctx, Amazon, IncomingDevice{Serial: fmt.Sprintf("G0%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(ctx, ImportDone); err != nil || count() != batchMentions+1 {
		t.Errorf("%d, %v", count(), err)
	}
}
