package ui

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// overriding lists the keys that mean something else on a screen than everywhere. There are none.
var overriding = map[screenID][]string{}

func TestNoKeyIsBoundTwice(t *testing.T) {
	keys := newKeyMap()
	for s := range screens {
		own, general := map[string]string{}, map[string]string{}
		for _, b := range keys.of(s) {
			bound := own
			if b.on == nil {
				bound = general
			}
			for _, k := range b.keys {
				if other, twice := bound[k]; twice {
					t.Errorf("%s on %s: both %q and %q", k, s.name(), other, b.help)
				}
				bound[k] = b.help
			}
		}
		for k := range own {
			if general[k] != "" && !slices.Contains(overriding[s], k) {
				t.Errorf("%s on %s: %q, but everywhere %q", k, s.name(), own[k], general[k])
			}
		}
	}
}

func TestBindingsAreWhole(t *testing.T) {
	bound := map[action]bool{noAction: true}
	for _, b := range newKeyMap() {
		bound[b.does] = true
		if len(b.keys) == 0 || b.help == "" || !slices.Contains(groups(), b.group) {
			t.Errorf("%+v", b)
		}
	}
	for a := noAction; a <= quit; a++ {
		if !bound[a] {
			t.Errorf("no key for action %d", a)
		}
	}
}

// Each key of each screen does something there: the screen, the clipboard or what is heard is
// another one afterwards.
func TestEveryKeyDoesSomething(t *testing.T) {
	for s := range screens {
		sitDown(t, household(), func(u *user) {
			for range 6 {
				u.press("G", "d", "enter")
			}
			for _, b := range newKeyMap().of(s) {
				if b.does == goLibrary+action(s) || b.does == clearAll && s != libraryScreen && s != calendarScreen {
					continue // goes to where one is, or there is nothing to clear
				}
				for _, k := range b.keys {
					u.inTheMiddle(s)
					before, said, playing := u.screen(), u.app.status.seq, u.app.playback.player.Status()
					u.press(k)
					now := u.app.playback.player.Status()
					if u.screen() == before && u.app.status.seq == said && u.clipboard == "" && !u.left && !u.suspended && now.State == playing.State && now.Position == playing.Position {
						t.Errorf("%s on %s (%s) does nothing\n%s", k, s.name(), b.help, before)
					}
				}
			}
		})
	}
}

// inTheMiddle brings a screen, whatever was done before, to where every key has something to do: a
// clip plays, the cursor is neither first nor last, a range is open.
func (u *user) inTheMiddle(s screenID) {
	u.Helper()
	for range 4 {
		u.press("esc")
	}
	u.left, u.suspended, u.clipboard = false, false, ""
	u.press("2", "g", "j", "3", "esc", "g", "V", "pgup", "4", "esc", "g", "j", "5", "esc", "g", "j")
	u.press("6", "esc")
	u.app.insights.current, u.app.insights.charts[weekChart].cursor = weekChart, 3*24+12
	u.press("1", "esc", "esc", "esc", "g", "j", "r")
	u.pass(1100 * time.Millisecond)
	u.press("x", "j", "j", string(rune('1'+s)))
	if u.app.screen != s {
		u.Fatalf("not on %s", s.name())
	}
}

func TestHelpShowsEveryKeyOfTheScreen(t *testing.T) {
	for s := range screens {
		sitDown(t, household(), func(u *user) {
			u.press(string(rune('1'+s)), "?")
			seen := u.screen()
			for range 90 {
				u.press("j")
				seen += u.screen()
			}
			for _, b := range newKeyMap().of(s) {
				if !strings.Contains(seen, b.labels()) || !strings.Contains(seen, b.help) {
					t.Errorf("%s: the help does not show %q %q", s.name(), b.labels(), b.help)
				}
			}
			u.sees("is:unintended")
			u.press("g")
			u.sees("Hear")
			u.press("?")
			u.seesNot("Hear")
		})
	}
}

func TestReadmeHasTheKeyTable(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(readme), "\r\n", "\n")
	if !strings.Contains(text, KeyTable()) {
		t.Errorf("README.md does not have the table of the key map, which is:\n%s", KeyTable())
	}
}
