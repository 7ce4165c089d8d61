package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

func TestYearShowsEachDayInItsShade(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("3", "z")
		u.sees("2025 Jan", "Mo", "Su", "▓ 1–2", "█ 3–4")
		u.seesNot("2024 Jan") // before the oldest
		u.sees("▓▓▓·◆")       // the Saturdays up to 1 March, where the cursor is
		for _, step := range []struct{ key, sees string }{
			{"up", "Fri 28 Feb 2025  3"},
			{"left", "Fri 21 Feb 2025  0"},
			{"right", "Fri 28 Feb 2025  3"},
			{"down", "Sat 1 Mar 2025  4"},
			{"ctrl+u", "Sat 1 Feb 2025  2"},
			{"pgup", "Thu 1 Feb 2024  0"},
			{"pgdown", "Sat 1 Feb 2025  2"},
			{"z", "Sat 1 Feb 2025  2"},
		} {
			u.press(step.key)
			if !strings.HasPrefix(strings.TrimSpace(u.row(1)), step.sees) {
				t.Fatalf("after %s: %q, want %q", step.key, u.row(1), step.sees)
			}
		}
		u.sees("February 2025")
	})
}

// spot is where a text stands on the screen, in cells.
func (u *user) spot(text string) (x, y int) {
	u.Helper()
	for y, line := range strings.Split(u.screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			return len([]rune(before)), y
		}
	}
	u.Fatalf("not on the screen: %q\n%s", text, u.screen())
	return 0, 0
}

func TestDrawingOverDaysChoosesThem(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("3", "pgup")
		x, y := u.spot("▐ 1▓")
		u.drag(x+1, y, [2]int{x + 1, y + 1}, [2]int{x - 3, y + 2})
		u.sees("1–14 Feb 2025  28 recordings")
		u.press("d")
		u.sees("Delete 28 recordings · after:2025-02-01 before:2025-02-15")
		u.press("esc")
		u.click(x+1, y)
		u.sees("Sat 1 Feb 2025  2 recordings")
		u.wheel(x, y)
		u.sees("Sat 1 Mar 2025  4 recordings")
		x, y = u.spot("▐ 1")
		u.click(x, y) // a second time
		u.sees("on:2025-03-01", "4 recordings found")
	})
}

func TestRecordingsOfTheDayStandBesideTheCalendar(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("3")
		u.seesNot("alexa play some jazz")
		u.terminal(120, 36)
		u.sees("alexa play some jazz", "Here's a station you might like.")
		u.press("left")
		u.sees("good night")
		u.seesNot("alexa play some jazz")
		u.press("V", "right")
		u.sees("alexa play some jazz", "good night")
		u.press("enter", "down", "down", "down")
		if r, _ := u.app.selected(); r.Transcript != "good morning" {
			t.Fatalf("at %q", r.Transcript)
		}
		u.press("space")
		u.pass(200 * time.Millisecond)
		u.sees("●  07:05:00")
		u.press("d")
		u.sees("Delete 1 recording")
		u.press("esc", "enter")
		u.sees("after:2025-02-28 before:2025-03-02", "7 recordings found")
		u.isAt("good morning")
		u.press("3", "left", "left", "left") // out of the list, and two days back
		u.sees("27–28 Feb 2025")
		u.press("enter")
		u.terminal(80, 24)
		u.press("left") // there is no list any more
		u.sees("26–28 Feb 2025")
	})
}

// All of a day is heard as it passed; what has no sound is left out.
func TestPlayingAllOfADay(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3", "V", "h", "p")
		var heard []string
		for range 40 {
			u.pass(500 * time.Millisecond)
			if playing := u.app.playback.Recording.Transcript; !slices.Contains(heard, playing) {
				heard = append(heard, playing)
			}
		}
		want := []string{"jazz again please", "good night", "good morning", "what time is it", "and then she said to me", "alexa play some jazz"}
		if !slices.Equal(heard, want) {
			t.Errorf("heard %q, want %q", heard, want)
		}
		u.seesNot("▶ ")
	})
}

func TestPlayingAllStopsAndPauses(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("3", "p")
		u.pass(300 * time.Millisecond)
		u.sees("▶ 0:00.", "playing 1 of 4")
		u.press("space")
		u.pass(5 * time.Second)
		if paused := u.row(-2); !strings.Contains(paused, "‖ 0:00.") || !strings.Contains(paused, "1 of 4") {
			t.Errorf("%q", paused)
		}
		u.press("space")
		u.pass(2500 * time.Millisecond)
		u.sees("▶ 0:00.", "playing 2 of 4")
		u.press("esc")
		u.pass(5 * time.Second)
		u.seesNot("▶ ", " of 4")
		u.press("p")
		u.pass(300 * time.Millisecond)
		u.press("1", "g", "j", "j", "space") // it goes on from there
		u.pass(300 * time.Millisecond)
		u.sees("●  18:20:31", "playing 2 of 4")
	})
}

// A clip that cannot be played does not end the day.
func TestPlayingAllLeavesOutWhatIsDamaged(t *testing.T) {
	damaged := said("Kitchen", "2025-03-01 10:00:00", "damaged")
	damaged.Audio.Data = []byte("RIFF\x00\x00\x00\x00WAVEjunk")
	sitDown(t, []store.Incoming{damaged, said("Kitchen", "2025-03-01 11:00:00", "sound")}, func(u *user) {
		u.press("3", "p")
		u.pass(500 * time.Millisecond)
		u.sees("▶ 0:00.", "2 of 2")
	})
}
