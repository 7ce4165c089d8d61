package ui

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
	"unsaid/ui/common"
)

// TestMain has clips run their time in silence.
func TestMain(m *testing.M) {
	if err := os.Setenv("UNSAID_AUDIO", "null"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// today is when all tests of the screens take place.
var today = time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC)

// user sits before the program: presses keys, lets time pass, reads the screen. The program
// stands on a real library in a temporary folder.
//
// It all happens in a bubble of package synctest, whose clock stands still while anything is at
// work and moves only when the test lets it. A command that reads the library has always brought its answer
// before the next key, or, where answers are withheld, brings it only when the user looks at the screen.
// One that waits for a time never brings it by itself.
type user struct {
	*testing.T
	app    *App
	db     *store.DB
	folder string // where the library is, and requests are written

	inbox     chan tea.Msg    // what commands brought and the program did not get yet
	withheld  bool            // whether it gets that only when the user looks at the screen
	broken    error           // with what everything that is read fails, nil for nothing
	brought   []common.Answer // what commands brought so far
	clipboard string
	opened    []string // with the system's program
	left      bool     // whether the program has ended
	suspended bool     // whether it has given the terminal to the shell
}

// sitDown opens a library with some recordings on a terminal of 80×24 and runs the story.
func sitDown(t *testing.T, recordings []store.Incoming, story func(u *user)) {
	t.Helper()
	sitDownWith(t, player.DefaultOutput, recordings, story)
}

// journey runs a story twice: with answers that come before the next key, and with answers that are withheld
// until the user looks at the screen.
func journey(t *testing.T, recordings []store.Incoming, story func(u *user)) {
	t.Helper()
	t.Run("answers at once", func(t *testing.T) { sitDown(t, recordings, story) })
	t.Run("answers withheld", func(t *testing.T) {
		sitDown(t, recordings, func(u *user) {
			u.withheld = true
			story(u)
		})
	})
}

func sitDownWith(t *testing.T, output func() (player.Output, error), recordings []store.Incoming, story func(u *user)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		<-time.After(time.Until(today))
		u := &user{T: t, folder: t.TempDir(), inbox: make(chan tea.Msg, 1000)}
		u.db = libraryOf(t, filepath.Join(u.folder, "unsaid.db"), recordings)
		sound := player.New(output)
		ctx, cancel := context.WithCancel(context.Background())
		t.Cleanup(func() {
			cancel()
			if err := sound.Close(); err != nil {
				t.Error(err)
			}
			<-time.After(time.Minute) // commands that wait for a time have to end, too
		})
		u.app = newApp(ctx, Options{
			App: &app.App{
				DB: u.db, Zone: time.UTC, Now: time.Now, Correspondence: deletion.Correspondence{Law: deletion.GDPR},
				RequestsDir: filepath.Join(u.folder, "requests"),
			},
			Player: sound, Home: u.folder, Elsewhere: true,
			OpenSound: func(_ context.Context, data []byte) error { u.opened = append(u.opened, string(data)); return nil },
			Open:      func(_ context.Context, path string) error { u.opened = append(u.opened, path); return nil },
		})
		u.begin(u.app.Init())
		u.terminal(80, 24)
		u.give(tea.BackgroundColorMsg{Color: color.Black})
		story(u)
	})
}

// templates are library files by the recordings in them.
var templates sync.Map

// libraryOf opens a library with recordings. Most stories begin with the same ones, and a library takes longer to
// make than a story to run, so it is made once, and then copied.
func libraryOf(t *testing.T, path string, recordings []store.Incoming) *store.DB {
	t.Helper()
	hash := sha256.New()
	if err := gob.NewEncoder(hash).Encode(recordings); err != nil {
		t.Fatal(err)
	}
	made, ok := templates.Load(string(hash.Sum(nil)))
	if !ok {
		db := openLibrary(t, path)
		add(t, db, recordings...)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		templates.Store(string(hash.Sum(nil)), file)
	} else if err := os.WriteFile(path, made.([]byte), 0o600); err != nil {
		t.Fatal(err)
	}
	return openLibrary(t, path)
}

func openLibrary(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// add imports recordings into a library.
func add(t *testing.T, db *store.DB, recordings ...store.Incoming) {
	t.Helper()
	ctx := context.Background()
	im, err := db.BeginImport(ctx, []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recordings {
		if err := im.Add(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(ctx, store.ImportDone); err != nil {
		t.Fatal(err)
	}
}

// begin runs a command beside the program, as Bubble Tea does.
func (u *user) begin(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		u.inbox <- cmd()
	}()
}

// give hands the program a message without waiting for what comes of it.
func (u *user) give(msg tea.Msg) {
	switch msg := u.answered(msg).(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			u.begin(cmd)
		}
	case tea.QuitMsg:
		u.left = true
	case tea.SuspendMsg:
		u.suspended = true
	default:
		if fmt.Sprintf("%T", msg) == "tea.setClipboardMsg" { // which Bubble Tea keeps to itself
			u.clipboard = fmt.Sprint(msg)
			return
		}
		_, cmd := u.app.Update(msg)
		u.begin(cmd)
	}
}

// answered notes an answer, and has it fail if everything does.
func (u *user) answered(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case readMsg:
		msg.answer = u.answered(msg.answer)
		return msg
	case common.Answer:
		if u.broken != nil {
			msg.Err = u.broken
		}
		u.brought = append(u.brought, msg)
		return msg
	}
	return msg
}

// again has what commands brought come once more, as it was and as failures, and fails the test if that changes the
// screen.
func (u *user) again(late []common.Answer, failures ...error) {
	u.Helper()
	before := u.screen()
	for _, msg := range slices.Clone(late) {
		for _, msg.Err = range append([]error{msg.Err}, failures...) {
			u.give(msg)
			u.settle()
			if u.screen() != before {
				u.Fatalf("an answer that came late changed\n%s\nto\n%s", before, u.screen())
			}
		}
	}
}

// listed is the ids of the recordings that the library lists.
func (u *user) listed() []int64 {
	l, _ := u.app.library.Recordings()
	return l.IDs
}

// settle waits until nothing is at work any more but the clock.
func (u *user) settle() {
	for synctest.Wait(); len(u.inbox) > 0; synctest.Wait() {
		u.give(<-u.inbox)
	}
}

// until goes on only as far as a state of the program, with other things still at work.
func (u *user) until(state func() bool) {
	for !state() {
		u.give(<-u.inbox)
	}
}

// pass lets time go by.
func (u *user) pass(d time.Duration) {
	const step = 20 * time.Millisecond
	for end := time.Now().Add(d); time.Now().Before(end); {
		<-time.After(min(step, time.Until(end)))
		u.settle()
	}
}

// press presses keys one after the other; each is named as in the key map.
func (u *user) press(keys ...string) {
	for _, name := range keys {
		u.give(key(name))
		if !u.withheld {
			u.settle()
		}
	}
}

// confirmWord types the word that a question asks for, once it could be seen.
func (u *user) confirmWord(word string) {
	u.pass(time.Second)
	u.write(word)
	u.press("enter")
}

// write types text letter by letter.
func (u *user) write(text string) {
	for _, r := range text {
		u.press(string(r))
	}
}

// paste has the terminal paste text.
func (u *user) paste(text string) {
	u.give(tea.PasteMsg{Content: text})
	u.settle()
}

// terminal gives the terminal another size.
func (u *user) terminal(w, h int) {
	u.give(tea.WindowSizeMsg{Width: w, Height: h})
	u.settle()
}

// click clicks with the left button, and wheel turns the wheel down.
func (u *user) click(x, y int) {
	u.drag(x, y)
}

// drag presses the left button at the first place, goes with it to each of the others, and lets go.
func (u *user) drag(x, y int, others ...[2]int) {
	u.give(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	u.settle()
	for _, to := range others {
		x, y = to[0], to[1]
		u.give(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
		u.settle()
	}
	u.give(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	u.settle()
}

func (u *user) wheel(x, y int) {
	u.give(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	u.settle()
}

// screen is what stands on the terminal, without colours.
func (u *user) screen() string {
	if u.withheld {
		u.settle()
	}
	return ansi.Strip(u.app.View().Content)
}

// row is one line of the screen; negative ones count from the last.
func (u *user) row(n int) string {
	lines := strings.Split(u.screen(), "\n")
	return lines[(n+len(lines))%len(lines)]
}

// sees fails the test unless each text is on the screen.
func (u *user) sees(texts ...string) {
	u.Helper()
	screen := u.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			u.Fatalf("not on the screen: %q\n%s", text, screen)
		}
	}
}

func (u *user) seesNot(texts ...string) {
	u.Helper()
	screen := u.screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			u.Fatalf("on the screen: %q\n%s", text, screen)
		}
	}
}

// at is the line with the cursor.
func (u *user) at() string {
	for line := range strings.Lines(u.screen()) {
		if strings.HasPrefix(line, "▌") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// isAt fails the test unless the cursor is on a line with the text.
func (u *user) isAt(text string) {
	u.Helper()
	if !strings.Contains(u.at(), text) {
		u.Fatalf("the cursor is on %q, want %q\n%s", u.at(), text, u.screen())
	}
}

// key is the press of a key named as in the key map.
func key(name string) tea.KeyPressMsg {
	special := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "delete": {Code: tea.KeyDelete},
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"backspace": {Code: tea.KeyBackspace}, "f1": {Code: tea.KeyF1}, "space": {Code: tea.KeySpace, Text: " "}, " ": {Code: tea.KeySpace, Text: " "},
	}
	if msg, ok := special[name]; ok {
		return msg
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
	}
	if arrow, ok := strings.CutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: special[arrow].Code, Mod: tea.ModShift}
	}
	if letter, ok := strings.CutPrefix(name, "alt+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModAlt}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
