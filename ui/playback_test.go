package ui

import (
	"errors"
	"testing"
	"time"

	"unsaid/player"
	"unsaid/store"
)

// In these tests clips run their time in silence, which passes at once in the bubble.

func TestSpacePlaysAndPauses(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("space") // before the clip under the cursor is decoded
		u.pass(500 * time.Millisecond)
		u.sees("▶ 0:00.", "/0:02.9", "●  18:42:07", "Kitchen")
		u.pass(time.Second)
		u.sees("▶ 0:01.")
		u.press("space")
		u.pass(5 * time.Second)
		u.sees("‖ 0:01.", "‖  18:42:07")
		u.press("space")
		u.pass(5 * time.Second) // to its end
		u.seesNot("▶", "●", "‖")
		u.press("r")
		u.pass(100 * time.Millisecond)
		u.sees("▶ 0:00.")
	})
}

func TestSeeking(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("left", "right") // nothing plays
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.press("l", "right")
		u.pass(100 * time.Millisecond)
		u.sees("▶ 0:02.")
		u.press("h", "h", "left")
		u.pass(100 * time.Millisecond)
		u.sees("▶ 0:00.")
	})
}

// What plays goes on while the cursor moves; space on another one plays that.
func TestPlayingAnother(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.press("j", "j")
		u.pass(200 * time.Millisecond)
		u.sees("●  18:42:07")
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.sees("●  18:20:31")
		u.seesNot("●  18:42:07")
	})
}

// A clip that is decoded only after the cursor went on is not played.
func TestClipOfAPassedRecordingIsNotPlayed(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("space"))
		u.give(key("j"))
		u.settle()
		u.pass(500 * time.Millisecond)
		u.seesNot("▶")
	})
}

func TestRecordingWithoutSound(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("milk")
		u.press("enter", "space")
		u.sees("No sound came with this recording")
		u.press("/", "esc")
		u.write("nothing like it")
		u.press("enter", "space")
		u.sees("There is no recording to play")
	})
}

func TestWaveformIsThereBeforeAKey(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.seesNot("▇")
		u.pass(time.Second)
		u.sees("▇")
	})
}

func TestNoSoundOutputIsAStatus(t *testing.T) {
	output := func() (player.Output, error) { return nil, errors.New("no sound output: nobody listens") }
	sitDownWith(t, output, household(), func(u *user) {
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.sees("no sound output: nobody listens", "alexa play some jazz")
		u.seesNot("▶")
		u.press("j", "x")
		u.sees("✓ 1 mark")
	})
}

func TestDamagedSoundSaysSo(t *testing.T) {
	damaged := said("Kitchen", "2025-03-01 18:42:07", "damaged")
	damaged.Audio.Data = []byte("RIFF\x00\x00\x00\x00WAVEjunk")
	sitDown(t, []store.Incoming{damaged}, func(u *user) {
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.seesNot("▶")
		if !u.app.status.bad {
			t.Errorf("nothing was said of it\n%s", u.screen())
		}
	})
}
