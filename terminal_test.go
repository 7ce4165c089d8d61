package main_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a test waits for any one state of the program. Tests wait for states, not for
// times.
const patience = 60 * time.Second

// setUp returns a context and a temporary folder for a test that runs the program in a terminal.
func setUp(t *testing.T) (ctx context.Context, temp string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such pseudo-terminals")
	}
	t.Parallel() // each test has a terminal and a library of its own
	temp = t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	t.Cleanup(cancel)
	return ctx, temp
}

// environment is an environment in which the program reads and writes nothing of the user's.
func environment(temp string, more ...string) []string {
	return append(append(os.Environ(), "UNSAID_AUDIO=null", "TMPDIR="+temp, "HOME="+temp, "TERM=xterm-256color",
		"UNSAID_CONFIG="+os.DevNull, "LC_ALL=C.UTF-8"), more...)
}

// build builds the program as its users do, once for all tests, and returns its path. Under the race detector it
// skips the test: the detector would not watch that program.
func build(t *testing.T) string {
	t.Helper()
	if raceEnabled {
		t.Skip("the program that users get is built without the race detector")
	}
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// terminal runs the program in a pseudo-terminal, with an emulator that draws its screen.
type terminal struct {
	*testing.T
	pty     *os.File
	command *exec.Cmd
	changed chan struct{} // holds a token when the screen may have changed
	ended   chan struct{} // closed when the program has closed the terminal

	mu        sync.Mutex
	screen    *vt.Emulator
	altScreen bool
	hidden    bool // the cursor
}

// open runs a command in a new terminal.
func open(t *testing.T, command *exec.Cmd, width, height int) *terminal {
	t.Helper()
	term := &terminal{
		T: t, command: command, screen: vt.NewEmulator(width, height),
		changed: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	term.screen.SetCallbacks(vt.Callbacks{
		AltScreen:        func(on bool) { term.altScreen = on },
		CursorVisibility: func(visible bool) { term.hidden = !visible },
	})
	var err error
	if term.pty, err = pty.StartWithSize(command, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = term.pty.Close() })
	go term.draw()
	go term.answer()
	return term
}

// draw passes the program's output to the emulator.
func (t *terminal) draw() {
	defer close(t.ended)
	buffer := make([]byte, 4096)
	for {
		n, err := t.pty.Read(buffer)
		t.mu.Lock()
		_, _ = t.screen.Write(buffer[:n])
		t.mu.Unlock()
		select {
		case t.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// answer passes the emulator's answers to the program, such as the background colour.
func (t *terminal) answer() {
	buffer := make([]byte, 1024)
	for {
		n, err := t.screen.Read(buffer)
		if err != nil {
			return
		}
		if _, err := t.pty.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// wantScreen checks whether the program uses the terminal's alternate screen and hides the cursor.
func (t *terminal) wantScreen(alternate, hiddenCursor bool) {
	t.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.altScreen != alternate || t.hidden != hiddenCursor {
		t.Errorf("alternate screen: %v, hidden cursor: %v; want %v, %v", t.altScreen, t.hidden, alternate, hiddenCursor)
	}
}

// sees waits until all texts are on the screen.
func (t *terminal) sees(texts ...string) {
	t.Helper()
	t.until(strings.Join(texts, " and "), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// seesNoMore waits until a text is gone from the screen.
func (t *terminal) seesNoMore(text string) {
	t.Helper()
	t.until("no "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

func (t *terminal) until(what string, state func(screen string) bool) {
	t.Helper()
	deadline := time.After(patience)
	for !state(t.text()) {
		select {
		case <-t.changed:
		case <-t.ended:
			if !state(t.text()) {
				t.Fatalf("the program ended before the screen showed %s:\n%s", what, t.text())
			}
		case <-deadline:
			t.Fatalf("the screen did not show %s:\n%s", what, t.text())
		}
	}
}

// types sends keys.
func (t *terminal) types(keys string) {
	t.Helper()
	if _, err := t.pty.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// fills types a text into a field until the field shows it: a question that has just come up takes no keys.
func (t *terminal) fills(text string) {
	t.Helper()
	deadline := time.After(patience)
	for !strings.Contains(t.text(), "› "+text) {
		const clear = "\x15" // ctrl+u
		t.types(clear + text)
		select {
		case <-t.changed:
		case <-time.After(100 * time.Millisecond): // nothing was taken, so nothing is drawn
		case <-deadline:
			t.Fatalf("the field does not take %q:\n%s", text, t.text())
		}
	}
}

// leaves waits for the end of the program and returns its exit code.
func (t *terminal) leaves() int {
	t.Helper()
	select {
	case <-t.ended:
	case <-time.After(patience):
		t.Fatalf("the program does not end:\n%s", t.text())
	}
	err := t.command.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return t.command.ProcessState.ExitCode()
}

// quits sends keys that end the program and checks that it succeeds.
func (t *terminal) quits(keys string) {
	t.Helper()
	t.types(keys)
	if code := t.leaves(); code != 0 {
		t.Errorf("exit code %d\n%s", code, t.text())
	}
}

// wantNoSample checks that no library of a sample is left in a temporary folder.
func wantNoSample(t *testing.T, temp string) {
	t.Helper()
	if left, err := filepath.Glob(filepath.Join(temp, "unsaid-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
