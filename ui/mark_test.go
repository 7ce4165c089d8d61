package ui

import "testing"

func TestMarks(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x")
		u.sees("✓ 1 mark")
		u.isAt("and then she said to me") // on to the next
		u.press("x", "x")
		u.sees("✓ 3 marks")
		u.press("k", "x")
		u.sees("✓ 2 marks")
		u.press("esc")
		u.sees("2 marks taken off")
		u.seesNot("✓")
	})
}

func TestMarkRange(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("j", "V", "j", "j")
		u.sees("range of 3")
		u.press("k", "k", "k") // the other way
		u.sees("range of 2")
		u.press("V")
		u.sees("✓ 2 marks")
		u.seesNot("range of")
		u.press("V", "G", "V")
		u.sees("✓ 48 marks")
	})
}

func TestMarkAllThatIsFound(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("enter", "*")
		u.sees("✓ 2 marks")
		u.press("*")
		u.seesNot("✓")
		u.press("x", "*") // those that were not marked join
		u.sees("✓ 2 marks")
	})
}

func TestMarksSurviveAChangedSearch(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("enter", "*", "/", "esc")
		u.write("alarm number 7")
		u.sees("1 recording found", "✓ 2 marks")
		u.press("enter", "*")
		u.sees("✓ 3 marks")
		u.press("/", "esc", "esc")
		u.sees("48 recordings found", "✓ 3 marks")
		if n := len(u.app.library.marked); n != 3 {
			t.Errorf("%d marks", n)
		}
	})
}
