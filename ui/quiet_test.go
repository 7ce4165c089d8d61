package ui

import (
	"testing"
	"time"

	"unsaid/player"
)

// Nothing passes unheard behind a dialog, and the cursor stays on what the dialog is about.
func TestReviewWaitsBehindADialog(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("A")
		u.pass(time.Second)
		for _, opening := range []string{"d", "?", ":", "i", "D"} {
			u.press(opening)
			u.pass(time.Minute)
			u.press("esc")
			u.isAt("alexa play some jazz")
			u.sees("▶ 0:01.", "playing 1 of 48")
		}
		u.pass(2300 * time.Millisecond) // into the pause before the next one
		u.press("d")
		u.pass(time.Minute)
		u.press("esc")
		u.pass(200 * time.Millisecond)
		u.isAt("and then she said to me")
		u.sees("▶ 0:00.", "playing 2 of 48")
	})
}

// A review that begins as a dialog comes up begins when that is closed.
func TestReviewBeginsAfterTheDialog(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush("A", "?")
		u.settle()
		u.pass(time.Minute)
		if u.app.playback.player.Status().State == player.Playing {
			t.Error("it plays behind the dialog")
		}
		u.press("esc")
		u.pass(200 * time.Millisecond)
		u.sees("▶ 0:00.", "playing 1 of 48")
	})
}

func TestReviewGoesOnWithTheNextWhenWhatPlaysIsDeleted(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("A")
		u.pass(time.Second)
		u.press("d")
		u.pass(10 * time.Second)
		u.press("enter")
		u.pass(200 * time.Millisecond)
		u.sees("Deleted 1 recording", "playing 2 of 48", "▶ 0:00.")
		u.isAt("and then she said to me")
		u.press("j", "j", "d", "enter") // another one: what plays goes on
		u.pass(500 * time.Millisecond)
		u.sees("Deleted 1 recording", "playing 2 of 48", "▶ 0:00.", "●  18:41:55")
	})
}

// The cursor goes along with a review only while it is on what plays.
func TestReviewLeavesTheCursorWhereTheUserTookIt(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("A")
		u.pass(time.Second)
		u.press("j", "j", "j", "j")
		u.pass(3 * time.Second)
		u.sees("●  18:41:55")
		u.isAt("good night")
		u.press("p") // the user asks for it, and goes along
		u.pass(200 * time.Millisecond)
		u.isAt("alexa play some jazz")
		u.pass(3500 * time.Millisecond)
		u.isAt("and then she said to me")
	})
}

func TestWhatIsGoneIsHeardNoLonger(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.press("d", "enter")
		u.pass(200 * time.Millisecond)
		u.seesNot("▶", "‖")
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.sees("●  18:41:55")
		erasing(t, u.process(), "is:unintended") // by another process
		u.pass(time.Second)
		u.seesNot("▶", "●")
	})
}

// The palette is a dialog, too, but what is chosen there is meant for what was heard before.
func TestPalettePausesWhatPlays(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.press(":")
		u.write("pause")
		u.press("enter")
		u.pass(time.Second)
		u.sees("‖ 0:00.")
		u.press("space")
		u.pass(time.Second)
		u.sees("▶ 0:01.")
	})
}
