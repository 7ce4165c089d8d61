package ui

import (
	"slices"
	"strings"
	"testing"

	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// offered is what the palette lists, from the best on.
func (u *user) offered() []string {
	u.Helper()
	p, open := u.app.dialog.(*dialog.Palette)
	if !open {
		u.Fatalf("the palette is not open\n%s", u.screen())
	}
	var all []string
	for _, o := range p.Found {
		all = append(all, o.Screen.Name()+": "+o.Help)
	}
	return all
}

func TestPaletteOffersEveryActionOnce(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for s := range keys.Screens {
			u.press(string(rune('1'+s)), ":")
			offered := u.offered()
			if twice := len(offered) - len(slices.Compact(slices.Sorted(slices.Values(offered)))); twice != 0 {
				t.Errorf("%s: %d are offered twice: %q", s.Name(), twice, offered)
			}
			for _, b := range keys.Default() {
				on := b.On
				if on == nil {
					on = keys.Where{s}
				}
				for _, place := range on {
					if text := place.Name() + ": " + b.Help; b.Does != keys.ShowPalette && !slices.Contains(offered, text) {
						t.Errorf("%s: %q is not offered", s.Name(), text)
					}
				}
			}
			if !strings.HasPrefix(offered[0], s.Name()) {
				t.Errorf("%s: %q comes first", s.Name(), offered[0])
			}
			u.press("esc")
		}
	})
}

func TestPaletteCarriesOutWhatIsFound(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press(":")
		u.write("mrkresults")
		u.sees("*        Choose: mark all search results")
		u.press("enter")
		u.sees("48 marks")
		u.press(":")
		u.write("?") // a key's own name finds it
		if offered := u.offered(); offered[0] != "Library: help" {
			t.Errorf("? finds %q first", offered[0])
		}
		u.press("enter")
		u.sees("Hear", "play, pause")
		u.press("esc", ":")
		u.write("BACK: UN") // words as they stand come before letters here and there
		if offered := u.offered(); offered[0] != "Library: undo" {
			t.Errorf("it finds %q first", offered[0])
		}
		u.press("esc", ":")
		u.write("zzz")
		u.sees("No action matches.")
		u.press("enter", "down", "up", "pgdown") // there is nothing to do
		u.sees("No action matches.")
		u.press("backspace", "backspace", "backspace")
		u.sees("find any action")
		u.press("down", "down", "up", "esc")
		u.seesNot("find any action")
	})
}

func TestPaletteLeadsToOtherScreensAndDoesNothingUnseen(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", ":")
		u.write("restore")
		u.sees("restore this deletion", "On Trash: enter goes there, R does it.")
		u.press("enter")
		u.sees("1 recording in the trash", "R: restore this deletion")
		u.press(":")
		u.write("restore")
		u.press("enter")
		u.sees("Restored 1 recording")
		u.press(":")
		u.write("Requests files")
		u.press("enter")
		if u.app.Screen != keys.RequestsScreen {
			t.Errorf("on %s", u.app.Screen.Name())
		}
		u.sees("There are no requests yet")
	})
}

// What cannot be done says why, with the same words in the palette and when its key is pressed.
func TestActionsThatCannotBeDoneSayWhy(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		for _, c := range []struct{ screen, key, find, why string }{
			{"1", "d", "delete marked", "There is nothing to delete here"},
			{"1", "x", "mark", "Nothing is listed here"},
			{"1", "y", "copy", "Nothing is listed here"},
			{"1", "space", "play, pause", nothingToPlay},
			{"1", "right", "forward 1", "Nothing plays"},
			{"2", "d", "delete all", "No devices yet: i imports an export"},
			{"3", "d", "delete the chosen", "Nothing was recorded on this day"},
			{"4", "R", "restore", "The trash is empty"},
			{"4", "P", "erase", "The trash is empty"},
			{"5", "w", "write the request", "There are no requests yet"},
		} {
			u.press(c.screen, c.key)
			u.sees(c.why)
			u.terminal(120, 36)
			u.press(":")
			u.write(c.find)
			if o := u.app.dialog.(*dialog.Palette).Found[0]; !strings.HasPrefix(o.Why, c.why) || !slices.Contains(o.Keys, c.key) {
				t.Errorf("%s on %s: %q finds %q, which says %q", c.key, c.screen, c.find, o.Help, o.Why)
			}
			u.press("enter")
			u.sees(c.why)
			u.terminal(80, 24)
		}
	})
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "5", "o")
		u.sees("No files were written yet: w writes them")
		u.press("f")
		u.sees("No export shows a recording of this request still there")
		u.press("w", "o")
		if len(u.opened) != 1 {
			t.Errorf("opened %q", u.opened)
		}
	})
}

// What an action is called in the settings finds it, too.
func TestPaletteFindsByTheNameOfTheSettings(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "4", ":")
		u.write("purge")
		u.press("enter")
		u.sees("Erase 1 recording beyond recovery?")
	})
}
