package ui

import (
	"context"
	"testing"
	"time"

	"unsaid/store"
)

// trashJazz deletes the two recordings about jazz and opens the trash.
func (u *user) trashJazz() {
	u.press("/")
	u.write("jazz")
	u.press("enter", "*", "d")
	u.sees("Delete 2 recordings")
	u.press("enter", "4")
	u.sees("2 recordings in the trash")
}

func TestTrashRestores(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.trashJazz()
		u.isAt("jazz")
		u.isAt("28 Feb – 1 Mar 2025")
		u.press("enter")
		u.sees("1 Apr 2025 12:00  2 recordings  jazz", "alexa play some jazz", "jazz again please", "in the trash")
		u.press("j")
		u.isAt("jazz again please")
		u.press("esc")
		u.seesNot("alexa play some jazz")
		u.press("R")
		u.sees("Restored 2 recordings", "The trash is empty")
		u.liveAre(48)
	})
}

func TestTrashPurges(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.press("P")
		u.sees("Erase 2 recordings beyond recovery?", "undone.", "Type erase to confirm.")
		u.pass(time.Second)
		u.press("enter") // enter alone does not erase
		u.sees("only the word erase confirms this")
		u.write("eras")
		u.press("enter", "esc")
		u.sees("2 recordings in the trash")
		u.press("P")
		u.confirmWord("erase")
		u.sees("Erased 2 recordings", "The trash is empty")
		u.liveAre(46)
		u.press("u")
		u.sees("There is nothing to undo")
		for state, want := range map[store.State]int{store.Live: 46, store.Trashed: 0} {
			if n, err := u.db.Count(context.Background(), store.Query{State: state}); n != want || err != nil {
				t.Errorf("%s: %d, want %d; %v", state, n, want, err)
			}
		}
	})
}

// The one that is shown, not the newest, is what the keys mean.
func TestTrashKeysMeanTheDeletionAtTheCursor(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "d", "enter", "4")
		u.sees("2 recordings in the trash")
		u.press("j", "enter")
		u.sees("alexa play some jazz")
		u.press("R")
		u.sees("Restored 1 recording")
		u.press("1")
		u.sees("alexa play some jazz")
		u.seesNot("and then she said to me")
	})
}

// A deletion that was opened and is gone leaves no recordings of it on the screen.
func TestTrashShowsTheRightRecordingsAfterAnUndo(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "d", "enter", "4", "enter")
		u.sees("and then she said to me")
		u.press("u") // takes back the newest: the open one
		u.sees("Restored 1 recording")
		u.seesNot("and then she said to me")
	})
}
