//go:build linux || darwin

package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unsaid/cli"
)

// soundLibrary is a library of made-up sounds by the names of their files.
func soundLibrary(t *testing.T, sounds map[string]string) (db string) {
	t.Helper()
	dir := t.TempDir()
	for name, sound := range sounds {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(sound), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db = library(t)
	must(t, db, "import", dir)
	t.Setenv("UNSAID_AUDIO", "null")
	return db
}

func TestPlayShowsOnATerminalWhereItIs(t *testing.T) {
	db := soundLibrary(t, map[string]string{"one.wav": tone(4000, 1), "two.wav": tone(4000, 2)}) // of 250 ms
	code, stdout, shown := onTerminal(t, "", "--db", db, "play", "--gap", "1ms", "has:audio")
	if code != 0 || stdout != "" || !strings.Contains(shown, "▶ 1/2 · 0.") || !strings.Contains(shown, "▶ 2/2 · 0.") || !strings.Contains(shown, " / 0.2 s · ") {
		t.Errorf("code %d, stdout %q, shown %q", code, stdout, shown)
	}
	if last := shown[strings.LastIndex(strings.TrimRight(shown, "\r"), "\r")+1:]; strings.TrimSpace(last) != "" {
		t.Errorf("the line is left: %q", last)
	}
}

func TestInterruptedPlayEnds(t *testing.T) {
	db := soundLibrary(t, map[string]string{"one.wav": tone(400, 1)})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := 0
	clock := func() time.Time { // is looked at when a clip begins
		if begun++; begun == 3 {
			cancel()
		}
		return time.Now()
	}
	code, stdout, stderr := run(ctx, t, cli.Environment{Now: clock}, "--db", db, "play", "--loop", "has:audio")
	if code != 1 || stdout != "" || stderr != "unsaid: interrupted\n" || begun != 3 {
		t.Errorf("code %d, stdout %q, stderr %q after %d rounds", code, stdout, stderr, begun)
	}
}

// The system's player gets a copy that nobody else can read, and of which nothing stays.
func TestPlayHandsOverWhatCannotBePlayed(t *testing.T) {
	const sound = "#!AMR\nmade up"
	db := soundLibrary(t, map[string]string{"one.amr": sound})
	seen, temporary := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\n{ ls -l \"$1\"; ls -ld \"$(dirname \"$1\")\"; } | cut -c1-10 >" + seen + "/modes && cp \"$1\" " + seen + "/copy.amr\n"
	for _, name := range []string{"open", "xdg-open"} {
		if err := os.WriteFile(filepath.Join(seen, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", seen+string(filepath.ListSeparator)+os.Getenv("PATH"))
	t.Setenv("TMPDIR", temporary)
	code, stdout, shown := onTerminal(t, "\n", "--db", db, "play", "--open", "has:audio")
	if code != 0 || stdout != "" || !strings.Contains(shown, "Press Enter when it was heard") {
		t.Errorf("code %d, stdout %q, shown %q", code, stdout, shown)
	}
	if modes := string(read(t, filepath.Join(seen, "modes"))); modes != "-rw-------\ndrwx------\n" {
		t.Errorf("modes %q", modes)
	}
	if copied := string(read(t, filepath.Join(seen, "copy.amr"))); copied != sound {
		t.Errorf("handed over: %q", copied)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}

	t.Setenv("PATH", t.TempDir())
	if code, _, shown := onTerminal(t, "", "--db", db, "play", "--open", "has:audio"); code != 1 || !strings.Contains(shown, "export it instead") {
		t.Errorf("without a player: code %d, shown %q", code, shown)
	}
}
