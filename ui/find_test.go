package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

func TestSearchFindsAsOneTypes(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.sees("48 recordings found", "alexa play some jazz", "good morning")
		u.press("/")
		u.write("jaz")
		u.sees("2 recordings found", "alexa play some jazz", "jazz again please")
		u.seesNot("good morning")
		u.write("z device:bedroom")
		u.sees("0 recordings found", "Nothing found. esc clears the search.")
		u.press("esc")
		u.sees("48 recordings found", "good morning")
		u.press("esc")
		u.press("j") // a key of the list again
		u.isAt("and then she said to me")
	})
}

func TestWrongTermIsNamedAndTheListStays(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.sees("2 recordings found")
		u.paste(" on:lastnight")
		u.sees("✗ a date is written as one of 2024-05-03", "alexa play some jazz", "jazz again please")
		u.seesNot("recordings found", "good morning")
		for range len("lastnight") {
			u.press("backspace")
		}
		u.write("2025-03-01")
		u.sees("1 recording found", "alexa play some jazz")
		u.seesNot("✗", "jazz again please")
	})
}

func TestSearchKeysAreLettersWhileTyping(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("quit ?")
		u.sees("quit ?", "0 recordings found")
		if u.left || u.app.dialog != nil {
			t.Fatal("a letter of the search did what it does elsewhere")
		}
		u.press("esc")
		u.write("alarm number 7")
		u.press("enter", "x") // leaves the search, marks
		u.sees("1 recording found", "✓ 1 mark")
		u.press("ctrl+c")
		if !u.left {
			t.Fatal("ctrl+c does not quit")
		}
	})
}

func TestSearchFromAnotherScreenComesBack(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "/")
		u.write("jazz")
		u.sees("2 recordings found")
		u.press("enter")
		u.click(12, 1) // the search itself
		u.write(" again")
		u.sees("1 recording found")
	})
}

func TestEscTakesBackOneThingAtATime(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("alarm")
		u.press("enter", "x", "enter", "V")
		u.sees("range of 1", "✓ 1 mark")
		u.press("esc")
		u.seesNot("range of")
		u.press("esc") // the large detail
		u.sees("alarm number 0", "alarm number 1", "✓ 1 mark")
		u.press("esc")
		u.sees("48 recordings found", "✓ 1 mark")
		u.press("esc")
		u.sees("1 mark cleared, u brings them back")
		u.seesNot("✓")
		u.press("u")
		u.sees("1 mark brought back", "✓ 1 mark ")
	})
}

// What comes late answers a question that nobody asks any more.
func TestLateAnswersChangeNothing(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("esc", "5", "6", "f", "f", "1")
		late := slices.Clone(u.brought)
		u.press("d", "enter", "u", "/")
		u.write("jazz")
		u.pass(10 * time.Second)
		u.again(late, errors.New("an older failure"))
		u.give(common.Answer{To: &dialog.Delete{}, Take: func(error) common.Action { return common.Say{Text: "of a closed dialog"} }})
		u.settle()
		u.seesNot("of a closed dialog")
		if u.press("esc", "esc", "2"); !strings.Contains(u.screen(), "3 devices in your library") {
			t.Errorf("the devices:\n%s", u.screen())
		}
		u.press("4")
		u.sees("The trash is empty")
		u.press("5")
		u.sees("No requests yet")
	})
}

// An answer that is wanted and failed is told, and is not taken for "nothing found".
func TestFailuresAreTold(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.broken = errors.New("the disk is gone")
		u.press("O")
		u.broken = nil
		u.sees("the disk is gone", "the search failed", "alexa play some jazz")
		u.pass(21 * time.Second)
		u.seesNot("the disk is gone")
		u.give(common.Fail{Err: errors.New("the disk\x1b[2J is gone")})
		u.settle()
		u.sees("the disk", "is gone")
	})
}

func TestStatusFadesUnlessANewerOneCame(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "esc")
		u.sees("1 mark cleared")
		u.pass(4 * time.Second)
		u.press("u", "u")
		u.sees("There is nothing to undo")
		u.pass(3 * time.Second) // the first message would fade now
		u.sees("There is nothing to undo")
		u.pass(20 * time.Second)
		u.seesNot("There is nothing to undo")
		u.press("x", "esc", "d", "esc") // a dialog in between
		u.sees("2 marks cleared")
		u.pass(7 * time.Second)
		u.seesNot("2 marks cleared")
	})
}
