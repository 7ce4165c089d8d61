package ui

import (
	"os"
	"path/filepath"
	"testing"
)

// requestFiles is what w writes for each request.
var requestFiles = []string{"request.md", "letter.txt", "letter.eml", "manifest.json", "manifest.csv"}

func TestRequestsAreWrittenAndSent(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "j", "d", "enter", "5")
		u.isAt("Kitchen")
		u.isAt("drafted")
		u.sees("1 request.", "no files written yet", "1. everything of the device (4 recordings)")
		u.press("y")
		u.sees("No files were written yet")
		u.press("w")
		u.sees("Written to ", "files in ")
		folder := u.app.requests.all[0].Folder
		for _, name := range requestFiles {
			if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		u.press("y")
		u.sees("Copied ")
		if u.clipboard != folder {
			t.Errorf("copied %q, want %q", u.clipboard, folder)
		}
		u.press("s")
		u.sees("Sent on 2025-04-01, an answer is due by 2025-05-01")
		u.isAt("asked")
		u.isAt("2025-05-01")
		u.press("s")
		u.sees("It was marked as sent on 2025-04-01 already")
		u.press("u")
		u.sees("Restored 4 recordings; 1 request sent already, so the maker may still delete")
		u.isAt("asked")
	})
}

func TestRequestStepsOpen(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "d", "enter", "1", "d", "enter", "5") // a device and a single one
		u.isAt("Kitchen")
		u.sees("2 requests", "one recording: Sat 1 Mar 2025 18:42:07  alexa play some jazz")
		u.press("j")
		u.isAt("Bedroom")
		u.sees("everything of the device (43 recordings)")
		u.press("enter")
		u.seesNot("Kitchen")
		u.press("j", "k", "esc")
		u.sees("Kitchen")
		u.isAt("Bedroom")
	})
}

func TestRequestThatCannotBeWrittenSaysWhy(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		if err := os.WriteFile(u.app.o.RequestsDir, nil, 0o600); err != nil { // a file in the folder's place
			t.Fatal(err)
		}
		u.press("d", "enter", "5", "w")
		u.sees("write erasure request 1", "no files written yet")
	})
}
