package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// goTo brings the cursor of a dialog to a row that holds a text.
func (u *user) goTo(text string) {
	u.Helper()
	u.press("g")
	for range 80 {
		for line := range strings.Lines(u.screen()) {
			if at := strings.Index(line, "▌"); at > 0 && strings.Contains(line[at:], text) {
				return
			}
		}
		u.press("j")
	}
	u.Fatalf("no row has %q\n%s", text, u.screen())
}

// query is what stands in the search.
func (u *user) query() string { return u.app.Search.Text }

func TestFilterMenuWritesTheSearch(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("f")
		u.sees("/ everything", "48 recordings found", "Device", "[ ] Bedroom", "43", "[ ] Anna")
		u.goTo("Kitchen")
		u.press("space")
		u.sees("[x] Kitchen", "/ device:Kitchen", "4 recordings found")
		u.goTo("Phone")
		u.press("x")
		u.sees("5 recordings found") // either
		u.goTo("unintended")
		u.press("space")
		u.sees("[x] unintended", "1 recording found")
		u.press("-")
		u.sees("[-] unintended", "4 recordings found")
		if q := u.query(); q != "-is:unintended device:Phone device:Kitchen" {
			t.Errorf("the search is %q", q)
		}
		u.press("-")
		u.sees("[ ] unintended")
		u.goTo("2025")
		u.press("space")
		u.goTo("this month")
		u.press("space")
		u.sees("/ on:2025-04 device:Phone", "0 recordings found")
		u.goTo("last 30 days")
		u.press("space")
		u.sees("/ after:2025-03-03 device:Phone")
		u.press("space")
		u.goTo("no sound")
		u.press("space")
		u.goTo("[ ] sound")
		u.press("space")
		u.sees("/ has:audio device:Phone", "4 recordings found")
		u.press("esc")
		u.sees("/ has:audio device:Phone device:Kitchen", "4 recordings found")
	})
}

// The menu can be left before its rows were counted.
func TestFilterMenuBeforeItWasCounted(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("f"))
		u.sees("counting …")
		for _, name := range []string{"j", "space", "-", "R", "esc"} {
			u.give(key(name))
		}
		if u.app.dialog != nil {
			t.Error("esc does not close it")
		}
		u.settle()
		u.sees("48 recordings found")
	})
}

// A word that is not finished stays so, whatever the menu adds.
func TestFilterMenuKeepsWords(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/")
		u.write("jaz")
		u.press("enter", "f")
		u.goTo("Kitchen")
		u.press("enter")
		u.sees("/ device:Kitchen jaz", "2 recordings found")
		u.seesNot("[x]")
		u.press("f")
		u.goTo("Kitchen")
		u.press("enter") // stays chosen
		u.sees("/ device:Kitchen jaz", "2 recordings found")
	})
}

// Names come from archives.
func TestFilterMenuFindsHostileNames(t *testing.T) {
	strange := said("Hall", "2025-03-02 10:00:00", "of the strange one")
	strange.Device = store.IncomingDevice{Serial: "S1", Name: "Bad\x1b[2J \"room\"\u202e\tx"}
	strange.People = []store.IncomingPerson{{Name: "=Anna"}}
	sitDown(t, append(household(), strange), func(u *user) {
		u.press("f")
		for _, name := range []string{"Bad", "=Anna"} {
			u.goTo(name)
			u.press("space")
			u.sees("1 recording found")
			u.press("space")
			u.sees("49 recordings found")
		}
		if strings.ContainsAny(u.screen(), "\u202e\x1b") {
			t.Error("what steers the terminal is on the screen")
		}
	})
}

func TestFilterMenuByMouse(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("f")
		row, at := u.find("[ ] Phone")
		u.click(at, row)
		u.sees("[x] Phone", "/ device:Phone", "1 recording found")
		u.click(at, row-3) // a section's name, or nothing
		u.sees("1 recording found")
		u.click(at, row)
		u.sees("[ ] Phone", "/ everything")
		u.wheel(at, row)
		u.press("esc")
	})
}

// find is where on the screen a text is.
func (u *user) find(text string) (row, column int) {
	u.Helper()
	for i, line := range strings.Split(u.screen(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return i, len([]rune(line[:at]))
		}
	}
	u.Fatalf("not on the screen: %q\n%s", text, u.screen())
	return 0, 0
}

func TestMarkedAreCountedAndFound(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("M")
		u.sees("Nothing is marked")
		u.press("x", "x", "/")
		u.write("good night")
		u.press("enter", "x", "M")
		u.sees("Marked: 3 recordings", "all marked", "Kitchen", "Bedroom")
		u.press("enter")
		u.sees("/ is:marked", "3 recordings found", "alexa play some jazz", "good night")
		u.press("x") // it is not marked any more
		u.sees("2 recordings found", "✓ 2 marks")
		u.isAt("and then she said to me")
		u.press("M")
		u.goTo("Bedroom")
		u.press("enter")
		u.sees("/ device:Bedroom is:marked", "1 recording found")
		u.press("M", "right")
		u.goTo("nobody")
		u.press("enter")
		u.sees("/ no:person is:marked", "2 recordings found")
		u.press("*") // takes the marks off
		u.sees("0 recordings found", "2 marks cleared, u brings them back")
		u.press("u")
		u.sees("2 recordings found")
	})
}

func TestGroupsNarrowTheSearch(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("b")
		u.sees("Search results", "[device]", "Bedroom", "43", "Kitchen")
		u.goTo("Kitchen")
		u.press("enter")
		u.sees("/ device:Kitchen", "4 recordings found")
		u.press("b", "left")
		u.sees("[hour]", "18:00 – 18:59", "12:00 – 12:59")
		u.goTo("18:00")
		u.press("enter")
		u.sees("/ hour:18 device:Kitchen", "3 recordings found")
		u.press("b", "left", "left", "left")
		u.sees("[day]", "Sat 1 Mar 2025")
		u.press("left") // round
		u.sees("[kind]", "GENERAL", "FALSE_WAKE_WORD")
		row, at := u.find("FALSE_WAKE_WORD")
		u.click(at, row)
		u.sees("/ kind:FALSE_WAKE_WORD hour:18 device:Kitchen", "1 recording found")
		u.press("b", "right")
		u.sees("[person]", "nobody recognised")
	})
}

func TestLateFacetsAreDropped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("f")
		if row, _ := u.find("[ ] Kitchen"); !strings.Contains(u.row(row), " 4 ") {
			t.Errorf("the Kitchen's row is %q", u.row(row))
		}
		late := slices.Clone(u.brought)
		u.press("esc", "d", "enter", "f") // counted anew after a change
		u.pass(10 * time.Second)
		u.again(late, errors.New("an older failure"))
		if row, _ := u.find("[ ] Kitchen"); !strings.Contains(u.row(row), " 3 ") {
			t.Errorf("after a deletion the Kitchen's row is %q", u.row(row))
		}
	})
}

func TestSavedSearches(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("S")
		u.sees("There is no search to save")
		u.press("/")
		u.write("jazz")
		u.press("enter", "S", "enter")
		u.sees("type a name")
		u.write("Music")
		u.press("enter")
		u.sees("The search Music is saved. u undoes it.")
		u.press("esc", "/")
		u.write("alarm")
		u.press("enter", "S")
		u.write("music")
		u.sees("replaces the search with this name")
		for range "music" {
			u.press("backspace")
		}
		u.write("Mornings")
		u.press("enter", "esc", "f")
		u.sees("Saved searches", "Mornings", "alarm", "Music", "jazz")
		u.goTo("Music")
		u.press("enter")
		u.sees("/ jazz", "2 recordings found")
		u.press("f")
		u.goTo("Music")
		u.press("R")
		for range "Music" {
			u.press("backspace")
		}
		u.write("mornings")
		u.press("enter")
		u.sees("another saved search has this name")
		u.write("2")
		u.press("enter")
		u.sees("Saved searches", "mornings2") // back in the menu
		u.goTo("mornings2")
		u.press("D")
		u.seesNot("mornings2")
		u.press("esc")
		u.sees("The search mornings2 is dropped. u undoes it.")
		u.press("u")
		u.sees("The search mornings2 is saved. ctrl+r redoes it.")
		u.press("f")
		u.sees("mornings2", "jazz")
		u.press("esc", "ctrl+r", "f")
		saved, err := u.db.SavedSearches(context.Background())
		if err != nil || len(saved) != 1 || saved[0] != (store.SavedSearch{Name: "Mornings", Query: "alarm"}) {
			t.Errorf("%+v, %v", saved, err)
		}
		u.press("C", "enter", "C", "C", "enter") // is not enough
		u.pass(time.Second)
		u.press("enter")
		u.sees("only the word forget confirms this")
		if past, err := u.db.Searches(context.Background()); err != nil || len(past) == 0 {
			t.Errorf("forgotten: %q, %v", past, err)
		}
		u.confirmWord("forget")
		u.press("esc")
		u.sees("Past searches are forgotten")
		u.press("u")
		u.sees("There is nothing to undo")
		if past, err := u.db.Searches(context.Background()); err != nil || len(past) > 0 {
			t.Errorf("%q, %v", past, err)
		}
	})
}

func TestJumpToADate(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("J")
		u.write("28 feb")
		u.sees("Fri 28 Feb 2025")
		u.press("enter")
		u.isAt("good night")
		if row := u.row(2); !strings.Contains(row, "Fri 28 Feb 2025") {
			t.Errorf("the list begins with %q", row)
		}
		u.press("J")
		u.write("2024")
		u.press("enter")
		u.isAt("alarm number 39")
		u.sees("No search result is from then")
		u.press("J")
		u.write("someday")
		u.press("enter")
		u.sees("a date is written as one of 2024-05-03")
		u.press("esc", "J")
		u.write("2025")
		u.press("enter")
		u.isAt("alexa play some jazz")
		u.press("/")
		u.write("nothing of this")
		u.press("enter", "J")
		u.sees("There is nothing to go to")
	})
}
