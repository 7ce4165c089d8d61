package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/importer"
	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/text/texttest"
)

// isWhole fails the test unless what is drawn fills the terminal exactly: as many lines as it has,
// none wider than it, nothing in them that a terminal would obey.
func (u *user) isWhole(where string) {
	u.Helper()
	content, l := u.app.View().Content, u.app.Layout
	if r, bad := texttest.Forbidden(content); bad {
		u.Fatalf("%s at %d×%d: %U reaches the terminal\n%q", where, l.W, l.H, r, content)
	}
	lines := strings.Split(content, "\n")
	if len(lines) != max(1, l.H) {
		u.Fatalf("%s at %d×%d: %d lines\n%s", where, l.W, l.H, len(lines), ansi.Strip(content))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > l.W {
			u.Fatalf("%s at %d×%d: line %d is %d cells wide: %q\n%s", where, l.W, l.H, i, w, ansi.Strip(line), ansi.Strip(content))
		}
		if run := texttest.LongestRun(ansi.Strip(line)); run > text.MaxMarks {
			u.Fatalf("%s at %d×%d: line %d has %d marks in a row", where, l.W, l.H, i, run)
		}
	}
	if cursor := u.app.View().Cursor; cursor != nil && (cursor.X < 0 || cursor.X >= l.W || cursor.Y < 0 || cursor.Y >= l.H) {
		u.Fatalf("%s at %d×%d: the text cursor is at %d, %d", where, l.W, l.H, cursor.X, cursor.Y)
	}
}

// evil has a text wherever the text of an export can be.
func evil(text string) []store.Incoming {
	sounding := said("Kitchen", "2025-03-01 18:42:07", "words")
	sounding.Transcript, sounding.Device.Name = text, text
	mute := silent("Bedroom", "2025-03-02 18:42:07", text)
	mute.Device.Name, mute.Unintended = "", true
	all := []store.Incoming{sounding, mute, said("Plain", "2025-03-03 10:00:00", "good morning")}
	for i := range all[:2] {
		r := &all[i]
		r.Reply, r.Kind, r.Domain, r.Intent, r.Skill, r.VendorID = text, text, text, text, text, text+string(rune('a'+i))
		r.People = []store.IncomingPerson{{ID: text, Name: text}}
		r.Device.Serial, r.Device.Type = text+string(rune('a'+i)), text
	}
	return all
}

func TestHostileArchiveDrawsSafely(t *testing.T) {
	for name, text := range texttest.Hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sitDown(t, evil(text), func(u *user) { u.tour(text) })
		})
	}
}

// tour goes through all that the program shows and looks at each screen, at several sizes. The keys
// are pressed at the size where the look before ended, so they meet all sizes in turn.
func (u *user) tour(text string) {
	u.Helper()
	sizes := [][2]int{{60, 16}, {80, 24}, {120, 36}}
	look := func(where string) {
		u.Helper()
		for _, size := range sizes {
			u.terminal(size[0], size[1])
			u.isWhole(where)
		}
		sizes = append(sizes[1:], sizes[0])
	}
	steps := func(where string, keys ...string) {
		u.Helper()
		for _, k := range keys {
			u.press(k)
			look(where + ", after " + k)
		}
	}
	steps("library", "1", "g", "j", "enter", "j", "enter", "V", "k", "*", "y")
	steps("delete dialog", "d", "h", "m", "h", "m", "esc", "esc", "esc", "esc")
	steps("playing", "G", "space")
	u.pass(100 * time.Millisecond)
	look("playing")
	steps("search", "/")
	u.paste(text)
	look("search for it")
	steps("search for it", "left", "home", "end", "backspace", "enter", "d", "esc", "/", "esc", "esc")
	steps("devices", "2", "n", "esc", "m", "j", "esc", "f", "e", "enter", "esc", "j", "j", "enter", "2", "g", "d", "esc", "j", "d", "esc", "j", "d", "esc")
	steps("calendar", "3", "g", "p", "esc", "V", "h", "d", "esc", "z", "enter", "j", "esc", "z", "enter", "1", "/", "esc", "esc")
	steps("trash", "d", "enter", "4", "enter", "j", "esc", "P", "esc")
	steps("requests", "5", "enter", "j", "esc", "w", "y", "s", "1", "u")
	steps("insights", "6", "J", "J", "J", "J", "j", "J", "j", "J", "J", "enter", "6", "K", "enter", "6", "K", "f", "enter", "6", "f")
	steps("help", "1", "?", "pgdown", "G", "esc")
	steps("import", "i")
	u.paste(text)
	look("import of it")
	steps("import of it", "tab", "enter", "esc", "esc", "esc")
	u.give(importedMsg{store.ImportReport{Failed: []store.MemberOutcome{{Member: text, Outcome: store.MemberFailed, Reason: text}}}, nil})
	u.settle()
	look("import report")
	u.give(importedMsg{store.ImportReport{}, errors.New("import " + text)})
	u.settle()
	look("failed import")
	steps("failed import", "esc")
	u.app.imports = importRun{stop: func() {}, updates: make(chan tea.Msg), progress: importer.Progress{Member: text, BytesTotal: 3, BytesRead: 1}}
	look("import in the status")
	steps("running import", "i", "esc")
	u.app.imports = importRun{}
	u.give(answer{u.app.Epoch, errors.New(text), nil})
	u.settle()
	look("failure in the status")
}
