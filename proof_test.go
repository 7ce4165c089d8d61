package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Two synthetic exports of a household: the first one, and one after the maker was asked to erase the kitchen.
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

// TestJourneyToTheProof covers a whole request: import an export by dropping it on the terminal, delete and purge a
// device, send the request, and import the next export, which proves the outcome.
func TestJourneyToTheProof(t *testing.T) {
	ctx, temp := setUp(t)
	program := exec.CommandContext(ctx, build(t), "--tz", "UTC", "--db", filepath.Join(temp, "unsaid.db"))
	program.Env = environment(temp)
	term := open(t, program, 100, 30)
	drop := func(name, content string) { // like a terminal does when a file is dropped on it
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
	term.seesNoMore("esc close") // escape and a key right after it would be read as alt

	term.types("2")
	term.sees("3 devices", "▌ Kitchen") // the device with the most recordings comes first
	term.types("d")
	term.sees("Delete 2 recordings", "everything of the device")
	term.types("\r")
	term.sees("Deleted 2 recordings", "drafted 1 request")
	term.types("4")
	term.sees("2 recordings in the trash")
	term.types("P")
	term.sees("Erase 2 recordings beyond recovery?")
	term.fills("erase")
	term.types("\r")
	term.sees("Erased 2 recordings", "The trash is empty")

	term.types("5")
	term.sees("1 request.", "drafted")
	term.types("s")
	term.sees("When was it sent?")
	term.types(strings.Repeat("\x7f", len("2025-03-10")) + "2025-03-10")
	term.sees("› 2025-03-10")
	term.types("\r")
	term.sees("sent on 10 Mar 2025")

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
	term.quits("q")
}
