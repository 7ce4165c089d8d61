package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/app"
)

// requestFiles is what w writes for each request.
var requestFiles = []string{"request.md", "letter.txt", "letter.eml", "manifest.json", "manifest.csv"}

func TestRequestsAreWrittenAndSent(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "j", "d", "enter", "5")
		u.isAt("Kitchen")
		u.isAt("drafted")
		u.sees("1 request.", "no files written yet", "1. everything of the device (4 recordings)")
		u.press("o")
		u.sees("No files were written yet: w writes them")
		u.press("w")
		u.sees("Written to ", "files in ")
		all, err := u.app.Requests(u.app.Ctx)
		if err != nil {
			t.Fatal(err)
		}
		folder := all[0].Written.Folder
		for _, name := range requestFiles {
			if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		u.press("o")
		if !slices.Equal(u.opened, []string{folder}) {
			t.Errorf("opened %q, want %q", u.opened, folder)
		}
		u.press("y")
		u.sees("Copied the letter")
		if !strings.Contains(u.clipboard, "Kitchen") || !strings.Contains(u.clipboard, "Article 17") {
			t.Errorf("copied %q", u.clipboard)
		}
	})
}

func TestRequestIsSentOnADayThatCanBePutRight(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "j", "d", "enter", "5", "s")
		u.sees("When was it sent?", "› 2025-04-01")
		u.press("backspace")
		u.press("9", "enter")
		u.sees("2025-04-09 is in the future")
		u.press("backspace", "backspace", "enter")
		u.sees("is not a day", "2024-05-03")
		u.press("0", "1", "enter")
		u.sees("Sent on 1 Apr 2025, an answer is due by 2 May 2025")
		u.isAt("asked")
		u.isAt("2 May 2025")
		u.sees("an export made after 1 April 2025 will tell what has become of it")
		u.press("s")
		for range len("2025-04-01") {
			u.press("backspace")
		}
		u.write("2025-02-10")
		u.press("enter")
		u.sees("Sent on 10 Feb 2025, an answer is due by 10 Mar 2025", "1 overdue of 1 request")
		u.isAt("overdue")
		u.press("s")
		for range len("2025-04-01") {
			u.press("backspace")
		}
		u.press("enter")
		u.sees("It counts as not sent")
		u.isAt("drafted")
		u.seesNot("overdue")
	})
}

// A request that was sent warns before the deletion is taken back, and says so afterwards.
func TestUndoOfWhatTheMakerWasAskedForWarns(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("2", "j", "d", "enter", "5", "s")
		u.sees("When was it sent?")
		u.press("enter")
		u.sees("Sent on 1 Apr 2025")
		u.press("u")
		u.sees("Restore 4 recordings? The maker has been asked.", "Kitchen · sent on 1 Apr 2025 · asked")
		u.press("esc")
		u.liveAre(44)
		u.press("u", "u", "u") // which is not the answer
		u.sees("Restore 4 recordings?")
		u.press("enter")
		u.sees("Restored 4 recordings, kept 1 sent request")
		u.isAt("taken back")
		u.liveAre(48)
	})
}

// The next export tells what became of a request; what is still there is followed up.
func TestVerdictsAndFollowUps(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "j", "d", "enter", "5", "f")
		u.sees("No export shows a recording of this request still there")
		u.press("s", "enter")
		<-time.After(48 * time.Hour)
		u.settle()
		kitchen := household()[3] // of 1 March, 18:20:31
		add(t, u.db, said("Kitchen", "2025-03-01 18:00:00", "kept"), kitchen, said("Kitchen", "2025-04-02 08:00:00", "said later"))
		if _, err := (&app.App{DB: u.db}).Verify(context.Background()); err != nil {
			t.Fatal(err)
		}
		u.begin(u.app.reload())
		u.settle()
		u.isAt("still there")
		u.sees("exports show: 1 gone, 1 still there, 2 cannot be told", "1 recording is gone: the export of import 2, made after 2 Apr 2025",
			"has what was recorded", "it was made by mistake", "if the export is all that the maker gave you, say so with a")
		u.press("a")
		u.sees("exports show: 3 gone, 1 still there", "is all that the account has, by your word")
		u.press("a")
		u.sees("exports show: 1 gone, 1 still there, 2 cannot be told")
		u.press("enter", "G")
		u.sees("How an export is judged", "Gone: such an export lacks it")
		u.press("esc", "f")
		u.sees("Follow-up 1 written to ", "follow-up 1 of 3 Apr 2025, about 1 recording")
		u.press("W")
		u.sees("Report written to ")
		report, err := os.ReadFile(filepath.Join(u.app.o.RequestsDir, "report-2025-04-03", "report.md"))
		if err != nil || !strings.Contains(string(report), "still there") {
			t.Errorf("%s, %v", report, err)
		}
	})
}

func TestRequestStepsOpen(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "d", "enter", "1", "d", "enter", "5") // a device and a single one
		u.isAt("Kitchen")
		u.sees("2 requests", "the recording of Sat 1 Mar 2025 18:42:07  alexa play some jazz")
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
