package ui

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/importer"
	"unsaid/store"
)

// isWhole fails the test unless what is drawn fills the terminal exactly: as many lines as it has,
// none wider than it, nothing in them that a terminal would obey.
func (u *user) isWhole(where string) {
	u.Helper()
	content, l := u.app.View().Content, u.app.layout
	if r, bad := forbidden(content); bad {
		u.Fatalf("%s at %d×%d: %U reaches the terminal\n%q", where, l.w, l.h, r, content)
	}
	lines := strings.Split(content, "\n")
	if len(lines) != l.h {
		u.Fatalf("%s at %d×%d: %d lines\n%s", where, l.w, l.h, len(lines), ansi.Strip(content))
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w > l.w {
			u.Fatalf("%s at %d×%d: line %d is %d cells wide: %q\n%s", where, l.w, l.h, i, w, ansi.Strip(line), ansi.Strip(content))
		}
		if run := longestRun(ansi.Strip(line)); run > maxMarks {
			u.Fatalf("%s at %d×%d: line %d has %d marks in a row", where, l.w, l.h, i, run)
		}
	}
	if cursor := u.app.View().Cursor; cursor != nil && (cursor.X < 0 || cursor.X >= l.w || cursor.Y < 0 || cursor.Y >= l.h) {
		u.Fatalf("%s at %d×%d: the text cursor is at %d, %d", where, l.w, l.h, cursor.X, cursor.Y)
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
	for i, name := range slices.Sorted(maps.Keys(hostile)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sitDown(t, evil(hostile[name]), func(u *user) { u.tour(hostile[name], i) })
		})
	}
}

// tour goes through all that the program shows and looks at each screen. The terminal has another
// size at every step; which one, turn says, so that each step is seen at each size in some tour.
func (u *user) tour(text string, turn int) {
	u.Helper()
	sizes := [][2]int{{60, 16}, {80, 24}, {120, 36}}
	steps := func(where string, keys ...string) {
		u.Helper()
		for _, k := range keys {
			size := sizes[turn%len(sizes)]
			turn++
			u.terminal(size[0], size[1])
			u.press(k)
			u.isWhole(where + ", after " + k)
		}
	}
	steps("library", "1", "g", "j", "enter", "j", "enter", "V", "k", "*", "y")
	steps("delete dialog", "d", "h", "m", "h", "m", "esc", "esc", "esc", "esc")
	steps("playing", "G", "space")
	u.pass(100 * time.Millisecond)
	u.isWhole("playing")
	steps("search", "/")
	u.paste(text)
	u.isWhole("search for it")
	steps("search for it", "left", "home", "end", "backspace", "enter", "d", "esc", "/", "esc", "esc")
	steps("devices", "2", "j", "j", "enter", "2", "g", "d", "esc", "j", "d", "esc", "j", "d", "esc")
	steps("calendar", "3", "g", "V", "h", "d", "esc", "enter", "1", "/", "esc", "esc")
	steps("trash", "d", "enter", "4", "enter", "j", "esc", "P", "esc")
	steps("requests", "5", "enter", "j", "esc", "w", "y", "s", "1", "u")
	steps("help", "?", "pgdown", "G", "esc")
	steps("import", "i")
	u.paste(text)
	u.isWhole("import of it")
	steps("import of it", "tab", "enter", "esc", "esc")
	u.give(importedMsg{store.ImportReport{Failed: []store.MemberOutcome{{Member: text, Outcome: store.MemberFailed, Reason: text}}}, nil})
	u.settle()
	u.isWhole("import report")
	u.give(importedMsg{store.ImportReport{}, errors.New("import " + text)})
	u.settle()
	u.isWhole("failed import")
	steps("failed import", "esc")
	u.app.imports = importRun{stop: func() {}, updates: make(chan tea.Msg), progress: importer.Progress{Member: text, BytesTotal: 3, BytesRead: 1}}
	u.isWhole("import in the status")
	steps("running import", "i", "esc")
	u.app.imports = importRun{}
	u.give(totalsMsg{u.app.epoch, store.Totals{}, errors.New(text)})
	u.settle()
	u.isWhole("failure in the status")
}
