package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

func TestDeleteDialogShowsWhatItComesTo(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "/")
		u.write("alarm")
		u.press("enter", "x", "x", "d")
		u.sees("Delete 3 recordings", "marked by hand", "1 of them not on the screen",
			"Bedroom", "Kitchen", "20 Feb 2025", "1 Mar 2025", "h [x] to the trash here", "m [x] ask the maker", "What to ask for, in 3 steps:")
		u.press("h")
		u.sees("h [ ] to the trash", "enter draft the requests")
		u.press("m")
		u.sees("m [ ] ask", "choose at least one", "The maker is not asked")
		u.press("enter")
		u.sees("Delete 3 recordings") // as it said
		u.press("h")
		u.sees("h [x] to the trash", "enter delete")
		u.press("esc")
		u.seesNot("Delete 3 recordings")
		u.sees("✓ 3 marks")
		u.liveAre(48)
	})
}

func TestDeleteAndUndo(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("enter", "*", "d")
		u.sees("Delete 2 recordings · jazz")
		u.seesNot("not on the screen")
		u.press("enter")
		u.sees("Deleted 2 recordings, drafted 1 request (5 shows them). u undoes it.", "0 recordings found")
		u.seesNot("✓")
		u.liveAre(46)
		u.press("u")
		u.sees("Restored 2 recordings, dropped 1 draft request", "2 recordings found", "alexa play some jazz")
		u.liveAre(48)
		u.press("u")
		u.sees("There is nothing to undo")
		u.press("ctrl+r")
		u.sees("Deleted 2 recordings, drafted 1 request", "0 recordings found")
		u.liveAre(46)
		u.press("ctrl+r")
		u.sees("There is nothing to redo")
	})
}

func TestDeleteWithoutMarksMeansTheOneAtTheCursor(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("j", "j", "d")
		u.sees("Delete 1 recording · a single recording", "What to ask for, in 1 step:", "Kitchen: the recording of Sat 1 Mar 2025 18:20:31")
		u.press("y")
		u.sees("Deleted 1 recording")
		u.seesNot("what time is it")
		u.isAt("good morning") // what came after it
		u.liveAre(47)
	})
}

func TestDeleteARangeThatIsStillOpen(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("V", "j", "j", "d")
		u.sees("Delete 3 recordings")
		u.press("enter")
		u.seesNot("range of")
		u.liveAre(45)
	})
}

func TestAskTheMakerAndKeepACopyHere(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("d", "h", "enter")
		u.sees("Kept 1 recording here, drafted 1 request", "alexa play some jazz", "maker: drafted")
		u.liveAre(48)
		u.press("d")
		u.sees("A draft request asks for all of this already.")
	})
}

func TestDeleteHereOnly(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("d", "m", "enter")
		u.sees("Deleted 1 recording. u undoes it.")
		u.press("5")
		u.sees("No requests yet")
	})
}

func TestDeleteADevice(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("2")
		u.isAt("Bedroom")
		u.press("j")
		u.isAt("Kitchen")
		u.press("d")
		u.sees("Delete 4 recordings · all of Kitchen", "everything of the device (4 recordings)", "A step also deletes what is newer than your export.")
		u.press("delete", "enter")
		u.sees("Deleted 4 recordings", "4 drafted")
		u.liveAre(44)
		u.press("u")
		u.sees("Restored 4 recordings")
		u.isAt("Kitchen")
	})
}

func TestDeviceOpensItsRecordings(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "G", "enter")
		u.sees("device:=Phone", "1 recording found", "add milk to the list")
	})
}

func TestDeleteDaysOfTheCalendar(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("3")
		u.sees("Sat 1 Mar 2025  4 recordings", "March 2025")
		u.press("left")
		u.sees("Fri 28 Feb 2025  3 recordings")
		u.press("V", "h")
		u.sees("27–28 Feb 2025  4 recordings")
		u.press("d")
		u.sees("Delete 4 recordings · after:2025-02-27 before:2025-03-01")
		u.press("enter")
		u.sees("Deleted 4 recordings")
		u.liveAre(44)
		u.press("d")
		u.sees("Nothing was recorded on this day")
		u.press("g")
		u.sees("Sat 1 Mar 2025  4 recordings")
		u.press("enter")
		u.sees("on:2025-03-01", "4 recordings found")
	})
}

func TestCalendarMovesByDayWeekAndMonth(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("3", "G")
		for _, step := range []struct{ key, sees string }{
			{"up", "Fri 24 Jan 2025"},
			{"down", "Fri 31 Jan 2025"},
			{"pgdown", "Fri 28 Feb 2025"}, // a month has no 31st
			{"l", "Sat 1 Mar 2025"},
			{"j", "Sat 8 Mar 2025"},
			{"k", "Sat 1 Mar 2025"},
			{"pgup", "Sat 1 Feb 2025"},
			{"h", "Fri 31 Jan 2025"},
			{"ctrl+u", "Tue 31 Dec 2024"},
			{"ctrl+u", "Sat 30 Nov 2024"},
			{"ctrl+d", "Mon 30 Dec 2024"},
			{"g", "Sat 1 Mar 2025"},
			{"left", "Fri 28 Feb 2025"},
			{"right", "Sat 1 Mar 2025"},
			{"V", "Sat 1 Mar 2025"},
			{"left", "28 Feb – 1 Mar 2025"},
			{"esc", "Fri 28 Feb 2025  "},
			{"V", "Fri 28 Feb 2025"},
			{"V", "Fri 28 Feb 2025"},
		} {
			u.press(step.key)
			if !strings.HasPrefix(strings.TrimSpace(u.row(1)), step.sees) {
				t.Fatalf("after %s: %q, want %q", step.key, u.row(1), step.sees)
			}
		}
	})
}

// What one agreed to delete is not quietly less when something else was faster.
func TestDeleteOfWhatIsGoneMeanwhileFails(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "x", "d")
		u.deleteElsewhere(u.listed()[0])
		u.press("enter")
		u.sees("is not there any more")
		u.liveAre(47)
		u.sees("47 recordings found") // read anew
	})
}

func TestLateProposalIsDropped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "x")
		u.give(key("d")) // whose proposal is late
		u.press("esc", "esc", "d")
		u.sees("Delete 1 recording")
	})
}

func TestDeleteDialogBeforeTheProposalIsThere(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("d"))
		u.sees("Delete 1 recording")
		u.seesNot("What to ask for")
		u.give(key("enter")) // which was offered
		u.settle()
		u.sees("Deleted 1 recording")
		u.liveAre(47)
	})
}

// liveAre fails the test unless so many recordings are neither trashed nor purged.
func (u *user) liveAre(n int) {
	u.Helper()
	if u.withheld {
		u.settle()
	}
	if got, err := u.db.Count(context.Background(), store.Query{}); err != nil || got != n {
		u.Fatalf("%d recordings are live, want %d; %v", got, n, err)
	}
}

// deleteElsewhere deletes a recording behind the program's back, as unsaid delete does.
func (u *user) deleteElsewhere(id int64) {
	u.Helper()
	if _, _, err := u.db.Delete(context.Background(), store.Order{IDs: []int64{id}, Local: true, TimeZone: "UTC"}); err != nil {
		u.Fatal(err)
	}
	u.pass(time.Second)
}
