package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func TestOpenMakesAPrivateLibrary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "with # and ?.db")
	openAt(t, path)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "with # and ?.db") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
	if runtime.GOOS == "windows" {
		return // has no such modes
	}
	for name, want := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if errors.Is(err, os.ErrNotExist) && strings.HasSuffix(name, "-wal") {
			continue
		}
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v; %v", name, info.Mode(), want, err)
		}
	}
}

func TestOpenRefusesWhatIsNotOursAndLeavesItAlone(t *testing.T) {
	dir := t.TempDir()
	sqlite := func(name, script string) {
		pool, err := sql.Open("sqlite", filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(script); err != nil {
			t.Fatal(err)
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
	}
	sqlite("other.db", "CREATE TABLE photos (id)")
	sqlite("newer.db", "PRAGMA application_id = 0x756e7364; CREATE TABLE t (id); PRAGMA user_version = 999")
	sqlite("development.db", "PRAGMA application_id = 0x756e7364; CREATE TABLE t (id); PRAGMA user_version = 5")
	if err := os.WriteFile(filepath.Join(dir, "text.db"), []byte("Dear diary"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"other.db": ErrNotOurs, "newer.db": ErrNewer, "development.db": ErrDevelopment, "text.db": ErrNotOurs, "folder.db": ErrNotOurs} {
		path := filepath.Join(dir, name)
		before, _ := os.ReadFile(path) // a folder has no content
		db, err := Open(context.Background(), path)
		if !errors.Is(err, want) || db != nil {
			t.Errorf("%s: %v, want %v", name, err, want)
		} else if !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error does not name it: %v", name, err)
		}
		after, _ := os.ReadFile(path)
		if !bytes.Equal(before, after) {
			t.Errorf("%s was changed", name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 5 {
		t.Errorf("files left behind: %v, %v", entries, err)
	}
}

func TestOpenAnEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "unsaid.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	importAll(t, openAt(t, path), said("K", "2025-03-01 10:00:00", "a"))
}

func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "unsaid.db")
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			db, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			im, err := db.BeginImport(context.Background(), nil, false)
			if err == nil {
				err = im.Add(context.Background(), said("K", "2025-03-01 10:00:00", string(rune('a'+i))))
			}
			if err == nil {
				_, err = im.Finish(context.Background(), ImportDone)
			}
			if err := errors.Join(err, db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := len(idsOf(t, openAt(t, path), "")); n != 4 {
		t.Errorf("%d recordings, want 4", n)
	}
}

func TestBackup(t *testing.T) {
	db := open(t)
	importAll(t, db, said("K", "2025-03-01 10:00:00", "a"))
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(context.Background(), copied); err == nil {
		t.Error("an existing file was overwritten")
	}
	backup := openAt(t, copied)
	if got := words(t, backup, Query{}); got != "a" {
		t.Errorf("the copy has %q", got)
	}
	// Without WAL nobody can read during an import.
	var mode string
	if err := backup.pool.QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("the copy is in mode %q, %v", mode, err)
	}
}

func TestReadingGoesOnDuringAnImport(t *testing.T) {
	db := open(t)
	importAll(t, db, said("K", "2025-03-01 10:00:00", "a"))
	err := db.update(context.Background(), func(tx *sql.Tx) error {
		if _, err := tx.Exec("UPDATE recordings SET transcript = 'b'"); err != nil {
			return err
		}
		if got := words(t, db, Query{}); got != "a" {
			t.Errorf("read %q in the midst of a write", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
