package main_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"unsaid/cli"
)

// The ways in which the program is left, or left alone, besides quitting: the shell's job control, a terminal
// that is closed, a fault. None may cost a recording, or leave the terminal as only a program can use it.

// panicWhen names the file whose existence is a fault of the program that [TestMain] runs.
const panicWhen = "UNSAID_TEST_PANIC_WHEN"

// TestMain is the program itself, with a clock that fails, where a test asks for it.
func TestMain(m *testing.M) {
	if file := os.Getenv(panicWhen); file != "" {
		env := cli.System()
		env.Now = func() time.Time {
			if _, err := os.Stat(file); err == nil {
				panic("a fault on purpose")
			}
			return time.Now()
		}
		os.Exit(cli.Main(context.Background(), os.Args[1:], env))
	}
	os.Exit(m.Run())
}

// household is an environment in which nothing of the user's is read or written.
func household(temp string, more ...string) []string {
	return append(append(os.Environ(), "UNSAID_AUDIO=null", "TMPDIR="+temp, "HOME="+temp, "TERM=xterm-256color",
		"UNSAID_CONFIG="+os.DevNull, "LC_ALL=C.UTF-8"), more...)
}

func needPseudoTerminals(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals of this kind on Windows")
	}
}

func TestShellTakesTheTerminalAndGivesItBack(t *testing.T) {
	needPseudoTerminals(t)
	temp := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	shell := exec.CommandContext(ctx, "sh", "-c", `set -m; "$0" --tz UTC demo; echo "back in the shell"; read -r _; fg; echo "ended with $?"; read -r _`, build(t))
	shell.Env = household(temp)
	term := open(t, shell, 120, 36)
	term.sees("60 recordings found")
	term.types("/jazz")
	term.seesNoMore("60 recordings found")

	term.types("\x1a")
	term.sees("back in the shell")
	if on, hidden := term.state(); on || hidden {
		t.Errorf("the shell gets the terminal on the other screen: %v, without a cursor: %v", on, hidden)
	}
	term.types("\n")
	term.sees("jazz", "Library")
	if on, _ := term.state(); !on {
		t.Error("it does not come back on the other screen")
	}
	term.types("\x1b") // keys reach it again
	term.sees("60 recordings found")
	term.types("\rq")
	term.sees("ended with 0")
	term.types("\n")
	term.leaves()
}

func TestTerminalThatClosesEndsTheProgram(t *testing.T) {
	needPseudoTerminals(t)
	temp := t.TempDir()
	program, library := build(t), filepath.Join(temp, "unsaid.db")
	const recordings = 3000
	writeHistory(t, filepath.Join(temp, "history.csv"), recordings)
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	screens := exec.CommandContext(ctx, program, "--db", library)
	screens.Env = household(temp)
	term := open(t, screens, 80, 24)
	term.sees("Your library is empty")
	term.types("i\t" + filepath.Join(temp, "history.csv"))
	term.sees("history.csv")
	term.types("\r")
	term.seesNoMore("Import what the maker sent you")
	if err := term.pty.Close(); err != nil { // in the middle of the import, or soon after it
		t.Fatal(err)
	}
	term.leaves()
	if ctx.Err() != nil {
		t.Fatal("the program had to be killed")
	}

	unsaid := func(args ...string) string {
		return says(ctx, t, program, temp, append([]string{"--db", library}, args...)...)
	}
	unsaid("check")
	unsaid("import", filepath.Join(temp, "history.csv"))
	if n := unsaid("count"); n != fmt.Sprint(recordings) {
		t.Errorf("%s recordings after the second import, want %d", n, recordings)
	}
}

// writeHistory writes a table of so many recordings.
func writeHistory(t *testing.T, path string, recordings int) {
	t.Helper()
	var history strings.Builder
	history.WriteString("Timestamp,Device,Transcript\n")
	for i := range recordings {
		fmt.Fprintf(&history, "%s,Kitchen,count to %d\n", time.Unix(1740000000+int64(i)*60, 0).UTC().Format(time.RFC3339), i)
	}
	if err := os.WriteFile(path, []byte(history.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// says is what a command prints, which may not fail.
func says(ctx context.Context, t *testing.T, program, temp string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(ctx, program, args...)
	command.Env = household(temp)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("unsaid %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// An import that asks a question goes on for as long as nobody answers, so whoever leaves then leaves in the middle of it.
func TestWhoLeavesDuringAnImportLosesNothing(t *testing.T) {
	needPseudoTerminals(t)
	temp := t.TempDir()
	program, export, library := build(t), filepath.Join(temp, "export"), filepath.Join(temp, "unsaid.db")
	if err := os.Mkdir(export, 0o700); err != nil {
		t.Fatal(err)
	}
	const recordings = 3000
	writeHistory(t, filepath.Join(export, "1.csv"), recordings)
	if err := os.WriteFile(filepath.Join(export, "2.csv"), []byte("Timestamp,Device,Transcript\n03/04/2024 10:00,Hall,good morning\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	unsaid := func(args ...string) string {
		return says(ctx, t, program, temp, append([]string{"--db", library}, args...)...)
	}
	for _, way := range []struct {
		name  string
		leave func(term *terminal)
	}{
		{"q", func(term *terminal) {
			term.types("\x1b")
			term.seesNoMore("Month first")
			term.types("q")
		}},
		{"ctrl-c in the dialog", func(term *terminal) { term.types("\x03") }},
		{"a signal", func(term *terminal) {
			if err := term.command.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		screens := exec.CommandContext(ctx, program, "--db", library)
		screens.Env = household(temp)
		term := open(t, screens, 80, 24)
		term.sees("import")
		term.types("\x1b[200~" + export + "\x1b[201~")
		term.sees("export")
		term.types("\r")
		term.sees("Month first or day first?")
		way.leave(term)
		term.leaves()
		if on, hidden := term.state(); on || hidden {
			t.Errorf("%s leaves the terminal on the other screen: %v, without a cursor: %v", way.name, on, hidden)
		}
		unsaid("check")
	}
	unsaid("import", "--map", "dates=day-first", export)
	if n := unsaid("count"); n != fmt.Sprint(recordings+1) {
		t.Errorf("%s recordings after the last import, want %d", n, recordings+1)
	}
	unsaid("check")
}

func TestFaultGivesTheTerminalBack(t *testing.T) {
	needPseudoTerminals(t)
	temp := t.TempDir()
	fault := filepath.Join(temp, "fault")
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*patience)
	defer cancel()
	faulty := exec.CommandContext(ctx, itself, "--tz", "UTC", "demo")
	faulty.Env = household(temp, panicWhen+"="+fault)
	term := open(t, faulty, 80, 24)
	term.sees("60 recordings found")
	if err := os.WriteFile(fault, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	term.types("D") // which asks the clock
	if code := term.leaves(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	if on, hidden := term.state(); on || hidden {
		t.Errorf("the terminal is left on the other screen: %v, without a cursor: %v", on, hidden)
	}
	if text := term.text(); !strings.Contains(text, "unsaid:") {
		t.Errorf("nothing is said of the fault:\n%s", text)
	}
	if left, err := filepath.Glob(filepath.Join(temp, "unsaid-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
