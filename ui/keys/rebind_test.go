package keys

import (
	"errors"
	"strings"
	"testing"

	"unsaid/ui/setting"
)

func TestEveryActionHasAName(t *testing.T) {
	taken := map[string]Action{}
	for what := None + 1; what <= Quit; what++ {
		name := what.Name()
		if other, twice := taken[name]; twice || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("action %d is called %q, as is %d", what, name, other)
		}
		taken[name] = what
	}
}

func TestKeysAreBoundAnew(t *testing.T) {
	keys, err := New(map[string][]string{
		"mark": {"m", "ctrl+x"}, "quit": {"X"}, "details": {"f5"}, "right": {"n"}, "last": {"alt+g", "ü"}, "next-screen": {"shift+tab"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		screen Screen
		key    string
		want   Action
	}{
		{LibraryScreen, "m", MarkOne},
		{LibraryScreen, "ctrl+x", MarkOne},
		{LibraryScreen, "x", None},
		{DevicesScreen, "m", Merge}, // it marks on its own screen alone
		{CalendarScreen, "X", Quit},
		{CalendarScreen, "q", None},
		{CalendarScreen, "ctrl+c", Quit}, // whatever the settings say
		{LibraryScreen, "f5", Details},
		{RequestsScreen, "f5", Details},
		{CalendarScreen, "n", MoveRight},
		{CalendarScreen, "right", None},
		{LibraryScreen, "right", SeekForward},
		{LibraryScreen, "ü", ToBottom},
		{LibraryScreen, "shift+tab", NextScreen},
		{LibraryScreen, "d", DeleteChosen},
	} {
		if got := keys.Action(c.screen, c.key); got != c.want {
			t.Errorf("%s on %s does %q, want %q", c.key, c.screen.Name(), got.Name(), c.want.Name())
		}
	}
	if usual := Default().Action(LibraryScreen, "x"); usual != MarkOne {
		t.Errorf("the usual keys have changed: x does %q", usual.Name())
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
		_, err := New(c.keys)
		wrong := (*setting.Error)(nil)
		if !errors.As(err, &wrong) || wrong.Setting != c.setting || !strings.Contains(wrong.Reason, c.want) {
			t.Errorf("%q: %v, want %s: … %s", c.keys, err, c.setting, c.want)
		}
	}
	if _, err := New(map[string][]string{"mark": {"d"}, "delete": {"x"}}); err != nil {
		t.Errorf("keys that change places: %v", err)
	}
}
