package ui

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestTermsAreCompleted(t *testing.T) {
	rooms := append(household(), said("Living Room", "2024-05-03 10:00:00", "far away"))
	sitDown(t, rooms, func(u *user) {
		u.press("/")
		u.write("dev")
		u.sees("▌device:", "tab completes", "tab complete")
		u.seesNot("Nothing found", "search.")
		u.press("tab")
		u.sees("▌device:Bedroom", "│device:Kitchen", `│device:"Living Room"`)
		u.write("li")
		u.seesNot("device:Kitchen")
		u.press("tab")
		u.sees(`/ device:"Living Room" `, "1 recording found", "far away")
		u.seesNot("tab completes")
		u.write("-is:")
		u.sees("▌-is:unintended", "-is:still-there")
		u.press("down", "down", "up", "tab")
		u.sees(`/ device:"Living Room" -is:typed `, "1 recording found")
		u.write("person:a")
		u.sees("▌person:Anna")
		u.press("right")
		u.sees("person:Anna ", "0 recordings found")
		if u.app.line() == nil {
			t.Error("to complete a term left the search")
		}
		u.press("esc", "esc")
		u.seesNot("person:Anna")
	})
}

func TestDatesAreCompleted(t *testing.T) {
	sitDown(t, append(household(), said("Hall", "2024-05-03 10:00:00", "far away")), func(u *user) {
		u.press("/")
		u.write("on:")
		u.sees("▌on:2025", "│on:2024", " 48 ", " 1 ")
		u.press("down", "tab")
		u.sees("/ on:2024", "1 recording found", "▌on:2024-05")
		u.seesNot("on:2024-04")
		u.press("tab")
		u.sees("▌on:2024-05-03")
		u.press("tab")
		u.seesNot("tab completes")
		u.sees("/ on:2024-05-03 ", "1 recording found")
		u.press("esc")
		u.write("after:2025-03-0")
		u.sees("▌after:2025-03-01", "enter complete")
		u.seesNot("after:2025-02")
		u.press("enter") // would leave a search that is wrong
		u.sees("/ after:2025-03-01 ", "4 recordings found")
	})
}

// What is completed stands where the cursor is, and words are left alone.
func TestCompletionWithinASearch(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		for range "jazz" {
			u.press("left")
		}
		u.write("is:un ")
		u.press("left")
		u.seesNot("tab completes") // the cursor was moved, nothing typed
		u.write("i")
		u.press("tab")
		u.sees("/ is:unintended jazz", "0 recordings found")
		u.press("ctrl+e")
		u.write(" xyz")
		u.seesNot("tab completes")
		u.press("tab")
		if u.app.line() != nil {
			t.Error("tab does not leave the search")
		}
	})
}

func TestCompletionsByMouse(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("is:")
		u.sees("▌is:unintended")
		u.click(6, 3)
		u.sees("/ is:typed ", "1 recording found", "add milk")
	})
}

func TestWrongTermIsPointedAt(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz hour:25 x")
		if row := u.row(2); strings.TrimRight(row, " ") != "        ^^^^^^^" {
			t.Errorf("the caret is at %q", row)
		}
		if row := u.row(3); !strings.HasPrefix(row, "        ✗ hours are written") {
			t.Errorf("below it is %q", row)
		}
		u.press("enter")
		u.sees("^^^^^^^") // still
		u.press("/", "ctrl+u")
		u.paste(strings.Repeat("wide ", 20) + "on:never")
		if at := strings.Index(u.row(2), "^^^^^^^^"); at < 0 || u.row(1)[at:at+8] != "on:never" {
			t.Errorf("%q is below %q", u.row(2), u.row(1))
		}
	})
}

func TestPastSearches(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for _, query := range []string{"jazz", "alarm", "hour:99", "jazz"} {
			u.press("/", "ctrl+u")
			u.write(query)
			u.press("enter")
		}
		u.press("esc", "/")
		u.sees("↑ ↓ past searches")
		u.press("up")
		u.sees("/ jazz", "2 recordings found")
		u.press("up")
		u.sees("/ alarm", "40 recordings found")
		u.press("up") // there is none before, and a wrong one is not remembered
		u.sees("/ alarm")
		u.press("down", "down")
		u.sees("/ words", "48 recordings found")
		u.press("down")
		u.isAt("alexa play some jazz")
		if u.app.line() != nil {
			t.Error("down does not leave the search")
		}
		u.press("/")
		u.write("ni")
		u.press("up") // what was typed is not lost to a past search
		u.sees("/ ni")
		if past, err := u.db.Searches(context.Background()); err != nil || len(past) != 2 || past[0] != "jazz" {
			t.Errorf("kept: %q, %v", past, err)
		}
		u.press("ctrl+u", "esc", "/", "up")
		u.sees("/ jazz")
	})
}

func TestPurgeForgetsPastSearches(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("enter", "*", "d", "enter", "4", "P")
		u.confirmWord("erase")
		u.press("1", "esc", "/", "up")
		u.seesNot("/ jazz")
		if past, err := u.db.Searches(context.Background()); err != nil || len(past) > 0 {
			t.Errorf("kept: %q, %v", past, err)
		}
	})
}

func TestOrders(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("j", "O")
		u.sees("oldest first")
		u.isAt("alarm number 39")
		u.press("G")
		u.isAt("alexa play some jazz")
		u.press("k", "V", "k", "k")
		u.sees("range of 3")
		u.press("V", "O")
		u.sees("longest first", "✓ 3 marks", "2025-03-01")
		u.seesNot("── Sat")
		u.isAt("and then she said to me")
		u.press("j")
		u.isAt("alexa play some jazz")
		u.press("V", "j")
		u.sees("range of 2")
		u.press("esc", "/")
		u.write("jazz") // the cursor stays on its recording
		u.sees("2 recordings found, longest first")
		u.press("enter", "O")
		u.seesNot(" first")
		u.sees("── Sat 1 Mar 2025")
		u.isAt("alexa play some jazz")
	})
}

// What answers another order than the one that is shown is dropped.
func TestLateOrderIsDropped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		earlier := len(u.brought)
		u.press("O", "O")
		late := slices.Clone(u.brought[earlier:])
		u.press("O")
		u.again(late)
	})
}
