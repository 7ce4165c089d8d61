package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/ui/dialog"
)

// turns reports whether a spinner is on the screen: whether one moment looks other than the next.
func (u *user) turns() bool {
	before := u.screen()
	u.pass(110 * time.Millisecond)
	return u.screen() != before
}

func TestSpinnerIsForWhatTakesLong(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.pass(10 * time.Second)
		u.app.Search.Busy = true // a search that does not end
		u.terminal(80, 24)
		u.seesNot("recordings found")
		quick := u.screen()
		u.pass(140 * time.Millisecond)
		if u.screen() != quick {
			t.Errorf("a wait is shown at once\n%s", u.screen())
		}
		u.pass(20 * time.Millisecond)
		if u.screen() == quick || !u.turns() {
			t.Errorf("a long wait is not shown\n%s", u.screen())
		}
		for i, line := range strings.Split(u.screen(), "\n") {
			if was := strings.Split(quick, "\n")[i]; i != 1 && line != was {
				t.Errorf("the spinner moves something: %q was %q", line, was)
			}
		}
		u.app.Search.Busy = false
		u.terminal(80, 24)
		u.sees("48 recordings found")
		if u.turns() {
			t.Error("it turns after the wait")
		}
		u.app.openDialog(&dialog.Delete{})
		u.terminal(80, 24)
		empty := u.screen()
		u.pass(200 * time.Millisecond)
		u.sees("planning the request")
		if frame := func(screen string) int { return strings.Count(screen, "│") }; frame(u.screen()) != frame(empty) {
			t.Errorf("the dialog has grown\n%s", u.screen())
		}
	})
}

func TestWindowTitleSaysWhatIsOpen(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		title := func(want string) {
			t.Helper()
			if got := u.app.View().WindowTitle; got != want {
				t.Errorf("the title is %q, want %q", got, want)
			}
		}
		title("unsaid – 48 found")
		u.press("/")
		u.write("jazz")
		title("unsaid – " + phrase.Comma(u.app.Search.Found) + " found")
		u.press("enter", "3")
		title("unsaid – Calendar")
		u.app.imports.Begin(nil, func() {})
		title("unsaid – importing")
		u.app.imports.Progress = importer.Progress{BytesRead: 40, BytesTotal: 100}
		title("unsaid – importing 40 %")
		u.app.o.Look.ASCIIText = true
		title("unsaid - importing 40 %")
	})
}

func TestScreenIsQuietUnderADialog(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "?")
		lines := strings.Split(u.app.View().Content, "\n")
		quiet := u.app.Styles.Quiet.Render("x")
		quiet = quiet[:strings.Index(quiet, "x")]
		if !strings.HasPrefix(lines[0], quiet) || strings.Count(lines[0], "\x1b") > 2 {
			t.Errorf("the header is not quiet: %q", lines[0])
		}
		if status := lines[len(lines)-2]; !strings.Contains(ansi.Strip(status), "1 mark") || strings.HasPrefix(status, quiet) {
			t.Errorf("what happens is quiet, too: %q", status)
		}
		u.press("esc")
		if plain := u.app.View().Content; strings.HasPrefix(plain, quiet) {
			t.Error("it is quiet without a dialog")
		}
	})
}
