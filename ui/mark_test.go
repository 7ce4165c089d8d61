package ui

import "testing"

func TestMarks(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("x")
		u.sees("✓ 1 mark")
		u.isAt("and then she said to me") // on to the next
		u.press("x", "x")
		u.sees("✓ 3 marks")
		u.press("k", "x")
		u.sees("✓ 2 marks")
		u.press("esc")
		u.sees("2 marks cleared, u brings them back")
		u.seesNot("✓")
	})
}

func TestMarkRange(t *testing.T) {
	journey(t, household(), func(u *user) {
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
		if n := len(u.app.Marked); n != 3 {
			t.Errorf("%d marks", n)
		}
	})
}

// What is marked beside the calendar is marked in the library: the marks are the same.
func TestMarksBesideTheCalendar(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3", "x")
		u.sees("enter goes to the recordings, where x marks")
		u.seesNot("x mark ·")
		u.press("enter", "x")
		u.sees("✓ 1 mark", "x mark ·")
		if r, _ := u.app.selected(); r.Transcript != "and then she said to me" {
			t.Errorf("at %q", r.Transcript)
		}
		u.press("V", "down")
		u.sees("range of 2")
		u.press("esc")
		u.seesNot("range of")
		u.press("V", "down", "V")
		u.sees("✓ 3 marks")
		u.press("1")
		u.sees("✓ 3 marks")
		u.press("g", "x") // the one that was marked first
		u.sees("✓ 2 marks")
		u.press("3", "*")
		u.sees("✓ 4 marks")
		u.press("M")
		u.sees("Marked: 4 recordings")
		u.press("esc", "*")
		u.seesNot("✓")
		u.press("x", "esc") // out of the list
		u.sees("✓ 1 mark")
		u.press("esc")
		u.sees("1 mark cleared")
	})
}

func TestWhatIsMarkedBesideTheCalendarIsDeleted(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3", "enter", "x", "esc", "left", "enter", "x", "d")
		u.sees("Delete 2 recordings · marked by hand", "1 of them not on the screen")
		u.press("esc", "e")
		u.sees("Export 2 recordings")
		u.press("esc", "esc", "d") // the day, which has three
		u.sees("Delete 3 recordings · on:2025-02-28")
		u.press("esc", "e")
		u.sees("Export 3 recordings")
		u.press("esc", "enter", "d", "enter")
		u.sees("Deleted 2 recordings")
		u.seesNot("✓")
		u.press("u")
		u.sees("Restored 2 recordings", "✓ 2 marks")
		u.press("enter", "*", "d")
		u.sees("Delete 4 recordings · marked by hand", "1 of them not on the screen")
	})
}

func TestDrawingOverTheRecordingsOfADayMarksThem(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3")
		x, y := u.spot("alexa play some jazz")
		u.drag(x, y, [2]int{x, y + 1}, [2]int{x, y + 2})
		u.sees("✓ 3 marks")
		u.press("up", "esc")
		u.drag(x, y, [2]int{x, y + 30}, [2]int{2, 3}) // away from the list
		u.sees("✓ 3 marks")
	})
}

// A search for what is marked follows the marks, wherever they are set.
func TestSearchForMarksFollowsTheCalendar(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("/")
		u.write("is:marked")
		u.press("enter")
		u.sees("0 recordings found")
		u.press("3", "enter", "x", "x", "1")
		u.sees("2 recordings found")
	})
}

// Where there is no room for the list, all of the days can be marked, and there is no range of a list.
func TestMarkingDaysWithoutTheirList(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3", "enter", "V")
		u.sees("range of 1")
		u.terminal(80, 24)
		u.seesNot("range of")
		u.press("*")
		u.sees("✓ 4 marks")
		u.press("pgup", "pgup", "x")
		u.sees("Nothing was recorded on this day")
	})
}
