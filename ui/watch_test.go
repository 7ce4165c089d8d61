package ui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/player"
	"unsaid/store"
)

// process opens the library once more, as another process does.
func (u *user) process() *store.DB {
	u.Helper()
	return openLibrary(u.T, filepath.Join(u.folder, "unsaid.db"))
}

// erasing deletes what a query finds, and asks the maker for it.
func erasing(t *testing.T, db *store.DB, text string) store.Deletion {
	t.Helper()
	ctx := context.Background()
	query, err := store.ParseQuery(text, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	ids, err := db.IDs(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	proposal, err := (&app.App{DB: db, Zone: time.UTC}).Propose(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	deleted, _, err := db.Delete(ctx, proposal.Order(text, true, true))
	if err != nil {
		t.Fatal(err)
	}
	return deleted
}

func TestChangesOfAnotherProcessAreSeenWithinASecond(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		other, ctx := u.process(), context.Background()
		u.terminal(120, 36)
		u.sees("48 recordings ·", "48 recordings found")
		add(u.T, other, said("Garage", "2025-03-02 08:00:00", "open the door"))
		u.pass(time.Second)
		u.sees("49 recordings ·", "4 devices", "49 recordings found", "open the door")
		u.press("2")
		u.sees("4 devices in your library", "Garage")
		u.press("3")
		u.sees("open the door")
		u.press("6")
		u.sees("All 49 recordings")

		deleted := erasing(u.T, other, "jazz")
		u.pass(time.Second)
		u.sees("All 47 recordings", "47 recordings ·")
		u.press("4")
		u.sees("2 recordings in the trash")
		u.press("enter")
		u.sees("alexa play some jazz")
		u.press("5")
		u.sees("1 request.", "draft")
		requests, err := other.Requests(ctx)
		if err != nil {
			t.Fatal(err)
		}
		sending := store.Sending{On: "2025-03-30", Due: "2025-04-30", At: time.Date(2025, 3, 30, 23, 59, 59, 0, time.UTC)}
		sending.Steps = []store.Step{{Kind: store.WholeDevice, Recordings: requests[0].InForce()}}
		if err := other.MarkSent(ctx, requests[0].ID, sending); err != nil {
			t.Fatal(err)
		}
		u.pass(time.Second)
		u.sees("sent on 30 Mar 2025")
		u.press("4")
		if _, err := other.Undo(ctx, deleted.ID, true); err != nil {
			t.Fatal(err)
		}
		u.pass(time.Second)
		u.sees("The trash is empty")
		u.press("1")
		u.sees("49 recordings found")
	})
}

// What others change moves nothing that the user has chosen.
func TestChangesOfAnotherProcessLeaveTheUserInPeace(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		other := u.process()
		u.terminal(120, 36)
		for range 34 {
			u.press("j")
		}
		u.press("x", "k", "k")
		var before []string
		for row := 2; row < 33; row++ {
			before = append(before, u.row(row))
		}
		where := u.at()
		for _, when := range []string{"2025-03-02 08:00:00", "2025-03-02 08:00:10", "2025-03-02 08:00:20"} {
			add(u.T, other, silent("Kitchen", when, "something else"))
		}
		u.pass(time.Second)
		u.sees("51 recordings found", "✓ 1 mark")
		u.isAt(where)
		for row := 2; row < 33; row++ {
			if u.row(row) != before[row-2] {
				t.Fatalf("row %d shows %q, was %q", row, u.row(row), before[row-2])
			}
		}

		u.press("/")
		u.write("alarm nu") // the search that is being typed
		add(u.T, other, silent("Kitchen", "2025-03-02 09:00:00", "alarm number 100"))
		u.pass(time.Second)
		u.sees("/ alarm nu", "41 recordings found")
		u.write("mber 100")
		u.sees("1 recording found")
		u.write(" hour:25") // which is wrong; what is listed is current all the same
		erasing(u.T, other, `"alarm number 100"`)
		u.pass(time.Second)
		u.sees("✗")
		u.seesNot("09:00:00")
		u.press("esc", "esc", "esc")

		u.press("d")
		u.sees("Delete 1 recording")
		add(u.T, other, silent("Kitchen", "2025-03-02 10:00:00", "one more"))
		u.pass(time.Second)
		u.sees("Delete 1 recording", "52 recordings ·")
	})
}

func TestNothingIsReadAnewWhileNothingChanges(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "d", "enter") // its own changes are shown once
		epoch := u.app.Epoch
		if epoch != 2 {
			t.Errorf("the library was read %d times", epoch)
		}
		u.pass(10 * time.Second)
		if u.app.Epoch != epoch {
			t.Error("it was read anew")
		}
	})
}

// However fast another process changes the library, what is being read is read to its end.
func TestReadingEndsWhileTheLibraryChangesElsewhere(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		version := u.app.noticed.version
		u.give(versionMsg{version: version + 1})
		epoch := u.app.Epoch
		if !u.app.reading() {
			t.Fatal("nothing is read")
		}
		u.give(versionMsg{version: version + 2})
		if u.app.Epoch != epoch {
			t.Error("it was begun anew")
		}
		u.settle()
		u.give(versionMsg{version: version + 2})
		if u.app.Epoch == epoch {
			t.Error("the later change was missed")
		}
	})
}

// What cannot be looked at is said once, and seen when it can be again.
func TestLookingElsewhereThatFailsSaysSo(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for range 2 {
			u.give(versionMsg{err: context.DeadlineExceeded})
		}
		u.sees(context.DeadlineExceeded.Error())
		if said := u.app.status.seq; said != 1 {
			t.Errorf("it was said %d times", said)
		}
		add(u.T, u.process(), silent("Kitchen", "2025-03-02 08:00:00", "something else"))
		u.pass(time.Second)
		u.sees("49 recordings found")
	})
}

func TestLookingElsewhereEndsWithTheProgram(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	app := newApp(ctx, Options{App: &app.App{Zone: time.UTC, Now: time.Now}, Player: player.New(player.DefaultOutput)})
	look := app.checkVersion(time.Hour)
	ended := make(chan tea.Msg)
	go func() { ended <- look() }()
	cancel()
	if msg := <-ended; msg != nil {
		t.Errorf("%v", msg)
	}
}

// The list begins with the newest recording, whatever an import brings first, until the user goes elsewhere.
func TestCursorStaysOnTheNewestDuringAnImport(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		other := u.process()
		for _, when := range []string{"2025-02-03 08:00:00", "2025-03-02 08:00:00", "2025-03-02 09:00:00"} {
			add(u.T, other, said("Kitchen", when, "said at "+strings.Fields(when)[1]))
			u.pass(time.Second)
		}
		u.isAt("said at 09:00:00")
		u.press("space") // plays it, and so means it
		add(u.T, other, said("Kitchen", "2025-03-02 10:00:00", "said at 10:00:00"))
		u.pass(time.Second)
		u.isAt("said at 09:00:00")
		u.press("space")
		u.sees("‖")
		u.press("g")
		add(u.T, other, said("Kitchen", "2025-03-02 11:00:00", "said at 11:00:00"))
		u.pass(time.Second)
		u.isAt("said at 11:00:00")
		u.press("3", "1", "j")
		add(u.T, other, said("Kitchen", "2025-03-02 12:00:00", "said at 12:00:00"))
		u.pass(time.Second)
		u.isAt("said at 10:00:00")
	})
}

// What was not read yet is not shown as empty, nor is what could not be read.
func TestWhatIsNotReadIsNotShownAsEmpty(t *testing.T) {
	empty := []string{"No devices yet", "The trash is empty", "No requests yet", "0 ", "Nothing found"}
	sitDown(t, household(), func(u *user) {
		loaded := u.app
		defer func() { u.app = loaded }()
		u.app = newApp(loaded.Ctx, loaded.o)
		u.terminal(80, 24)
		for _, screen := range []string{"1", "2", "3", "4", "5"} {
			u.press(screen)
			u.seesNot(empty...)
		}
		u.app.Epoch = 1
		for _, screen := range []string{"2", "3", "4", "5"} {
			u.press(screen)
			u.seesNot(empty...)
			u.sees("This could not be read.")
		}
		u.press("1")
		u.broken = context.DeadlineExceeded
		u.begin(u.app.library.Load(&u.app.Common))
		u.settle()
		u.seesNot(empty...)
		u.sees("the search failed")
	})
}
