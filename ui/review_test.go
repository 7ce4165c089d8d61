package ui

import (
	"testing"
	"time"

	"unsaid/store"
	"unsaid/ui/common"
)

// A review plays what was found from the cursor on, and passes over what has no sound.
func TestReviewPlaysOneAfterAnother(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("j", "j", "A")
		u.pass(200 * time.Millisecond)
		u.sees("playing 3 of 48", "●  18:20:31")
		u.pass(2500 * time.Millisecond) // to its end, and into the pause
		u.sees("playing 3 of 48")
		u.seesNot("▶")
		u.pass(400 * time.Millisecond)
		u.isAt("good morning")
		u.sees("playing 4 of 48", "▶", "●  07:05:00")
		u.press("n")
		u.pass(100 * time.Millisecond)
		u.isAt("good night")
		u.press("n") // over one without sound
		u.pass(100 * time.Millisecond)
		u.isAt("jazz again please")
		u.press("p", "p", "p")
		u.pass(100 * time.Millisecond)
		u.isAt("what time is it")
		u.press("space")
		u.sees("‖", "playing 3 of 48")
		u.pass(10 * time.Second)
		u.isAt("what time is it") // a pause holds the review
		u.press("space")
		u.pass(13 * time.Second)
		u.sees("That was the last one")
		u.seesNot("playing", "▶")
		u.isAt("jazz again please")
	})
}

// Marking, deleting and restoring go on while a review plays. What is deleted is heard no longer.
func TestReviewGoesOnWhileMarkingAndDeleting(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("A")
		u.pass(200 * time.Millisecond)
		u.press("x") // what plays; the cursor goes on
		u.sees("✓ 1 mark")
		u.press("d", "enter")
		u.pass(200 * time.Millisecond)
		u.sees("Deleted 1 recording", "playing 2 of 48", "●  18:41:55")
		u.liveAre(47)
		u.press("u")
		u.liveAre(48)
		u.sees("●  18:41:55")
		u.press("p")
		u.pass(200 * time.Millisecond)
		u.isAt("alexa play some jazz")
		u.press("x", "j", "d", "enter", "n", "n") // the mark came back with the recording; one that is to come is deleted
		u.pass(200 * time.Millisecond)
		u.isAt("good morning")
		u.press("esc")
		u.seesNot("playing", "▶")
		u.pass(time.Minute)
		u.isAt("good morning")
	})
}

func TestReviewGoesOnFromWhereOnePlays(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("A")
		u.pass(200 * time.Millisecond)
		u.press("j", "j", "space")
		u.pass(200 * time.Millisecond)
		u.sees("playing 3 of 48", "●  18:20:31")
	})
}

func TestReviewOfTheMarked(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("Q")
		u.sees("Nothing is marked: x marks, A plays the search results")
		u.press("j", "x", "j", "x", "2", "Q")
		u.pass(200 * time.Millisecond)
		u.sees("playing 1 of 2", "▶")
		u.press("}", "}", "{")
		u.sees("Pause between recordings: 0.75 s")
		u.press("1")
		u.isAt("and then she said to me")
		u.pass(4 * time.Second)
		u.isAt("good morning")
		u.press(".")
		u.seesNot("playing", "▶")
	})
}

func TestReviewOfTheTrash(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.press("enter", "A")
		u.pass(200 * time.Millisecond)
		u.sees("playing 1 of 2")
		u.press("n")
		u.pass(100 * time.Millisecond)
		u.isAt("jazz again please")
		u.press("n")
		u.sees("That was the last one")
		u.press("1", "/", "esc", "enter", "x", "4", "Q") // what is marked is not in the trash
		u.pass(200 * time.Millisecond)
		u.sees("playing 1 of 1", "▶")
	})
}

// What cannot be played does not hold a review up.
func TestReviewPassesOverWhatIsDamaged(t *testing.T) {
	damaged := said("Kitchen", "2025-03-01 18:42:00", "damaged")
	damaged.Audio.Data = []byte("RIFF\x00\x00\x00\x00WAVEjunk")
	sitDown(t, append(household(), damaged), func(u *user) {
		u.press("A", "n")
		u.pass(200 * time.Millisecond)
		u.sees("playing 3 of 49")
		u.isAt("and then she said to me")
		if !u.app.status.bad {
			t.Errorf("nothing was said of it\n%s", u.screen())
		}
	})
}

func TestNextAndPreviousWithoutAReview(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("p")
		u.sees("No other recording has sound")
		u.press("n")
		u.pass(200 * time.Millisecond)
		u.sees("▶", "●  18:41:55")
		u.pass(10 * time.Second)
		u.isAt("and then she said to me") // nothing follows by itself
		u.seesNot("▶")
	})
	sitDown(t, nil, func(u *user) {
		u.press("n", "A")
		u.sees("There is nothing to play here")
	})
}

func TestSettingsOfTheSound(t *testing.T) {
	t.Parallel()
	sitDown(t, household(), func(u *user) {
		u.press("space")
		u.pass(100 * time.Millisecond)
		u.press("2")
		for _, step := range []struct{ key, sees string }{
			{">", "Speed 1.1×"},
			{"<", "Speed 1×"},
			{"<", "Speed 0.9×"},
			{"-", "Volume 90 %"},
			{"_", "Muted"},
			{"+", "Volume 100 %"},
			{"v", "Quiet recordings louder"},
			{"v", "Quiet recordings louder: off"},
			{"T", "Silence at the start skipped"},
			{"c", "Repeat"},
		} {
			u.press(step.key)
			u.sees(step.sees)
		}
		u.terminal(120, 36)
		u.sees("Kitchen · 0.9× · no silence · repeat")
		u.pass(8 * time.Second) // twice over
		u.sees("▶")
		u.press(".")
		u.seesNot("▶")
	})
}

func TestSeekingFar(t *testing.T) {
	long := said("Kitchen", "2025-03-02 08:00:00", "long")
	long.Audio = &store.IncomingAudio{Data: tone(20*time.Second, 300), Format: "wav", Duration: 20 * time.Second, LinkedBy: store.LinkedByName}
	sitDown(t, append(household(), long), func(u *user) {
		u.press("alt+5") // nothing plays
		u.press("space")
		u.pass(200 * time.Millisecond)
		for _, step := range []struct{ key, sees string }{
			{"shift+right", "▶ 0:05."}, {"L", "▶ 0:10."}, {"H", "▶ 0:05."}, {"shift+left", "▶ 0:00."}, {"alt+5", "▶ 0:10."}, {"alt+0", "▶ 0:00."},
		} {
			u.press(step.key)
			u.pass(40 * time.Millisecond)
			u.sees(step.sees)
		}
	})
}

// A waveform is kept in the library, and shown the next time before the sound is decoded.
func TestWaveformIsKept(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.pass(time.Second)
		r, _ := u.app.selected()
		kept, err := u.db.Peaks(u.app.Ctx, r.Audio.ID)
		if err != nil || len(kept) != peaksPerClip {
			t.Fatalf("%d, %v", len(kept), err)
		}
		u.app.playback.clips = newClips(&u.app.Heard)
		u.app.playback.takePeaks(r.Audio.ID, kept)
		u.sees("▇", "2.9s")
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.sees("▶")
	})
}

func TestFewSoundsAreKeptAtHand(t *testing.T) {
	c := newClips(&common.Heard{})
	sounds := c.heard.Sounds
	for i := range int64(3 * keptClips) {
		c.keep(i, common.Sound{Peaks: []float32{1}})
	}
	if len(sounds) != keptClips || len(c.recent) != keptClips || sounds[3*keptClips-1].Peaks == nil {
		t.Errorf("%d sounds, %d in order", len(sounds), len(c.recent))
	}
}
