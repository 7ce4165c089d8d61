package ui

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

var update = flag.Bool("update", false, "write the golden files in testdata/golden anew")

// golden compares what is on the screen with testdata/golden, without colours. The files show a synthetic
// household; after a wanted change of the drawing they are written anew with
//
//	go test ./ui -run Golden -update
func (u *user) golden(name string) {
	u.Helper()
	u.sameAs(fmt.Sprintf("%s-%dx%d.txt", name, u.app.Layout.W, u.app.Layout.H), u.screen())
}

// goldenColours compares what is on the screen, in each theme, with files for cat.
func (u *user) goldenColours(name string) {
	u.Helper()
	for _, look := range []struct {
		folder, theme string
		onDark        bool
	}{
		{"dark", "dark", true},
		{"light", "light", false},
		{"high-contrast-dark", "high-contrast", true},
		{"high-contrast-light", "high-contrast", false},
		{"mono", "mono", true},
	} {
		u.app.o.Look.Theme, u.app.background.Dark = look.theme, look.onDark
		u.app.restyle()
		u.sameAs(filepath.Join(look.folder, name+".ansi"), u.app.View().Content)
	}
}

// sameAs compares a screen with a golden file.
func (u *user) sameAs(file, screen string) {
	u.Helper()
	path := filepath.Join("testdata", "golden", file)
	lines := strings.Split(strings.ReplaceAll(screen, u.folder, "/home/anna"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			u.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		u.Fatal(err)
	}
	if text := strings.ReplaceAll(string(want), "\r\n", "\n"); got != text {
		u.Errorf("%s is another one (-update if that is wanted):\n%s\nwas:\n%s", path, got, text)
	}
}

func TestGoldenScreens(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		sitDown(t, household(), func(u *user) {
			u.terminal(size[0], size[1])
			u.pass(7 * time.Second)
			u.golden("library")
			u.press("space")
			u.pass(time.Second)
			u.press("j", "x", "x", "V", "j")
			u.golden("library-playing-and-marking")
			u.press("esc", "esc", "g", "enter")
			u.pass(10 * time.Second)
			u.golden("library-detail")
			u.press("esc", "/")
			u.write("jazz hour:25")
			u.golden("library-wrong-search")
			u.press("esc", "esc")
			u.press("*", "d")
			u.golden("delete")
			u.press("esc", "D")
			u.golden("suggestions")
			u.press("esc", "esc", "2")
			u.pass(10 * time.Second)
			u.golden("devices")
			u.press("n")
			u.golden("rename")
			u.press("esc", "m")
			u.golden("merge")
			u.press("esc")
			u.press("6")
			u.golden("insights")
			u.press("J", "J", "J")
			u.golden("insights-week")
			u.press("J")
			u.golden("insights-devices")
			u.press("3", "V", "h", "h")
			u.golden("calendar")
			u.press("z")
			u.golden("calendar-years")
			u.press("z")
			u.press("d", "enter", "1", "d", "enter", "4")
			u.pass(10 * time.Second)
			u.golden("trash")
			u.press("enter")
			u.pass(time.Second)
			u.golden("trash-open")
			u.press("esc", "P")
			u.golden("purge")
			u.press("esc", "5")
			u.golden("requests")
			u.press("j", "s")
			u.golden("sent")
			u.press("enter")
			u.pass(10 * time.Second)
			u.golden("requests-sent")
			u.press("enter")
			u.golden("request-open")
			u.press("esc", "u", "u")
			u.golden("undo-sent")
			u.press("esc")
			u.press("1", "?")
			u.golden("help")
			u.press("esc", ":")
			u.golden("palette")
			u.write("files")
			u.golden("palette-found")
			u.downloads("cat.jpg", "takeout-20240516T230250Z-001.zip", "takeout-20240516T230250Z-002.zip", "My export, unpacked/", "old dump.csv",
				"\u05e9\u05dc\u05d5\u05dd\u202e.zip")
			u.press("esc", "i")
			u.golden("import")
			u.press("space")
			u.golden("import-marked")
			u.account(store.ImportDone, []string{"/home/anna/Downloads/Alexa.zip"}, aFewMembers()...)
			u.account(store.ImportRunning, []string{"/home/anna/Downloads/takeout-20240516T230250Z-001.zip", "/home/anna/Downloads/takeout-20240516T230250Z-002.zip"})
			u.press("a")
			u.golden("past-imports")
			u.press("j", "enter", "left", "j")
			u.golden("import-account")
		})
		sitDown(t, nil, func(u *user) {
			u.terminal(size[0], size[1])
			u.golden("welcome")
			u.press("i")
			u.write(u.export(3, "yesterday at noon,Hall,a line with no date"))
			u.press("enter")
			u.golden("import-report")
		})
	}
}

// Colours are proved by these screens in each theme; the style sheet of package style shows each style by itself.
func TestGoldenColours(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.pass(7 * time.Second)
		u.press("/")
		u.write("alarm")
		u.press("enter", "x", "x", "V", "j")
		u.goldenColours("library")
		u.press("esc", "esc", "*", "d")
		u.goldenColours("delete")
		u.press("esc", "6")
		u.goldenColours("insights")
	})
}

func TestGoldenMarksBesideTheCalendar(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.terminal(120, 36)
		u.press("3", "V", "h", "h", "enter", "x", "V", "j")
		u.golden("calendar-marking")
	})
}
