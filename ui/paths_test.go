package ui

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
		if !escapes && len(want) > 0 && filepath.VolumeName(want[0]) != "" {
			continue
		}
		if got := splitPaths(text); escapes && !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if !escapes {
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
		if got := splitPaths(text); !slices.Equal(got, want) {
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
		if !escapes {
			t.Skip("names cannot have quotation marks here")
		}
		paths := []string{"/" + first, "/" + second}
		if got := splitPaths(joinPaths(paths)); !slices.Equal(got, paths) {
			if string([]rune(first)) != first || string([]rune(second)) != second {
				t.Skip("not UTF-8")
			}
			t.Errorf("%q: %q", paths, got)
		}
	})
}

func TestPlace(t *testing.T) {
	home, folder := t.TempDir(), t.TempDir()
	at := place{home, folder}
	sep := string(os.PathSeparator)
	for typed, want := range map[string]string{
		"": "", "~": home, "~" + sep + "x": home + sep + "x", "~x": filepath.Join(folder, "~x"), "x": filepath.Join(folder, "x"), home: home,
	} {
		if got := at.absolute(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for path, want := range map[string]string{home: "~", home + sep + "x": "~/x", home + "x": home + "x", folder: folder} {
		if got := at.tilde(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	if (place{}).absolute("~"+sep+"x") == "" || (place{}).tilde(sep+"x") != sep+"x" {
		t.Error("without a home folder")
	}
}

func TestPartOf(t *testing.T) {
	for name, want := range map[string]string{
		"takeout-20240516T230250Z-001.zip":    "takeout-20240516T230250Z",
		"takeout-20240516T230250Z-3-002.tgz":  "takeout-20240516T230250Z",
		"takeout-20250921T1994402Z-3-009.zip": "takeout-20250921T1994402Z",
		"Alexa.1.zip":                         "Alexa",
		"alexa.12.ZIP":                        "alexa",
		"Alexa.1.csv":                         "",
		"Alexa.zip":                           "",
		"photos-2023.zip":                     "",
		"2024.05.16.zip":                      "",
		"v1.2.zip":                            "",
		".1.zip":                              "",
	} {
		if set, _ := partOf(name); set != want {
			t.Errorf("%s: %q, want %q", name, set, want)
		}
	}
	if _, part := partOf("takeout-20240516T230250Z-012.zip"); part != 12 {
		t.Errorf("part %d", part)
	}
}
