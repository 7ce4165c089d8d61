package main_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestJourney uses the program like a user: from an empty library to the sample, a search, marks, a deletion and its undo,
// the deletion of a device, the files of its request, and back.
func TestJourney(t *testing.T) {
	ctx, temp := setUp(t)
	program := exec.CommandContext(ctx, build(t), "--tz", "UTC", "--db", filepath.Join(temp, "unsaid.db"))
	program.Env = environment(temp)
	term := open(t, program, 80, 24)

	term.sees("Your library is empty", "try a sample")
	term.types("t")
	term.sees("Library", "60 recordings found", "sample", "Kitchen Echo Dot")
	term.wantScreen(true, true)
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
	term.sees("Your library is empty", "try a sample") // the user's own library is unchanged
	term.quits("q")
	term.wantScreen(false, false)
	wantNoSample(t, temp)
	if text := strings.TrimSpace(term.text()); text != "" {
		t.Errorf("left on the screen:\n%s", text)
	}
}

// TestPrompt uses the plain prompt. Ctrl-c stops a command, not the program.
func TestPrompt(t *testing.T) {
	ctx, temp := setUp(t)
	demo := exec.CommandContext(ctx, build(t), "--tz", "UTC", "demo", "--plain")
	demo.Env = environment(temp, "TERM=dumb")
	term := open(t, demo, 80, 24)

	term.sees("60 recordings of 3 devices", "help lists the commands.\n>")
	term.types("\x03")
	term.sees("quit ends the program")
	term.types("review\r")
	term.sees("s stops.", "1. Kitchen Echo Dot")
	term.types("\x03")
	term.sees("Stopped.")
	term.quits("\x04")
	wantNoSample(t, temp)
}
