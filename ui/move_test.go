package ui

import (
	"fmt"
	"testing"
	"time"

	"unsaid/store"
)

func TestMovingThroughTheList(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.isAt("alexa play some jazz")
		u.press("j", "down")
		u.isAt("what time is it")
		u.press("k")
		u.isAt("and then she said to me")
		u.press("up", "up", "up")
		u.isAt("alexa play some jazz")
		u.press("G")
		u.isAt("alarm number 39")
		u.press("j")
		u.isAt("alarm number 39")
		u.press("g")
		u.isAt("alexa play some jazz")
		u.press("end", "home")
		u.isAt("alexa play some jazz")
		for range 20 {
			u.press("pgdown")
			if u.at() == "" {
				t.Fatalf("the cursor is out of sight\n%s", u.screen())
			}
		}
		u.isAt("alarm number 39")
		for range 20 {
			u.press("ctrl+u")
		}
		u.isAt("alexa play some jazz")
		u.press("ctrl+d")
		down := u.at()
		u.press("ctrl+f", "pgup")
		if u.at() != down {
			t.Errorf("a page down and up is not where it began: %q, not %q", u.at(), down)
		}
	})
}

func TestCursorStaysOnItsRecording(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for range 6 {
			u.press("j")
		}
		u.isAt("jazz again please")
		u.press("/")
		u.write("jazz")
		u.isAt("jazz again please")
		u.press("esc", "esc")
		u.isAt("jazz again please")
		for _, size := range [][2]int{{60, 16}, {200, 60}, {80, 24}, {110, 17}} {
			u.terminal(size[0], size[1])
			u.isAt("jazz again please")
		}
	})
}

func TestCursorStaysOnARecordingBeyondTheFirstPage(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("alarm number 30")
		u.isAt("alarm number 30")
		u.press("esc", "esc")
		u.sees("48 recordings found")
		u.isAt("alarm number 30")
		u.press("/")
		u.write("alarm")
		u.isAt("alarm number 30")
	})
}

// Other words begin at the newest; after a deletion the cursor is where the recording was.
func TestCursorGoesToTheNewestWhenOtherWordsDoNotFindItsRecording(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("j", "j")
		u.isAt("what time is it")
		u.press("/")
		u.write("jazz")
		u.isAt("alexa play some jazz")
	})
}

func TestEnterOpensTheDetail(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("enter")
		u.sees("alexa play some jazz", "Here's a station you might like.", "voice of Anna", "PlayMusicIntent", "G0911W07KITCHEN", "A1RABVCI4QCIKC")
		u.seesNot("good morning")
		u.press("j")
		u.sees("and then she said to me", "not intended for the assistant", "FALSE_WAKE_WORD")
		u.press("esc")
		u.sees("good morning")
	})
}

func TestScreensAreOneKeyApart(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for _, step := range []struct{ key, sees string }{
			{"2", "3 devices in your library"},
			{"3", "Sat 1 Mar 2025"},
			{"4", "The trash is empty"},
			{"5", "No requests yet"},
			{"6", "All 48 recordings"},
			{"1", "48 recordings found"},
			{"tab", "3 devices in your library"},
			{"tab", "February 2025"},
			{"tab", "The trash is empty"},
			{"tab", "No requests yet"},
			{"tab", "All 48 recordings"},
			{"tab", "48 recordings found"},
		} {
			u.press(step.key)
			u.sees(step.sees)
		}
		u.click(22, 0)
		u.sees("3 devices in your library")
	})
}

func TestMouse(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.click(30, 4)
		u.isAt("and then she said to me")
		u.click(30, 2) // a day's heading
		u.isAt("and then she said to me")
		for range 30 {
			u.wheel(30, 5)
		}
		u.isAt("alarm number 39")
	})
}

func TestSecondClickPlays(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.click(30, 5)
		u.pass(200 * time.Millisecond)
		u.seesNot("●")
		u.click(30, 5)
		u.pass(200 * time.Millisecond)
		u.sees("●  18:20:31")
	})
}

// Drawing over rows marks them, also those that come into sight at the edge; a click takes nothing with it.
func TestDrawingOverRecordingsMarksThem(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.drag(30, 3, [2]int{30, 4}, [2]int{30, 6})
		u.sees("✓ 4 marks", "✓ 18:42:07", "✓ 07:05:00")
		u.seesNot("✓ 23:10:00", "●", "range of")
		u.click(30, 8)
		u.sees("✓ 4 marks")
		below := u.app.Layout.List.Y + u.app.Layout.List.H
		u.drag(30, 8, [2]int{30, below}, [2]int{31, below}, [2]int{30, below})
		u.sees("✓ 8 marks")
		u.press("d")
		u.sees("Delete 8 recordings")
	})
}

func TestManyRecordingsOfOneMomentAreRead(t *testing.T) {
	var many []store.Incoming
	for i := range 300 {
		rec := silent("Kitchen", "2025-01-01 00:00:00", fmt.Sprintf("number %d", i))
		rec.VendorID = fmt.Sprint("v", i)
		rec.Time = rec.Time.AddDate(0, 0, -i/100)
		many = append(many, rec)
	}
	sitDown(t, many, func(u *user) {
		u.sees("300 recordings found")
		for range 10 {
			u.press("pgdown", "pgdown")
			u.sees("number")
		}
		u.press("G")
		u.isAt("number 2")
		u.seesNot("(no words)")
	})
}

func TestTerminalTooSmall(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for _, size := range [][2]int{{59, 16}, {60, 15}, {20, 5}, {1, 1}, {0, 0}} {
			u.terminal(size[0], size[1])
			u.isWhole("too small")
			if size[0] > 50 {
				u.sees("unsaid needs 60×16 cells", fmt.Sprintf("has %d×%d", size[0], size[1]))
			}
			u.press("j", "x", "enter", "esc", "2", "1") // harmless
		}
		u.terminal(60, 16)
		u.sees("recordings found")
		u.terminal(40, 10)
		u.press("q")
		if !u.left {
			t.Error("q does not quit")
		}
	})
}
