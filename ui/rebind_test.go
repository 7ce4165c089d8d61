package ui

import (
	"errors"
	"strings"
	"testing"

	"unsaid/ui/setting"
)

func TestEveryActionHasAName(t *testing.T) {
	taken := map[string]action{}
	for what := noAction + 1; what <= quit; what++ {
		name := what.name()
		if other, twice := taken[name]; twice || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("action %d is called %q, as is %d", what, name, other)
		}
		taken[name] = what
	}
}

func TestKeysAreBoundAnew(t *testing.T) {
	keys, err := NewKeyMap(map[string][]string{
		"mark": {"m", "ctrl+x"}, "quit": {"X"}, "details": {"f5"}, "right": {"n"}, "last": {"alt+g", "ü"}, "next-screen": {"shift+tab"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		screen screenID
		key    string
		want   action
	}{
		{libraryScreen, "m", markOne},
		{libraryScreen, "ctrl+x", markOne},
		{libraryScreen, "x", noAction},
		{devicesScreen, "m", merge}, // it marks on its own screen alone
		{calendarScreen, "X", quit},
		{calendarScreen, "q", noAction},
		{calendarScreen, "ctrl+c", quit}, // whatever the settings say
		{libraryScreen, "f5", details},
		{requestsScreen, "f5", details},
		{calendarScreen, "n", moveRight},
		{calendarScreen, "right", noAction},
		{libraryScreen, "right", seekForward},
		{libraryScreen, "ü", toBottom},
		{libraryScreen, "shift+tab", nextScreen},
		{libraryScreen, "d", deleteChosen},
	} {
		if got := keys.action(c.screen, c.key); got != c.want {
			t.Errorf("%s on %s does %q, want %q", c.key, c.screen.name(), got.name(), c.want.name())
		}
	}
	if usual := newKeyMap().action(libraryScreen, "x"); usual != markOne {
		t.Errorf("the usual keys have changed: x does %q", usual.name())
	}
}

func TestKeysThatCannotBeAreRefused(t *testing.T) {
	for _, c := range []struct {
		keys          map[string][]string
		setting, want string
	}{
		{map[string][]string{"dance": {"x"}}, "dance", "no such action"},
		{map[string][]string{"": {"x"}}, "", "no such action"},
		{map[string][]string{"mark": {}}, "mark", "needs a key"},
		{map[string][]string{"mark": {"d"}}, "mark", "d is the key of delete, too, on the screen Library"},
		{map[string][]string{"mark": {"m", "u"}}, "mark", "u is the key of undo, too"},
		{map[string][]string{"undo": {"w"}}, "undo", "w is the key of write-files, too, on the screen Requests"},
		{map[string][]string{"mark": {"m"}, "copy": {"m"}}, "copy", "m is the key of mark, too"},
		{map[string][]string{"mark": {"ctrl+c"}}, "mark", "ctrl+c is always the key of quit"},
		{map[string][]string{"mark": {"ctrl+z"}}, "mark", "ctrl+z is always the key of suspend"},
		{map[string][]string{"mark": {"ctrl+i"}}, "mark", "do not tell ctrl+i from tab"},
		{map[string][]string{"mark": {"shift+m"}}, "mark", "shift+m is written M"},
		{map[string][]string{"mark": {"Enter"}}, "mark", `unknown key "Enter"`},
		{map[string][]string{"mark": {"ctrl+M"}}, "mark", `unknown key "ctrl+M"`},
		{map[string][]string{"mark": {""}}, "mark", `unknown key ""`},
		{map[string][]string{"mark": {" "}}, "mark", `unknown key " "`},
		{map[string][]string{"mark": {"\x1b"}}, "mark", `unknown key "\x1b"`},
		{map[string][]string{"mark": {"\xff"}}, "mark", `unknown key "\xff"`},
		{map[string][]string{"mark": {"mm"}}, "mark", `unknown key "mm"`},
	} {
		_, err := NewKeyMap(c.keys)
		wrong := (*setting.Error)(nil)
		if !errors.As(err, &wrong) || wrong.Setting != c.setting || !strings.Contains(wrong.Reason, c.want) {
			t.Errorf("%q: %v, want %s: … %s", c.keys, err, c.setting, c.want)
		}
	}
	if _, err := NewKeyMap(map[string][]string{"mark": {"d"}, "delete": {"x"}}); err != nil {
		t.Errorf("keys that change places: %v", err)
	}
}

// What the screens say of keys is what the settings made of them.
func TestScreensNameTheKeysOfTheSettings(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		keys, err := NewKeyMap(map[string][]string{
			"mark": {"m"}, "undo": {"U"}, "requests": {"f5"}, "write-files": {"ctrl+w"}, "help": {"f1"}, "import": {"I"}, "search": {"ctrl+f"}, "page-down": {"pgdown"},
		})
		if err != nil {
			t.Fatal(err)
		}
		u.app.keys = keys
		u.sees("f5 Requests", "m mark", "f1 help", "U undo", "ctrl+f search: words")
		u.press("f1")
		u.sees("m", "ctrl+f")
		u.press("esc", "m", "d")
		u.press("enter")
		u.sees("f5 shows them", "U undoes it")
		u.click(50, 0)
		if u.app.screen != requestsScreen {
			t.Errorf("a click on Requests leads to %s", u.app.screen.name())
		}
		u.sees("ctrl+w writes the files to send", "written yet: ctrl+w writes request.md")
		u.press("o")
		u.sees("No files were written yet: ctrl+w writes them")
		u.press("1", ":")
		u.write("mark")
		u.sees("m        Choose: mark", "Its name in the settings is mark.")
		u.press("esc", "I", "down", "j", "k", "esc") // keys within dialogs are the usual ones
		u.press("U")
		u.sees("Restored")
	})
}
