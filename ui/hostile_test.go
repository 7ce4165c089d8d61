package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/importer"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/text"
	"unsaid/ui/text/texttest"
)

// isWhole fails the test unless what is drawn fills the terminal exactly: as many lines as it has,
// none wider than it, nothing in them that a terminal would obey.
func (u *user) isWhole(where string) {
	u.Helper()
	view, l := u.app.View(), u.app.Layout
	where = fmt.Sprintf("%s at %d×%d", where, l.W, l.H)
	lines := strings.Split(view.Content, "\n")
	if len(lines) != max(1, l.H) {
		u.Fatalf("%s: %d lines\n%s", where, len(lines), ansi.Strip(view.Content))
	}
	for i, line := range lines {
		plain := ansi.Strip(line)
		if r, bad := texttest.Forbidden(line); bad {
			u.Fatalf("%s: %U reaches the terminal in line %d: %q, by %q\n%q", where, r, i, line, textsIn(plain), view.Content)
		}
		if w := ansi.StringWidth(line); w > l.W {
			u.Fatalf("%s: line %d is %d cells wide: %q, by %q\n%s", where, i, w, plain, textsIn(plain), ansi.Strip(view.Content))
		}
		if run := texttest.LongestRun(plain); run > text.MaxMarks {
			u.Fatalf("%s: line %d has %d marks in a row: %q, by %q", where, i, run, plain, textsIn(plain))
		}
	}
	if cursor := view.Cursor; cursor != nil && (cursor.X < 0 || cursor.X >= l.W || cursor.Y < 0 || cursor.Y >= l.H) {
		u.Fatalf("%s: the text cursor is at %d, %d", where, cursor.X, cursor.Y)
	}
}

// textsIn names the hostile texts that a line may show: those of which some of the first letters are in it.
func textsIn(line string) (names []string) {
	for name, hostile := range texttest.Hostile {
		letters := []rune(text.Line(hostile))
		if len(letters) > 0 && strings.Contains(line, string(letters[:min(len(letters), 5)])) {
			names = append(names, name)
		}
	}
	return names
}

// evil has each of the named hostile texts wherever the text of an export can be. The newest recording is a plain
// one; the two of each text follow, in the order of the names.
func evil(names []string) []store.Incoming {
	all := []store.Incoming{said("Plain", "2025-03-03 10:00:00", "good morning")}
	for _, name := range names {
		text := texttest.Hostile[name]
		sounding, mute := said(text, "2025-03-03 10:00:00", "words"), silent("", "2025-03-03 10:00:00", text)
		sounding.Transcript, mute.Unintended = text, true
		for i, r := range []*store.Incoming{&sounding, &mute} {
			r.Time = all[0].Time.Add(-time.Duration(len(all)+i) * time.Hour)
			r.Reply, r.Kind, r.Domain, r.Intent, r.Skill, r.VendorID = text, text, text, text, text, text+string(rune('a'+i))
			r.People = []store.IncomingPerson{{ID: text, Name: text}}
			r.Device.Serial, r.Device.Type = text+string(rune('a'+i)), text
		}
		all = append(all, sounding, mute)
	}
	return all
}

// tourist looks at what is drawn after each key, at two of three sizes in turn.
type tourist struct {
	*user
	names []string // of the texts in the library
	sizes [][2]int
}

func (u *tourist) look(where string) {
	u.Helper()
	for _, size := range u.sizes[:2] {
		u.terminal(size[0], size[1])
		u.isWhole(where)
	}
	u.turn()
}

func (u *tourist) turn() { u.sizes = append(u.sizes[1:], u.sizes[0]) }

func (u *tourist) steps(where string, keys ...string) {
	u.Helper()
	for _, k := range keys {
		u.press(k)
		u.look(where + ", after " + k)
	}
}

// glances is steps with a look at one size after each key, which is another one each time.
func (u *tourist) glances(where string, keys ...string) {
	u.Helper()
	for _, k := range keys {
		u.press(k)
		u.glance(where + ", after " + k)
	}
}

func (u *tourist) glance(where string) {
	u.Helper()
	u.terminal(u.sizes[0][0], u.sizes[0][1])
	u.isWhole(where)
	u.turn()
}

// The hostile texts are in two libraries, since each frame with a long one takes long to draw. The tour sees every
// screen and dialog with many of them on it; then each text is met on its own wherever only one is shown.
func TestHostileArchiveDrawsSafely(t *testing.T) {
	libraries := map[bool][]string{}
	for _, name := range slices.Sorted(maps.Keys(texttest.Hostile)) {
		long := len(texttest.Hostile[name]) > 10_000
		libraries[long] = append(libraries[long], name)
	}
	for long, names := range libraries {
		t.Run(map[bool]string{true: "long texts", false: "other texts"}[long], func(t *testing.T) {
			t.Parallel()
			sitDown(t, evil(names), func(u *user) {
				tourist := &tourist{u, names, [][2]int{{60, 16}, {80, 24}, {120, 36}}}
				tourist.tour(texttest.Hostile[names[0]])
				tourist.eachRecording()
				tourist.eachDevice()
				for _, name := range names {
					tourist.eachText(name)
				}
				tourist.allOfThem()
			})
		})
	}
}

// tour goes through all that the program shows, with one of the texts typed wherever text is typed.
func (u *tourist) tour(text string) {
	u.Helper()
	u.steps("library", "1", "g", "j", "enter", "j", "enter", "V", "k", "*", "y")
	u.steps("delete dialog", "d", "h", "m", "h", "m", "esc", "esc", "esc", "esc")
	u.steps("playing", "g", "j", "space")
	u.pass(100 * time.Millisecond)
	u.look("playing")
	u.steps("search", "/")
	u.paste(text)
	u.look("search for it")
	u.steps("search for it", "left", "home", "end", "backspace", "enter", "d", "esc", "/", "esc", "esc")
	u.steps("devices", "2", "n", "esc", "m", "j", "esc", "f", "e", "enter", "esc", "j", "j", "enter", "2", "g", "d", "esc", "j", "d", "esc", "j", "d", "esc")
	u.steps("calendar", "3", "g", "p", "esc", "V", "h", "d", "esc", "z", "enter", "j", "esc", "z", "enter", "1", "/", "esc", "esc")
	u.steps("trash", "d", "enter", "4", "enter", "j", "esc", "P", "esc")
	u.steps("requests", "5", "enter", "j", "esc", "w", "y", "s", "1", "u")
	u.steps("insights", "6", "J", "J", "J", "J", "j", "J", "j", "J", "J", "enter", "6", "K", "enter", "6", "K", "f", "enter", "6", "f")
	u.steps("help", "1", "?", "pgdown", "G", "esc")
	u.importOf("it", text)
	u.app.imports.Begin(nil, func() {})
	u.app.imports.Progress = importer.Progress{Member: text, BytesTotal: 3, BytesRead: 1}
	u.look("import in the status")
	u.steps("running import", "i", "esc")
	u.app.imports = dialog.Run{}
}

// importOf has an import asked for, reported and failed that has a text everywhere.
func (u *tourist) importOf(name, text string) {
	u.Helper()
	u.press("i")
	u.paste(text)
	u.look("import of " + name)
	u.glances("import of "+name, "tab", "enter")
	u.press("esc", "esc", "esc")
	u.give(dialog.ImportedMsg{Report: store.ImportReport{Failed: []store.MemberOutcome{{Member: text, Outcome: store.MemberFailed, Reason: text}}}, Err: nil})
	u.settle()
	u.glance("import report of " + name)
	u.give(dialog.ImportedMsg{Report: store.ImportReport{}, Err: errors.New("import " + text)})
	u.settle()
	u.glance("failed import of " + name)
	u.press("esc")
	u.give(common.Fail{Err: errors.New(text)})
	u.settle()
	u.glance("failure with " + name)
}

// eachRecording has the two recordings of each text under the cursor, in the detail, before a deletion and heard.
func (u *tourist) eachRecording() {
	u.Helper()
	u.press("1", "esc", "esc", "g")
	for _, name := range u.names {
		u.glances(name, "j", "enter", "d")
		u.press("esc", "esc", "space")
		u.pass(20 * time.Millisecond)
		u.look("playing " + name)
		u.glances("mute "+name, "j", "enter", "d")
		u.press("esc", "esc")
	}
}

// eachDevice has each device under the cursor, in the dialogs of the screen and as a filter of the library.
func (u *tourist) eachDevice() {
	u.Helper()
	u.walk("filter", "1", "esc", "esc", "f")
	u.press("esc", "2", "g")
	for i := range 2 * len(u.names) {
		where := fmt.Sprint("device ", i)
		u.glances(where, "j", "n")
		u.press("esc")
		u.glances(where, "d")
		u.press("esc")
		u.glances(where, "enter")
		u.press("2")
	}
	u.walk("merge", "g", "m")
	u.press("esc")
}

// walk presses keys, and then goes down a list that has two rows or more for each text.
func (u *tourist) walk(where string, keys ...string) {
	u.Helper()
	u.press(keys...)
	for i := range 2 * len(u.names) {
		u.glances(fmt.Sprint(where, " ", i), "j")
	}
}

// eachText has a text searched for and in an import.
func (u *tourist) eachText(name string) {
	u.Helper()
	u.press("1", "esc", "esc", "/")
	u.paste(texttest.Hostile[name])
	u.look("search for " + name)
	u.glances("search for "+name, "left", "home", "end", "backspace", "enter")
	u.press("esc", "esc")
	u.importOf(name, texttest.Hostile[name])
}

// allOfThem has everything in the trash and in requests.
func (u *tourist) allOfThem() {
	u.Helper()
	u.steps("deleting all", "1", "esc", "esc", "*", "d", "enter")
	u.steps("trash of all", "4", "g")
	for i := range 2 * len(u.names) {
		u.glances(fmt.Sprint("trash ", i), "j", "enter")
		u.press("esc")
	}
	u.steps("request of all", "P", "esc", "5", "enter", "j", "G", "esc", "w", "y", "s", "enter", "u")
}
