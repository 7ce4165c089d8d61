package typedpath

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSplitPaths(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                 nil,
		" \n ":                             nil,
		"a.zip":                            {"a.zip"},
		"a.zip b.zip\nc.zip\r\n":           {"a.zip", "b.zip", "c.zip"},
		`"my export.zip" other`:            {"my export.zip", "other"},
		`"unclosed mark`:                   {"unclosed mark"},
		`""`:                               {""},
		"file:///a/b%20c.zip file:///d":    {filepath.FromSlash("/a/b c.zip"), filepath.FromSlash("/d")},
		"file://machine/a%2Fb#c?d":         {filepath.FromSlash("/a/b#c?d")},
		"file:///100%.zip":                 {filepath.FromSlash("/100%.zip")},
		"file://":                          {""},
		"/\u05e9\u05dc\u05d5\u05dd.zip /x": {"/\u05e9\u05dc\u05d5\u05dd.zip", "/x"},
	} {
		if !Escapes && len(want) > 0 && filepath.VolumeName(want[0]) != "" {
			continue
		}
		if got := Split(text); Escapes && !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if !Escapes {
		return
	}
	for text, want := range map[string][]string{
		`my\ export.zip it\'s`:        {"my export.zip", "it's"},
		`'a b'c '' x`:                 {"a bc", "", "x"},
		`'it'\''s'`:                   {"it's"},
		`'a\b' "c\"d"`:                {`a\b`, `c"d`},
		`/tmp/x\`:                     {"/tmp/x"},
		`'/home/anna/a 1.zip' '/b c'`: {"/home/anna/a 1.zip", "/b c"},
	} {
		if got := Split(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// What is written for a shell is read again as what it was.
func FuzzQuotedPathsAreReadAgain(f *testing.F) {
	for _, seed := range []string{"/a b/c", "it's", `a\b`, "", "$(rm x)", "~", "a\nb", "*", "\u202e"} {
		f.Add(seed, "/other")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		if !Escapes {
			t.Skip("names cannot have quotation marks here")
		}
		paths := []string{"/" + first, "/" + second}
		if got := Split(Join(paths)); !slices.Equal(got, paths) {
			if string([]rune(first)) != first || string([]rune(second)) != second {
				t.Skip("not UTF-8")
			}
			t.Errorf("%q: %q", paths, got)
		}
	})
}

func TestPlace(t *testing.T) {
	home, folder := t.TempDir(), t.TempDir()
	at := Place{home, folder}
	sep := string(os.PathSeparator)
	for typed, want := range map[string]string{
		"": "", "~": home, "~" + sep + "x": home + sep + "x", "~x": filepath.Join(folder, "~x"), "x": filepath.Join(folder, "x"), home: home,
	} {
		if got := at.Absolute(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for path, want := range map[string]string{home: "~", home + sep + "x": "~/x", home + "x": home + "x", folder: folder} {
		if got := at.Tilde(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	if (Place{}).Absolute("~"+sep+"x") == "" || (Place{}).Tilde(sep+"x") != sep+"x" {
		t.Error("without a home folder")
	}
}
