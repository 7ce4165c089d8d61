package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"unsaid/cli"
)

// run runs the program within the test and returns what it wrote.
func run(ctx context.Context, t *testing.T, env cli.Environment, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if env.Stdin == nil {
		env.Stdin = strings.NewReader("")
	}
	if env.Stdout == nil {
		env.Stdout = &out
	}
	if env.Stderr == nil {
		env.Stderr = &errs
	}
	if env.Now == nil {
		env.Now = time.Now
	}
	if env.Getenv == nil {
		env.Getenv = func(name string) string {
			return map[string]string{"UNSAID_CONFIG": os.DevNull}[name] // no settings
		}
	}
	code = cli.Main(ctx, args, env)
	return code, out.String(), errs.String()
}

// longHistory writes a made-up history of n recordings.
func longHistory(t *testing.T, n int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString(`{"customerHistoryRecords":[`)
	for i := range n {
		if i > 0 {
			text.WriteString(",\n")
		}
		ms := 1740850927000 + int64(i)*1000
		fmt.Fprintf(&text, `{"recordKey":"A1#%d#A3S5#G0KITCHEN0000001","timestamp":%d,"device":{"deviceName":"Kitchen"},
			"voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"alexa count to %d"}]}`, ms, ms, i)
	}
	text.WriteString("]}")
	path := filepath.Join(t.TempDir(), "history.json")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestInterruptedImportKeepsWhatWasReadAndIsFinishedByAnother(t *testing.T) {
	const recordings = 900 // more than two batches
	history, db := longHistory(t, recordings), filepath.Join(t.TempDir(), "unsaid.db")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// Progress looks at the clock after every recording: so this interrupts in the middle.
	looks := 0
	clock := func() time.Time {
		if looks++; looks == 500 {
			cancel()
		}
		return time.Now()
	}
	code, stdout, stderr := run(ctx, t, cli.Environment{Now: clock}, "--db", db, "import", history, "--json")
	if code != 1 || !strings.Contains(stderr, "interrupted: what was read so far is kept") || !strings.Contains(stdout, `"state":"cancelled"`) {
		t.Fatalf("code %d, stdout %s, stderr %s", code, stdout, stderr)
	}
	code, stdout, _ = run(t.Context(), t, cli.Environment{}, "--db", db, "import", history, "--json")
	if code != 0 || strings.Contains(stdout, `"known":0,`) || strings.Contains(stdout, `"added":0,`) {
		t.Errorf("the second import: code %d, %s", code, stdout)
	}
	if _, stdout, _ = run(t.Context(), t, cli.Environment{}, "--db", db, "count"); strings.TrimSpace(stdout) != fmt.Sprint(recordings) {
		t.Errorf("count = %s", stdout)
	}
}

func TestInterruptedExportLeavesNothingBehind(t *testing.T) {
	db, out := filepath.Join(t.TempDir(), "unsaid.db"), filepath.Join(t.TempDir(), "deep", "out")
	run(t.Context(), t, cli.Environment{}, "--db", db, "import", longHistory(t, 200))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	looks := 0
	clock := func() time.Time {
		if looks++; looks == 100 {
			if _, err := os.Stat(filepath.Join(out, "recordings.csv")); err != nil {
				t.Errorf("not in the middle of the export: %v", err)
			}
			cancel()
		}
		return time.Now()
	}
	code, stdout, stderr := run(ctx, t, cli.Environment{Now: clock}, "--db", db, "export", "--out", out)
	if code != 1 || stdout != "" || !strings.Contains(stderr, "interrupted") {
		t.Errorf("code %d, stdout %s, stderr %s", code, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Dir(out)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

// closedPipe is a pipe whose reader has gone.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

func TestClosedPipeIsNoError(t *testing.T) {
	db := filepath.Join(t.TempDir(), "unsaid.db")
	run(t.Context(), t, cli.Environment{}, "--db", db, "import", longHistory(t, 200)) // a list of them is longer than any buffer
	for _, args := range [][]string{{"list"}, {"list", "--json"}, {"count"}, {"devices"}, {"--help"}} {
		code, _, stderr := run(t.Context(), t, cli.Environment{Stdout: closedPipe{}}, append([]string{"--db", db}, args...)...)
		if code != 0 || stderr != "" {
			t.Errorf("%v: code %d, stderr %q", args, code, stderr)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestFailingOutputIsAnError(t *testing.T) {
	db := filepath.Join(t.TempDir(), "unsaid.db")
	run(t.Context(), t, cli.Environment{}, "--db", db, "import", longHistory(t, 3))
	code, _, stderr := run(t.Context(), t, cli.Environment{Stdout: full{}}, "--db", db, "list")
	if code != 1 || !strings.Contains(stderr, io.ErrShortWrite.Error()) {
		t.Errorf("code %d, stderr %q", code, stderr)
	}
}
