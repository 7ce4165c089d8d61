package ui

import (
	"strings"
	"testing"
	"time"

	"unsaid/ui/keys"
)

// Each key of each screen does something there: the screen, the clipboard or what is heard is
// another one afterwards.
func TestEveryKeyDoesSomething(t *testing.T) {
	for s := range keys.Screens {
		t.Run(s.Name(), func(t *testing.T) {
			t.Parallel()
			sitDown(t, household(), func(u *user) {
				for range 6 {
					u.press("G", "d", "enter")
				}
				for _, device := range []string{"phone", "kitchen"} { // each has a request of its own
					u.press("/")
					u.write("device:" + device)
					u.press("enter", "g", "d", "enter", "/", "esc", "enter")
				}
				for _, b := range keys.Default().Of(s) {
					if b.Does == keys.GoLibrary+keys.Action(s) || b.Does == keys.ClearAll && s != keys.LibraryScreen && s != keys.CalendarScreen {
						continue // goes to where one is, or there is nothing to clear
					}
					u.doesSomething(s, b)
				}
			})
		})
	}
}

func (u *user) doesSomething(s keys.Screen, b keys.Binding) {
	u.Helper()
	u.inTheMiddle(s)
	before, said, playing := u.screen(), u.app.status.seq, u.app.playback.player.Status()
	u.press(b.Keys[0])
	now := u.app.playback.player.Status()
	if u.screen() == before && u.app.status.seq == said && u.clipboard == "" && !u.left && !u.suspended && now.State == playing.State && now.Position == playing.Position {
		u.Errorf("%s on %s (%s) does nothing\n%s", b.Keys[0], s.Name(), b.Help, before)
	}
}

// inTheMiddle brings a screen, whatever was done before, to where every key has something to do: a
// clip plays, the cursor is neither first nor last, a range is open.
func (u *user) inTheMiddle(s keys.Screen) {
	u.Helper()
	for range 4 {
		u.press("esc")
	}
	u.left, u.suspended, u.clipboard = false, false, ""
	u.press("2", "g", "j", "3", "esc", "g", "V", "pgup", "4", "esc", "g", "j", "5", "esc", "g", "j")
	u.press("6", "esc")
	u.click(4, 5) // the week
	u.press("g", "j", "l")
	u.press("1", "esc", "esc", "esc", "g", "j", "r")
	u.pass(40 * time.Millisecond)
	u.press("right", "x", "j", "j", string(rune('1'+s)))
	if u.app.Screen != s {
		u.Fatalf("not on %s", s.Name())
	}
}

func TestHelpShowsEveryKeyOfTheScreen(t *testing.T) {
	for s := range keys.Screens {
		sitDown(t, household(), func(u *user) {
			u.press(string(rune('1'+s)), "?")
			seen := u.screen()
			for range 9 {
				u.press("pgdown")
				seen += u.screen()
			}
			for _, b := range keys.Default().Of(s) {
				if !strings.Contains(seen, b.Labels()) || !strings.Contains(seen, b.Help) {
					t.Errorf("%s: the help does not show %q %q", s.Name(), b.Labels(), b.Help)
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

// What the screens say of keys is what the settings made of them.
func TestScreensNameTheKeysOfTheSettings(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		bound, err := keys.New(map[string][]string{
			"mark": {"m"}, "undo": {"U"}, "requests": {"f5"}, "write-files": {"ctrl+w"}, "help": {"f1"}, "import": {"I"}, "search": {"ctrl+f"}, "page-down": {"pgdown"},
		})
		if err != nil {
			t.Fatal(err)
		}
		u.app.Keys = bound
		u.sees("f5 Requests", "m mark", "f1 help", "U undo", "ctrl+f search: words")
		u.press("f1")
		u.sees("m", "ctrl+f")
		u.press("esc", "m", "d")
		u.press("enter")
		u.sees("f5 shows them", "U undoes it")
		u.click(50, 0)
		if u.app.Screen != keys.RequestsScreen {
			t.Errorf("a click on Requests leads to %s", u.app.Screen.Name())
		}
		u.sees("ctrl+w writes the files to send", "written yet: ctrl+w writes request.md")
		u.press("o")
		u.sees("No files were written yet: ctrl+w writes them")
		u.press("1", ":")
		u.write("mark")
		u.sees("m        Choose: mark", "In the settings: mark.")
		u.press("esc", "I", "down", "j", "k", "esc") // keys within dialogs are the usual ones
		u.press("U")
		u.sees("Restored")
	})
}
