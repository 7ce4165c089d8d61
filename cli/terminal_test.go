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

func TestErrorsArePlainOnATerminal(t *testing.T) {
	code, _, shown := onTerminal(t, "", "--nonsense")
	if code != 2 || shown != "unsaid: unknown flag: --nonsense (see unsaid --help)\r\n" {
		t.Errorf("code %d, shown %q", code, shown)
	}
	if os.Getenv("UNSAID_DB") != "" {
		t.Error("the tests are not to know of a library")
	}
}
