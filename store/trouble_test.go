package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

func TestFullLibraryIsToldAndStaysSound(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"))
	full(t, db)
	large := withAudio(said("Kitchen", "2025-03-02 18:42:07", "stop"), strings.Repeat("sound", 20_000))
	im, err := db.BeginImport(ctx, []string{"test.zip"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Add(ctx, large); err != nil {
		t.Fatal(err)
	}
	_, err = im.Finish(ctx, ImportDone)
	if err == nil || !strings.Contains(err.Error(), "there is no room for the library") {
		t.Errorf("%v", err)
	}
	report, err := db.Check(ctx)
	if err != nil || !report.Sound() || report.Recordings != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := db.write.Exec(`PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if again := importAll(t, db, said("Kitchen", "2025-03-01 18:42:07", "play jazz"), large); again.Added != 1 || again.Known != 1 {
		t.Errorf("with room: %+v", again)
	}
}

func TestBusyLibraryIsTold(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "unsaid.db")
	one, other := openAt(t, path), openAt(t, path)
	if _, err := other.write.Exec(`PRAGMA busy_timeout = 0`); err != nil {
		t.Fatal(err)
	}
	tx, err := one.write.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.BeginImport(ctx, []string{"test.zip"}, false); err == nil || !strings.Contains(err.Error(), "busy") {
		t.Errorf("%v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	importAll(t, other, said("Kitchen", "2025-03-01 18:42:07", "play jazz"))
}
