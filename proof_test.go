package main_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Two exports of an invented household: what there was, and what is left after the Kitchen was to be erased.
const (
	exportHeader = "Timestamp,Device Name,Device Serial Number,Record Key,Transcript\n"
	firstExport  = exportHeader + `2025-01-01T10:00:00Z,Bedroom,G0BEDROOM,A1#1735725600000#TYPE#G0BEDROOM,good morning
2025-02-01T10:00:00Z,Kitchen,G0KITCHEN,A1#1738404000000#TYPE#G0KITCHEN,play some jazz
2025-02-02T10:00:00Z,Kitchen,G0KITCHEN,A1#1738490400000#TYPE#G0KITCHEN,good night
2025-03-01T10:00:00Z,Hall,G0HALL,A1#1740823200000#TYPE#G0HALL,stop
`
	nextExport = exportHeader + `2025-01-01T10:00:00Z,Bedroom,G0BEDROOM,A1#1735725600000#TYPE#G0BEDROOM,good morning
2025-02-02T10:00:00Z,Kitchen,G0KITCHEN,A1#1738490400000#TYPE#G0KITCHEN,good night
2025-03-01T10:00:00Z,Hall,G0HALL,A1#1740823200000#TYPE#G0HALL,stop
2025-05-02T10:00:00Z,Bedroom,G0BEDROOM,A1#1746180000000#TYPE#G0BEDROOM,hello again
`
)

// TestJourneyToTheProof goes the whole way with a maker: an export imported by dropping it on the terminal, a
// device deleted and purged, the request sent, and the next export that shows what became of it.
func TestJourneyToTheProof(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals of this kind on Windows")
	}
	temp := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	program := exec.CommandContext(ctx, build(t), "--tz", "UTC", "--db", filepath.Join(temp, "unsaid.db"))
	program.Env = append(os.Environ(), "UNSAID_AUDIO=null", "TMPDIR="+temp, "HOME="+temp, "TERM=xterm-256color", "UNSAID_CONFIG="+os.DevNull)
	term := open(t, program, 100, 30)
	drop := func(name, content string) { // as terminals do when a file is dropped on them
		path := filepath.Join(temp, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		term.types("\x1b[200~" + path + "\x1b[201~")
		term.sees(name)
		term.types("\r")
	}

	term.sees("Your library is empty")
	drop("first.csv", firstExport)
	term.sees("4 new")
	term.types("\x1b")
	term.seesNoMore("esc close") // an escape that a key follows at once would be taken for alt

	term.types("2")
	term.sees("3 devices", "▌ Kitchen") // the one with most of the recordings comes first
	term.types("d")
	term.sees("Delete 2 recordings", "everything of the device")
	term.types("\r")
	term.sees("Deleted 2 recordings", "drafted 1 request")
	term.types("4")
	term.sees("2 recordings in the trash")
	term.types("P")
	term.sees("Erase 2 recordings beyond recovery?")
	term.types("P")
	term.sees("Erased 2 recordings", "The trash is empty")

	term.types("5")
	term.sees("1 request.", "drafted")
	term.types("s")
	term.sees("When was it sent?")
	term.types(strings.Repeat("\x7f", len("2025-03-10")) + "2025-03-10")
	term.sees("› 2025-03-10")
	term.types("\r")
	term.sees("Sent on 2025-03-10")

	drop("next.csv", nextExport)
	term.sees("1 new")
	term.types("\x1b")
	term.seesNoMore("esc close")
	term.sees("exports show: 1 gone, 1 still there", "f writes a follow-up with the evidence")
	term.types("f")
	term.sees("Follow-up 1 written to")
	letters, err := filepath.Glob(filepath.Join(temp, "requests", "*followup-1", "letter.txt"))
	if err != nil || len(letters) != 1 {
		t.Errorf("letters %v, %v", letters, err)
	}
	term.types("q")
	if code := term.leaves(); code != 0 {
		t.Errorf("exit code %d\n%s", code, term.text())
	}
}
