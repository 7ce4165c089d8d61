//go:build linux || darwin

package cli_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"unsaid/cli"
)

// onTerminal runs the program on a terminal on which somebody types, and returns what it showed
// and what it wrote to standard output, which is no terminal.
func onTerminal(t *testing.T, typed string, args ...string) (code int, stdout, shown string) {
	t.Helper()
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(master, typed); err != nil {
		t.Fatal(err)
	}
	seen := make(chan string)
	go func() {
		text, _ := io.ReadAll(master) // ends with an error when the terminal is closed
		seen <- string(text)
	}()
	code, stdout, _ = run(t.Context(), t, cli.Environment{Stdin: terminal, Stderr: terminal}, args...)
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	shown = <-seen
	if err := master.Close(); err != nil {
		t.Fatal(err)
	}
	return code, stdout, shown
}

func TestDeleteAsksOnATerminal(t *testing.T) {
	db := filepath.Join(t.TempDir(), "unsaid.db")
	run(t.Context(), t, cli.Environment{}, "--db", db, "import", longHistory(t, 7))
	count := func() string {
		_, stdout, _ := run(t.Context(), t, cli.Environment{}, "--db", db, "count")
		return strings.TrimSpace(stdout)
	}
	for _, no := range []string{"\n", "n\n", "nonsense\n", "\x04"} {
		code, stdout, shown := onTerminal(t, no, "--db", db, "delete", "device:kitchen")
		if code != 1 || stdout != "" || !strings.Contains(shown, "nothing was changed") || count() != "7" {
			t.Fatalf("after %q: code %d, stdout %q, shown %q", no, code, stdout, shown)
		}
		for _, part := range []string{"Kitchen: 7 recordings", "everything of the device", "Move 7 recordings to the trash and draft the requests? [y/N]"} {
			if !strings.Contains(shown, part) {
				t.Errorf("%q is not shown in %q", part, shown)
			}
		}
	}
	if code, stdout, shown := onTerminal(t, "y\n", "--db", db, "delete", "device:kitchen"); code != 0 || count() != "0" {
		t.Fatalf("after yes: code %d, stdout %q, shown %q", code, stdout, shown)
	}
	if code, _, shown := onTerminal(t, "n\n", "--db", db, "purge"); code != 1 || !strings.Contains(shown, "Erase 7 recordings beyond recovery?") {
		t.Errorf("purge: code %d, shown %q", code, shown)
	}
	if code, stdout, _ := onTerminal(t, "yes\n", "--db", db, "purge"); code != 0 || !strings.Contains(stdout, "erased 7 recordings") {
		t.Errorf("purge: code %d, stdout %q", code, stdout)
	}
}

func TestImportAsksOnATerminalHowDatesAreMeant(t *testing.T) {
	table := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(table, []byte("Timestamp,Device,Transcript\n03/04/2025 10:00,Kitchen,hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"m\n": "2025-03-04T10:00:00.000Z", "D\n": "2025-04-03T10:00:00.000Z", "\n": ""} {
		db := filepath.Join(t.TempDir(), "unsaid.db")
		code, _, shown := onTerminal(t, typed, "--db", db, "import", table)
		if !strings.Contains(shown, "03/04/2025 10:00, written month first or day first?") || (code == 0) != (want != "") {
			t.Errorf("after %q: code %d, shown %q", typed, code, shown)
		}
		if _, list, _ := run(t.Context(), t, cli.Environment{}, "--db", db, "list", "--json"); !strings.Contains(list, want) || want == "" && list != "" {
			t.Errorf("after %q: %s", typed, list)
		}
	}
}

func TestNothingIsReadFromATerminal(t *testing.T) {
	code, _, shown := onTerminal(t, "", "--db", filepath.Join(t.TempDir(), "unsaid.db"), "import", "-")
	if code != 2 || !strings.Contains(shown, "the standard input is a terminal") {
		t.Errorf("code %d, shown %q", code, shown)
	}
}

// A terminal that cannot be steered is not drawn on.
func TestDumbTerminalIsOfferedThePrompt(t *testing.T) {
	for args, way := range map[string]string{"": "unsaid --plain", "demo": "unsaid demo --plain"} {
		master, terminal, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		dumb := cli.Environment{Stdin: terminal, Stdout: terminal, Getenv: func(name string) string {
			return map[string]string{"UNSAID_CONFIG": os.DevNull, "TERM": "dumb"}[name]
		}}
		code, _, stderr := run(t.Context(), t, dumb, strings.Fields(args)...)
		if code != 2 || !strings.HasSuffix(stderr, "(TERM is dumb); a prompt that prints lines is opened by: "+way+"\n") {
			t.Errorf("unsaid %s: code %d, stderr %q", args, code, stderr)
		}
		for _, end := range []io.Closer{terminal, master} {
			if err := end.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestErrorsArePlainOnATerminal(t *testing.T) {
	code, _, shown := onTerminal(t, "", "--nonsense")
	if code != 2 || shown != "unsaid: unknown flag: --nonsense (see unsaid --help)\r\n" {
		t.Errorf("code %d, shown %q", code, shown)
	}
	if os.Getenv("UNSAID_DB") != "" {
		t.Error("the tests are not to know of a library")
	}
}
