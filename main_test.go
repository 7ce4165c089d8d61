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

// patience is how long a test waits for the program to come to any one state. On the way there it
// waits for the state, never for the time.
const patience = 60 * time.Second

// build makes the program as its users do and returns its path.
func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "unsaid")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// terminal is the program at work in a pseudo-terminal, with an emulator that draws its screen.
type terminal struct {
	*testing.T
	pty     *os.File
	command *exec.Cmd
	changed chan struct{} // holds a token when the screen may be another one
	ended   chan struct{} // closed when the program has closed the terminal

	mu        sync.Mutex
	screen    *vt.Emulator
	altScreen bool
	hidden    bool // the cursor
}

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

// draw brings the program's output to the screen.
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

// answer brings the emulator's answers to the program's questions, such as the background colour.
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

// state tells whether the program draws on the terminal's other screen, and whether it hides the
// cursor.
func (t *terminal) state() (altScreen, hidden bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.altScreen, t.hidden
}

// sees waits until all of the texts are on the screen.
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
				t.Fatalf("the program ended without %s on the screen:\n%s", what, t.text())
			}
		case <-deadline:
			t.Fatalf("waited in vain for %s:\n%s", what, t.text())
		}
	}
}

// types sends keys as a keyboard does.
func (t *terminal) types(keys string) {
	t.Helper()
	if _, err := t.pty.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// leaves waits for the program's end and returns its exit code.
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

// TestJourney goes through the program as its users do: from an empty library to the sample, a search, marks, a deletion
// taken back, a device deleted, its request written, the way back and out.
func TestJourney(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals of this kind on Windows")
	}
	temp := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	program := exec.CommandContext(ctx, build(t), "--tz", "UTC", "--db", filepath.Join(temp, "unsaid.db"))
	program.Env = append(os.Environ(), "UNSAID_AUDIO=null", "TMPDIR="+temp, "HOME="+temp, "TERM=xterm-256color", "UNSAID_CONFIG="+os.DevNull)
	term := open(t, program, 80, 24)

	term.sees("Your library is empty", "try a sample")
	term.types("t")
	term.sees("Library", "60 recordings found", "sample", "Kitchen Echo Dot")
	if on, hidden := term.state(); !on || !hidden {
		t.Fatalf("drawn on the other screen: %v, without a cursor: %v", on, hidden)
	}
	term.types(" ")
	term.sees("▶ 0:0")

	term.types("/play")
	term.seesNoMore("60 recordings found")
	term.sees("recordings found", "play")
	term.types("\r*")
	term.sees("✓", "marks")

	term.types("d")
	term.sees("ask the maker", "enter delete")
	term.types("\r")
	term.sees("Deleted", "u undoes it", "0 recordings found")
	term.types("u")
	term.sees("Restored", "dropped")
	term.types("/\x1b")
	term.sees("60 recordings found")
	term.types("\r2")

	term.sees("3 devices in your library", "not asked")
	term.types("d")
	term.sees("everything of the device")
	term.types("\r")
	term.sees("Deleted", "drafted 1 request")
	term.types("5")
	term.sees("1 request.", "no files written yet")
	term.types("w")
	term.sees("Written to", "files in")
	written, err := filepath.Glob(filepath.Join(temp, "unsaid-demo-*", "requests", "*", "letter.txt"))
	if err != nil || len(written) != 1 {
		t.Errorf("letters %v, %v", written, err)
	}

	term.types("t")
	term.sees("Your library is empty", "try a sample") // in the user's own library nothing has changed
	term.types("q")
	if code := term.leaves(); code != 0 {
		t.Errorf("exit code %d\n%s", code, term.text())
	}
	if on, hidden := term.state(); on || hidden {
		t.Errorf("the terminal is left on the other screen: %v, without a cursor: %v", on, hidden)
	}
	if left, err := filepath.Glob(filepath.Join(temp, "unsaid-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if text := strings.TrimSpace(term.text()); text != "" {
		t.Errorf("left on the screen:\n%s", text)
	}
}

// TestPrompt is the same for those who hear or feel the lines: what ctrl-c stops is not the program.
func TestPrompt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals of this kind on Windows")
	}
	temp := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	demo := exec.CommandContext(ctx, build(t), "--tz", "UTC", "demo", "--plain")
	demo.Env = append(os.Environ(), "UNSAID_AUDIO=null", "TMPDIR="+temp, "HOME="+temp, "TERM=dumb", "UNSAID_CONFIG="+os.DevNull)
	term := open(t, demo, 80, 24)

	term.sees("60 recordings of 3 devices", "help lists the commands.\n>")
	term.types("\x03")
	term.sees("quit ends the program")
	term.types("review\r")
	term.sees("s stops.", "1. Kitchen Echo Dot")
	term.types("\x03")
	term.sees("Stopped.")
	term.types("\x04")
	if code := term.leaves(); code != 0 {
		t.Errorf("exit code %d\n%s", code, term.text())
	}
	if left, err := filepath.Glob(filepath.Join(temp, "unsaid-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
