package main_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"unsaid/cli"
)

// These tests end or suspend the program in other ways than quitting: by the shell's job control, by closing the
// terminal, by a signal, by a panic. No recording may be lost, and the terminal must be restored.

// panicWhen names the file whose existence makes the program in [TestMain] panic.
const panicWhen = "UNSAID_TEST_PANIC_WHEN"

// TestMain runs the program itself, with a clock that can panic, if a test asks for that. Otherwise it runs the tests.
func TestMain(m *testing.M) {
	if file := os.Getenv(panicWhen); file != "" {
		env := cli.System()
		env.Now = func() time.Time {
			if _, err := os.Stat(file); err == nil {
				panic("a deliberate panic")
			}
			return time.Now()
		}
		os.Exit(cli.Main(context.Background(), os.Args[1:], env))
	}
	folder, err := os.MkdirTemp("", "unsaid-built-")
	if err != nil {
		panic(err)
	}
	built = sync.OnceValues(func() (string, error) {
		path := filepath.Join(folder, "unsaid")
		if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
			return "", fmt.Errorf("go build: %w\n%s", err, out)
		}
		return path, nil
	})
	code := m.Run()
	if err := os.RemoveAll(folder); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// built is the path of the program, which the first call builds.
var built func() (path string, err error)

func TestShellTakesTheTerminalAndGivesItBack(t *testing.T) {
	ctx, temp := setUp(t)
	shell := exec.CommandContext(ctx, "sh", "-c", `set -m; "$0" --tz UTC demo; echo "back in the shell"; read -r _; fg; echo "ended with $?"; read -r _`, build(t))
	shell.Env = environment(temp)
	term := open(t, shell, 120, 36)
	term.sees("60 recordings found")
	term.types("/jazz")
	term.seesNoMore("60 recordings found")

	term.types("\x1a")
	term.sees("back in the shell")
	term.wantScreen(false, false)
	term.types("\n")
	term.sees("jazz", "Library")
	term.wantScreen(true, false) // the search is being typed
	term.types("\x1b")           // the program gets keys again
	term.sees("60 recordings found")
	term.types("\rq")
	term.sees("ended with 0")
	term.types("\n")
	term.leaves()
}

func TestTerminalThatClosesEndsTheProgram(t *testing.T) {
	ctx, temp := setUp(t)
	program, library := build(t), filepath.Join(temp, "unsaid.db")
	const recordings = 3000
	writeHistory(t, filepath.Join(temp, "history.csv"), recordings)
	screens := exec.CommandContext(ctx, program, "--db", library)
	screens.Env = environment(temp)
	term := open(t, screens, 80, 24)
	term.sees("Your library is empty")
	term.types("i\t" + filepath.Join(temp, "history.csv"))
	term.sees("history.csv")
	term.types("\r")
	term.seesNoMore("Import what the maker sent you")
	if err := term.pty.Close(); err != nil { // during the import or soon after it
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

// writeHistory writes a table with that many recordings.
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

// says returns what a command prints. The command must succeed.
func says(ctx context.Context, t *testing.T, program, temp string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(ctx, program, args...)
	command.Env = environment(temp)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("unsaid %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// An import that asks a question waits for the answer, so a user who leaves then leaves in the middle of the import.
func TestLeavingDuringAnImportLosesNothing(t *testing.T) {
	ctx, temp := setUp(t)
	program, export, library := build(t), filepath.Join(temp, "export"), filepath.Join(temp, "unsaid.db")
	if err := os.Mkdir(export, 0o700); err != nil {
		t.Fatal(err)
	}
	const recordings = 3000
	writeHistory(t, filepath.Join(export, "1.csv"), recordings)
	if err := os.WriteFile(filepath.Join(export, "2.csv"), []byte("Timestamp,Device,Transcript\n03/04/2024 10:00,Hall,good morning\n"), 0o600); err != nil {
		t.Fatal(err)
	}
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
		screens.Env = environment(temp)
		term := open(t, screens, 80, 24)
		term.sees("import")
		term.types("\x1b[200~" + export + "\x1b[201~")
		term.sees("export")
		term.types("\r")
		term.sees("Month first or day first?")
		way.leave(term)
		term.leaves()
		term.wantScreen(false, false)
		unsaid("check")
	}
	unsaid("import", "--map", "dates=day-first", export)
	if n := unsaid("count"); n != fmt.Sprint(recordings+1) {
		t.Errorf("%s recordings after the last import, want %d", n, recordings+1)
	}
	unsaid("check")
}

func TestPanicRestoresTheTerminal(t *testing.T) {
	ctx, temp := setUp(t)
	fault := filepath.Join(temp, "fault")
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	faulty := exec.CommandContext(ctx, itself, "--tz", "UTC", "demo")
	faulty.Env = environment(temp, panicWhen+"="+fault)
	term := open(t, faulty, 80, 24)
	term.sees("60 recordings found")
	if err := os.WriteFile(fault, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	term.types("D") // reads the clock
	if code := term.leaves(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	term.wantScreen(false, false)
	if text := term.text(); !strings.Contains(text, "unsaid:") {
		t.Errorf("the panic is not reported:\n%s", text)
	}
	wantNoSample(t, temp)
}
