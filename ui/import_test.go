package ui

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// export writes a small synthetic archive with so many recordings and returns its path.
func (u *user) export(recordings int, more ...string) string {
	u.Helper()
	path := filepath.Join(u.folder, "my export.zip")
	f, err := os.Create(path)
	if err != nil {
		u.Fatal(err)
	}
	archive := zip.NewWriter(f)
	table, err := archive.Create("Alexa/Transcripts.csv")
	if err != nil {
		u.Fatal(err)
	}
	fmt.Fprintln(table, "Timestamp,Device Name,Transcript")
	for i := range recordings {
		fmt.Fprintf(table, "2025-03-%02d 10:00:%02d,Hall,imported words %d\n", 1+i/60%28, i%60, i)
	}
	for _, line := range more {
		fmt.Fprintln(table, line)
	}
	notes, err := archive.Create("README.txt")
	if err != nil {
		u.Fatal(err)
	}
	fmt.Fprintln(notes, "This archive is synthetic.")
	if err := archive.Close(); err != nil {
		u.Fatal(err)
	}
	if err := f.Close(); err != nil {
		u.Fatal(err)
	}
	return path
}

func TestEmptyLibraryTellsTheWayIn(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.sees("Your library is empty", "Amazon Alexa", "i  imports the archive", "t  opens a sample")
		for screen, text := range map[string]string{"2": "No devices yet", "3": "No recording has a known time", "4": "The trash is empty", "5": "No requests yet"} {
			u.press(screen, "j", "G", "d", "V", "x", "y", "R", "P", "w", "s", "r", "space", "esc") // harmless
			u.sees(text)
		}
		path := u.export(3)
		u.press("1", "i")
		u.write(path)
		u.press("enter")
		u.sees("Imported", "3 new")
		u.press("esc")
		u.sees("imported words 2", "3 recordings found")
	})
}

func TestImport(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		path := u.export(3, "yesterday at noon,Hall,a line with no date")
		u.press("i")
		u.sees("Import what the maker sent you", "my export.zip")
		u.press("tab", "enter")
		u.sees("Type the path")
		u.write(filepath.Dir(path) + "/my")
		u.seesNot("Type the path")
		u.press("tab") // completes it
		u.press("enter")
		u.sees("Imported", "3 new", "1 failure", "Transcripts.csv")
		u.press("esc")
		u.seesNot("Imported")
		u.sees("51 recordings found")
		u.press("i")
		u.write(path)
		u.press("enter")
		u.sees("3 already here")
	})
}

func TestImportOfAWrongPathSaysSo(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("i")
		u.write(u.folder + "/nowhere.zip")
		u.press("enter")
		u.sees("Import what the maker sent you", "nowhere.zip", "check the path")
		for range len("nowhere.zip") { // put right at once
			u.press("backspace")
		}
		u.seesNot("check the path")
		u.write(filepath.Base(u.export(2)))
		u.press("enter")
		u.sees("Imported", "2 new")
		u.press("esc", "u")
		u.sees("50 recordings found")
	})
}

// A file that is dropped on the terminal comes as a paste, quoted as the terminal likes.
func TestDroppedFileIsImported(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		path := u.export(2)
		for _, dropped := range []string{"'" + path + "' ", strings.ReplaceAll(path, " ", `\ `), "file://" + path, path + "\n"} {
			u.paste(dropped)
			u.press("enter")
			u.sees("Imported")
			u.press("esc")
			u.press("i")
			u.paste(dropped)
			u.press("enter")
			u.sees("2 already here")
			u.press("esc")
		}
	})
}

func TestBrowsingGoesOnDuringAnImport(t *testing.T) {
	t.Parallel()
	sitDown(t, household(), func(u *user) {
		u.press("i")
		u.write(u.export(600))
		u.give(key("enter"))
		u.until(u.app.imports.Running)
		u.sees("Importing …", "my export.zip", "Opening", "esc browse")
		u.give(key("esc"))
		u.sees("alexa play some jazz", "importing ")
		u.give(key("i"))
		u.sees("Importing …")
		u.give(key("esc"))
		u.settle()
		u.sees("Imported", "600 new")
		u.press("esc")
		u.sees("648 recordings found")
		u.seesNot("importing ")
	})
}

// long is how many recordings a test that stops an import lets it have, far more than come in
// before it does.
const long = 30_000

// beginLongImport starts an import and returns when it has begun to read.
func (u *user) beginLongImport() {
	u.press("i")
	u.write(u.export(long))
	u.give(key("enter"))
	u.until(func() bool { return u.app.imports.Progress.BytesRead > 0 })
}

func TestImportIsStopped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.beginLongImport()
		u.give(key("c"))
		u.settle()
		u.sees("Stopped; what was read is in your library")
		u.press("esc")
		if n, err := u.db.Count(context.Background(), store.Query{}); err != nil || n < 48 || n >= 48+long {
			t.Errorf("%d recordings, %v", n, err)
		}
	})
}

// Whoever quits during an import leaves with a sound library, and only when it is one.
func TestQuittingDuringAnImport(t *testing.T) {
	for _, quit := range []tea.Msg{key("q"), key("ctrl+c")} {
		sitDown(t, household()[:4], func(u *user) {
			u.beginLongImport()
			u.give(key("esc"))
			u.give(quit)
			if u.left {
				t.Fatal("left before the import had ended")
			}
			u.sees("Stopping the import; what was read is kept")
			u.settle()
			if !u.left {
				t.Fatal("did not leave when the import had ended")
			}
			imports, err := u.db.Imports(context.Background())
			if err != nil || imports[0].State != store.ImportCancelled {
				t.Errorf("%+v, %v", imports, err)
			}
			if found, err := u.db.Check(context.Background()); err != nil || !found.Sound() {
				t.Errorf("%+v, %v", found, err)
			}
		})
	}
}

// What may have been purged is left out, told, and brought by a key.
func TestDoubtfulAreImportedByAKey(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		path := u.export(3)
		u.paste(path)
		u.press("enter")
		u.sees("Imported", "3 new")
		u.seesNot("left out")
		u.press("esc", "1")
		q, err := store.ParseQuery(`"words 1"`, time.Time{})
		if err != nil {
			u.Fatal(err)
		}
		ids, err := u.db.IDs(context.Background(), q)
		if err != nil {
			u.Fatal(err)
		}
		if _, _, err := u.db.Delete(context.Background(), store.Order{IDs: ids, Local: true}); err != nil {
			u.Fatal(err)
		}
		if _, err := u.db.Purge(context.Background(), 0, nil); err != nil {
			u.Fatal(err)
		}
		u.press("i")
		u.paste(path)
		u.press("enter")
		u.sees("2 already here, 1 left out in doubt", "d import the doubtful file, too")
		u.press("d")
		u.sees("1 new, 2 already here")
		u.seesNot("left out", "doubtful")
	})
}
