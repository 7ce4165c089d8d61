package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unsaid/ui/dialog"
	"unsaid/ui/typedpath"
)

// downloads makes a folder of downloads with entries, each a day older than the one before; a
// name with a slash at its end is that of a folder.
func (u *user) downloads(names ...string) string {
	u.Helper()
	folder := filepath.Join(u.folder, "Downloads")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		u.Fatal(err)
	}
	for i, name := range names {
		path := filepath.Join(folder, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.Mkdir(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte(strings.Repeat("synthetic ", 100*i)), 0o644)
		}
		if err != nil {
			u.Skipf("this file system has no such names: %v", err)
		}
		day := today.AddDate(0, 0, -i)
		if err := os.Chtimes(path, day, day); err != nil {
			u.Fatal(err)
		}
	}
	return folder
}

// table writes a synthetic table of recordings.
func (u *user) table(path string, recordings int) {
	u.Helper()
	text := "Timestamp,Device Name,Transcript\n"
	for i := range recordings {
		text += fmt.Sprintf("2025-03-02 10:00:%02d,Hall,%s %d\n", i, filepath.Base(path), i)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		u.Fatal(err)
	}
}

func TestPickerMovesThroughFolders(t *testing.T) {
	sitDown(t, household()[:2], func(u *user) {
		folder := u.downloads("photo.jpg", "table.csv", "old.zip", "b/", "new.zip", "A/", ".secret")
		u.table(filepath.Join(folder, "A", "inner.csv"), 2)
		u.press("i")
		u.sees("in ~/Downloads", "30 Mar 2025")
		u.seesNot(".secret")
		order := []string{"old.zip", "new.zip", "A/", "b/", "table.csv", "photo.jpg"}
		at := -1
		for _, name := range order {
			next := strings.Index(u.screen(), name)
			if next <= at {
				t.Fatalf("%s is not where it belongs\n%s", name, u.screen())
			}
			at = next
		}
		u.press(".")
		u.sees(".secret")
		u.press(".", "down", "down", "enter")
		u.sees("in ~/Downloads/A", "inner.csv")
		u.press("backspace")
		u.sees("in ~/Downloads ", "▌   A/")
		u.press("right", "enter")
		u.sees("Imported · inner.csv", "2 new")
		u.press("esc", "i")
		u.sees("in ~/Downloads/A") // where one was
		u.press("left", "left")
		u.sees("in ~ ", "▌   Downloads/") // where one came from
	})
}

func TestPickerImportsWhatIsMarkedAsOne(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		folder := u.downloads("sub/")
		for i, name := range []string{"a.csv", "b.csv", "c.csv", "sub/d.csv"} {
			u.table(filepath.Join(folder, name), 1+i)
		}
		u.press("i", "down", "space", "space")
		u.sees("✓ a.csv", "✓ b.csv", "2 marked", "enter import 2 marked")
		u.press("up", "x")
		u.seesNot("✓ b.csv")
		u.press("home", "space", "enter") // the folder, too
		u.sees("Imported · a.csv and 1 more", "5 new")
		imports, err := u.db.Imports(context.Background())
		if err != nil || len(imports) != 2 || len(imports[0].Paths) != 2 {
			t.Errorf("%+v, %v", imports, err)
		}
		u.press("i")
		u.seesNot("✓")
		u.press("home", "I")
		u.sees("Imported · sub", "4 already here")
	})
}

func TestPickerOffersThePartsOfAnExport(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.downloads("other.zip", "takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-003.zip", "Alexa.1.zip", "Alexa.2.zip", "Alexa.10.zip")
		u.press("i")
		u.seesNot("enter imports")
		u.press("down")
		u.sees("2 of at least 3 parts are here; enter imports them.", "enter import 2 parts", "I this one only")
		u.press("*")
		u.sees("✓ takeout-20240516T230250Z-001.zip", "✓ takeout-20240516T230250Z-003.zip", "2 marked")
		u.press("*", "down", "down")
		u.seesNot("✓")
		u.sees("▌   Alexa.1.zip", "3 of at least 10 parts are here")
		u.press("enter")
		if paths := u.app.imports.Paths; len(paths) != 3 || filepath.Base(paths[2]) != "Alexa.10.zip" {
			t.Errorf("%q", paths)
		}
		u.sees("Import what the maker sent you", "the name of an archive but is not one") // and says so where one chooses anew
		u.press("space", "enter")
		u.sees("the name of an archive but is not one", "✓ ") // and nothing has to be chosen twice
		u.press("up", "space")
		u.press("i")
		if paths := u.app.imports.Paths; len(paths) != 1 {
			t.Errorf("%q", paths)
		}
	})
}

func TestTypingGoesToThePath(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		folder := u.downloads("tables/", "z.csv", "z.txt")
		u.table(filepath.Join(folder, "tables", "x.csv"), 2)
		u.press("i")
		u.write("t")
		u.sees("› t", "to the list")
		u.press("tab") // completes within the folder that is shown
		u.sees("› tables/")
		u.press("backspace", "esc", "/")
		u.sees("› /")
		u.press("down")
		u.sees("in ~/Downloads")
		u.write("z.")
		u.press("tab")
		u.sees("› z.", "  z.csv", "  z.txt")
		u.seesNot("tables")
		u.press("backspace", "backspace")
		u.write("~/Downloads/tables/x.csv")
		u.press("enter")
		u.sees("Imported · x.csv", "2 new")
	})
}

func TestSeveralDroppedFilesAreOneImport(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		folder := u.downloads()
		one, two := filepath.Join(folder, "one 1.csv"), filepath.Join(folder, "two.csv")
		u.table(one, 2)
		u.table(two, 3)
		drops := []string{
			"file://" + strings.ReplaceAll(one, " ", "%20") + "\r\nfile://" + two + "\r\n",
			one + "\n" + two,
			typedpath.Quote(one) + " " + typedpath.Quote(two) + " ",
		}
		if typedpath.Escapes {
			drops = append(drops, strings.ReplaceAll(one, " ", `\ `)+" "+two)
		}
		for _, text := range drops {
			u.paste(text)
			u.press("enter")
			u.sees("Imported · one 1.csv and 1 more")
			u.press("esc")
		}
		u.sees("5 recordings found")
		u.paste(two + " " + filepath.Join(folder, "gone.csv"))
		u.press("enter")
		u.sees("There is no gone.csv in ~/Downloads; check the path.", "› ")
		for range len("gone.csv") {
			u.press("backspace")
		}
		u.seesNot("check the path")
		u.write("two.csv")
		u.press("enter")
		u.sees("Imported · two.csv and 1 more")
		u.press("esc")
		u.paste("'/no/one.zip' '/no/two.zip'")
		u.press("enter")
		u.sees("There is no one.zip in ", "and 1 more paths do not exist")
	})
}

// A folder can be anybody's: names in it are as hostile as those in an archive.
func TestHostileFileNamesAreDrawnSafely(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.downloads("\x1b[31mred\x07.zip", "two\nlines.zip", strings.Repeat("\u9332\u97f3", 40)+".zip", strings.Repeat("x", 240)+".csv",
			"\u05e9\u05dc\u05d5\u05dd \u202egpj.zip", "e"+strings.Repeat("\u0301", 60)+".zip", "\u200b\u2060", "\U0001f468\u200d\U0001f469\u200d\U0001f467.zip",
			"Alexa.1.zip", "Alexa.2.zip")
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
			u.terminal(size[0], size[1])
			u.press("i")
			for range 10 {
				u.isWhole("the picker")
				u.press("space")
			}
			u.press("home", "up", "*", "end", "enter")
			u.isWhole("what was picked")
			u.press("esc", "esc")
		}
	})
}

func TestFolderThatCannotBeReadSaysSo(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		folder := u.downloads("gone/")
		u.press("i")
		if err := os.Remove(filepath.Join(folder, "gone")); err != nil {
			t.Fatal(err)
		}
		u.press("enter")
		u.sees("in ~/Downloads", "gone", "no such file")
	})
}

// What the dialog says while an import runs is what is known.
func TestProgressIsTrustworthy(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.app.imports.Begin([]string{"/x/Alexa.zip"}, func() {})
		u.press("i")
		u.sees("Importing … · Alexa.zip", "Opening", "importing · opening …")
		u.seesNot("0 B")
		p := u.app.imports.Progress
		p.BytesRead, p.BytesTotal, p.Elapsed = 1e6, 4e6, time.Second
		u.give(dialog.ProgressMsg{Progress: p})
		u.sees("25 % · 1.0 MB of 4.0 MB", "importing 25 %")
		u.seesNot("left", "/s") // too early
		<-time.After(time.Second)
		p.BytesRead, p.Elapsed = 2e6, 2*time.Second
		u.give(dialog.ProgressMsg{Progress: p})
		u.sees("50 % · 2.0 MB of 4.0 MB · 1.0 MB/s · 2 s left")
		p.BytesRead = 3e6
		u.give(dialog.ProgressMsg{Progress: p}) // within the same second, the pace stays readable
		u.sees("75 % · 3.0 MB of 4.0 MB · 1.0 MB/s · 2 s left")
		u.press("c")
		u.sees("Stopping; what was read is kept", "stopping the import")
		u.app.imports.Close()
		u.app.imports = dialog.Run{}
	})
}
