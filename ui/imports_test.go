package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unsaid/store"
	"unsaid/ui/dialog"
	"unsaid/ui/text/texttest"
	"unsaid/ui/typedpath"
)

// account writes the account of an import that had these members, and leaves it in a state.
func (u *user) account(state store.ImportState, paths []string, members ...store.MemberOutcome) {
	u.Helper()
	ctx := context.Background()
	im, err := u.db.BeginImport(ctx, paths, false)
	if err != nil {
		u.Fatal(err)
	}
	for _, m := range members {
		if err := im.Member(ctx, m); err != nil {
			u.Fatal(err)
		}
	}
	if state == store.ImportRunning {
		return // as if the machine had been switched off
	}
	if _, err := im.Finish(ctx, state); err != nil {
		u.Fatal(err)
	}
}

// aFewMembers is one of each outcome.
func aFewMembers() []store.MemberOutcome {
	return []store.MemberOutcome{
		{Member: "Alexa/Wann.csv", Outcome: store.MemberFailed, Reason: "it cannot be told which column holds the time; import again with --map time=COLUMN", Remedy: store.NameTimeColumn},
		{Member: "Alexa/Transcripts.csv:7", Outcome: store.MemberFailed, Reason: "its time “noon” is not a date", Record: true},
		{Member: "Alexa/Transcripts.csv:9", Outcome: store.MemberFailed, Reason: "its time “dusk” is not a date", Record: true},
		{Member: "Alexa/Transcripts.csv", Outcome: store.MemberImported},
		{Member: "README.txt", Outcome: store.MemberIgnored, Reason: "a description"},
	}
}

func TestPastImports(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.press("i", "a")
		u.sees("Past imports", "synthetic", "done")
		u.account(store.ImportDone, []string{"/home/anna/Alexa.zip"}, aFewMembers()...)
		u.account(store.ImportCancelled, []string{"/a.zip", "/b.zip"})
		u.account(store.ImportRunning, []string{"/home/anna/my takeout.zip"})
		u.press("esc", "a")
		u.sees("interrupted", "stopped", "a.zip and 1 more", "It did not come to its end", "/home/anna/my takeout.zip")
		u.press("i") // the way on
		u.sees("Import what the maker sent you", "› '/home/anna/my takeout.zip'")
		u.press("esc", "a", "j")
		u.seesNot("It did not come to its end")
		u.press("j")
		u.sees("3 files: 1 imported, 1 ignored, 1 failed; 2 single records failed")
		u.press("enter")
		u.sees("Import of 1 Apr 2025", "all 5 ", "[failed 3]", "imported 1 ", "ignored 1 ", "▌ failed    Alexa/Wann.csv", "└ line 9: its time “dusk”")
		u.press("j")
		u.sees("▌ failed    Alexa/Transcripts.csv:7", "its time “noon” is not a date")
		u.press("left")
		u.sees("[all 5]", "ignored   README.txt: a description", "  └ line 7: its time “noon”")
		u.press("left")
		u.sees("[ignored 1]", "a description")
		u.seesNot("Transcripts")
		u.press("esc")
		u.sees("Past imports", "3 files")
		u.press("esc")
		u.sees("Import what the maker sent you")
	})
}

func TestTheReportOpensItsAccount(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.paste(u.export(3, "yesterday at noon,Hall,a line with no date"))
		u.press("enter")
		u.sees("Imported · my export.zip", "1 failure")
		u.press("enter")
		u.sees("Import of 1 Apr 2025", "[failed 1]", "Alexa/Transcripts.csv:5", "is not a date")
		u.press("tab", "tab")
		u.sees("[ignored 1]", "README.txt")
		u.press("esc")
		u.sees("Imported · my export.zip")
		u.press("esc")
		u.sees("3 recordings found")
	})
}

// Past imports can be read while one runs, and tell how it ended.
func TestPastImportsDuringAnImport(t *testing.T) {
	t.Parallel()
	sitDown(t, nil, func(u *user) {
		u.paste(u.export(600))
		u.give(key("enter"))
		u.until(func() bool { return u.app.imports.Progress.BytesRead > 0 })
		u.give(key("a"))
		u.until(func() bool { return strings.Contains(u.app.View().Content, "details") })
		u.sees("Past imports", "running", "my export.zip")
		u.settle()
		u.sees("Past imports", "600")
		u.seesNot("running", "interrupted")
		u.press("esc")
		u.sees("Imported · my export.zip", "600 new")
	})
}

func TestImportEndsBehindAnotherDialog(t *testing.T) {
	sitDown(t, household()[:2], func(u *user) {
		u.press("?")
		u.give(dialog.ImportedMsg{Report: store.ImportReport{ID: 1, ImportCounts: store.ImportCounts{Added: 3}}, Err: nil})
		u.press("esc")
		u.sees("The import ended: 3 new.")
		u.press("?")
		u.give(dialog.ImportedMsg{Report: store.ImportReport{}, Err: errors.New("the disk is full")})
		u.press("esc")
		u.sees("the disk is full")
		u.give(dialog.ImportedMsg{Report: store.ImportReport{}, Err: context.Canceled})
		u.sees("Stopped before anything was read")
	})
}

// What only the command line can mend comes with the command, ready to be copied.
func TestFailedTableHasAWayOut(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		path := filepath.Join(u.folder, "my table.csv")
		table := "Date,Transcript\n13/04/2024 10:00,one\n04/13/2024 10:00,two\n"
		if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
		u.paste(path)
		u.press("enter")
		u.sees("Nothing was imported", "some of its dates are written month first", "One of 2 ways", "y copy the command")
		want := "unsaid --db " + typedpath.Quote(u.db.Path()) + " import " + typedpath.Quote(path) + " --map dates="
		for _, order := range []string{"month-first", "day-first", "month-first"} {
			u.press("y")
			if !strings.Contains(u.clipboard, want+order) {
				t.Errorf("%q, want %q", u.clipboard, want+order)
			}
			u.sees("Copied")
		}
		u.clipboard = ""
		u.press("enter")
		u.sees("[failed 1]", "One of 2 ways")
		u.press("y")
		if !strings.Contains(u.clipboard, want+"month-first") {
			t.Errorf("%q", u.clipboard)
		}
		for _, size := range [][2]int{{60, 16}, {120, 36}} {
			u.terminal(size[0], size[1])
			u.press("enter")
			u.isWhole("the whole reason")
			u.sees("Copied", "dates=month-first")
			u.press("enter")
			u.isWhole("the account")
		}
		u.press("esc")
		u.isWhole("the report")
	})
}

// An account is read where it is seen, however long it is.
func TestLongAccountIsListed(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		members := make([]store.MemberOutcome, 5000)
		for i := range members {
			members[i] = store.MemberOutcome{Member: fmt.Sprintf("f/%05d.txt", i), Outcome: store.MemberIgnored, Reason: "no kind of file"}
		}
		u.account(store.ImportDone, []string{"/big.zip"}, members...)
		u.press("i", "a", "enter")
		u.sees("[all 5,000]", "▌ ignored   f/00000.txt")
		u.wheel(20, 10)
		u.sees("▌ ignored   f/00003.txt")
		u.press("G")
		u.sees("▌ ignored   f/04999.txt", "f/04995.txt")
		for range 5000/8 + 1 {
			u.press("pgup")
		}
		u.sees("▌ ignored   f/00000.txt")
	})
}

func TestHostileAccountIsDrawnSafely(t *testing.T) {
	t.Parallel()
	sitDown(t, nil, func(u *user) {
		for _, text := range texttest.Hostile {
			text = text[:min(len(text), 2000)]
			u.account(store.ImportDone, []string{text, "/" + text},
				store.MemberOutcome{Member: text, Outcome: store.MemberFailed, Reason: text, Remedy: store.NameTimeColumn},
				store.MemberOutcome{Member: text + ":12", Outcome: store.MemberFailed, Reason: text, Record: true},
				store.MemberOutcome{Member: "7", Outcome: store.MemberFailed, Reason: text, Record: true})
		}
		u.press("i", "a")
		for i := range len(texttest.Hostile) {
			size := [][2]int{{60, 16}, {80, 24}, {120, 36}}[i%3]
			u.terminal(size[0], size[1])
			u.isWhole("past imports")
			u.press("enter", "left", "j")
			u.isWhole("an account")
			u.press("g", "enter", "y")
			u.isWhole("a whole reason")
			u.press("esc", "esc", "j")
		}
		u.press("i")
		u.isWhole("importing it again")
	})
}

// What an import brought is found, deleted as a whole, and with that taken back.
func TestWhatAnImportBrought(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("i")
		u.write(u.export(3))
		u.press("enter")
		u.sees("3 new", "f what is new")
		u.press("f")
		u.sees("import:2", "3 recordings found")
		u.press("*", "d", "enter")
		u.sees("0 recordings found", "Deleted 3 recordings")
		u.press("esc", "i", "a", "j")
		u.sees("f its recordings")
		u.press("f")
		u.sees("import:1", "48 recordings found")
		u.press("u", "i", "a", "f")
		u.sees("import:2", "3 recordings found")
		u.account(store.ImportDone, []string{"/home/anna/empty.zip"})
		u.press("i", "a", "f") // which brought nothing
		u.sees("Past imports", "empty.zip")
	})
}
