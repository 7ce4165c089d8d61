package ui

import (
	"os"
	"path/filepath"
	"testing"
)

// Tables that a maker might hand out, made up. The second shows what was deleted an hour later, as local time.
const (
	firstTable = "Timestamp,Device Name,Device Serial Number,Record Key,Transcript\n" +
		"2025-01-01T10:00:00Z,Bedroom,G0BEDROOM,A1#1735725600000#TYPE#G0BEDROOM,good morning\n" +
		"2025-02-01T10:00:00Z,Kitchen,G0KITCHEN,A1#1738404000000#TYPE#G0KITCHEN,play some jazz\n" +
		"2025-03-02T10:00:00Z,Bedroom,G0BEDROOM,A1#1740909600000#TYPE#G0BEDROOM,thank you\n"
	shiftedTable = "Timestamp,Device Name,Device Serial Number,Transcript\n" +
		"2025-01-01T11:00:00Z,Bedroom,G0BEDROOM,Good morning.\n" +
		"2025-02-01T11:00:00Z,Kitchen,G0KITCHEN,Play some jazz!\n" +
		"2025-03-30T11:00:00Z,Bedroom,G0BEDROOM,hello again\n"
	// laterTable has nothing of the kitchen, and nothing of that time.
	laterTable = "Timestamp,Device Name,Device Serial Number,Record Key,Transcript\n" +
		"2025-03-02T10:00:00Z,Bedroom,G0BEDROOM,A1#1740909600000#TYPE#G0BEDROOM,thank you\n" +
		"2025-03-30T11:00:00Z,Bedroom,G0BEDROOM,A1#1743332400000#TYPE#G0BEDROOM,hello again\n"
)

// imports imports a table, and leaves the report open.
func (u *user) imports(name, table string) {
	u.Helper()
	u.choose(name, table)
	u.sees("Imported · " + name)
}

// choose chooses a table to import.
func (u *user) choose(name, table string) {
	u.Helper()
	path := filepath.Join(u.folder, name)
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		u.Fatal(err)
	}
	u.paste(path)
	u.press("enter")
}

// asksForKitchen imports a table, deletes what the kitchen heard, and notes on 10 March that the request was sent.
func (u *user) asksForKitchen() {
	u.Helper()
	u.imports("first.csv", firstTable)
	u.seesNot("everything they gave you")
	u.press("esc", "2", "j")
	u.isAt("Kitchen")
	u.press("d", "enter", "5", "s")
	for range len("2025-04-01") {
		u.press("backspace")
	}
	u.write("2025-03-10")
	u.press("enter")
	u.sees("Sent on 10 Mar 2025")
}

// The report asks whether an export is everything where an outcome depends on it, and only there.
func TestReportAsksWhetherItIsEverything(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.asksForKitchen()
		u.press("i")
		u.imports("later.csv", laterTable)
		u.sees("Is this everything the maker gave you?", "c yes, it is everything")
		u.isWhole("the question")
		u.press("c") // too soon to be meant for it
		u.sees("Is this everything the maker gave you?")
		u.pass(500e6)
		u.press("c")
		u.seesNot("Is this everything the maker gave you?")
		u.sees("The export counts as complete, by your word")
		u.press("esc", "5")
		u.isAt("gone")
		u.sees("is all that the account has, by your word, and lacks")
		u.press("i")
		u.imports("again.csv", laterTable) // nothing depends on it any more
		u.seesNot("Is this everything the maker gave you?")
	})
}

func TestPastImportsAreEvidence(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.asksForKitchen()
		u.press("i")
		u.imports("later.csv", laterTable)
		u.press("a")
		u.sees("Past imports", "Amazon, made after 30 Mar 2025 (it has a recording of that day).", "have not said whether it is all", "c it is everything they gave me")
		u.press("c")
		u.sees("it is all that they gave you.", "c it is not everything they gave me")
		u.press("c")
		u.sees("have not said whether it is all")
		u.press("m")
		u.sees("When did the maker make this export?")
		u.write("2025-03-29")
		u.press("enter")
		u.sees("cannot have been made on 2025-03-29")
		u.press("esc", "j", "m") // the first one
		u.write("2030-01-01")
		u.press("enter")
		u.sees("2030-01-01 is in the future")
		for range len("2030-01-01") {
			u.press("backspace")
		}
		u.write("2025-03-20")
		u.press("enter")
		u.sees("Amazon, made after 20 Mar 2025 (you said so).")
		u.press("m")
		u.sees("› 2025-03-20")
		for range len("2025-03-20") {
			u.press("backspace")
		}
		u.press("enter")
		u.sees("Amazon, made after 2 Mar 2025 (it has a recording of that day).")
		for _, size := range [][2]int{{60, 16}, {120, 36}} {
			u.terminal(size[0], size[1])
			u.isWhole("past imports")
		}
	})
}

func TestTwoThatMayBeOneAreCompared(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.asksForKitchen()
		u.press("b")
		u.sees("No export has another recording that may be the same")
		u.press("i")
		u.imports("shifted.csv", shiftedTable)
		u.press("esc", "5")
		u.isAt("cannot tell")
		u.sees("b shows them")
		u.press("b")
		u.sees("Is this the same recording?", "what you asked to delete", "what the export has", "play some jazz", "Play some jazz!",
			"Sat 1 Feb 2025 10:00:00", "Sat 1 Feb 2025 11:00:00", "the export proves nothing about it")
		u.isWhole("the two")
		u.press("s")
		u.sees("By your word, they are the same: the maker still has it.", "u remove the answer")
		u.press("a")
		u.sees("By your word, these are two recordings.")
		u.press("esc")
		u.isAt("cannot tell") // a table of which nothing was known before may have another clock
		u.press("b")
		u.sees("No export has another recording that may be the same")
	})
}

func TestOneOfTwoThatMayBeOneWasPurged(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.asksForKitchen()
		u.press("i")
		u.imports("shifted.csv", shiftedTable)
		u.press("esc", "4", "P")
		u.confirmWord("erase")
		u.press("5", "b")
		u.sees("You purged it, so its words ", "Sat 1 Feb 2025 10:00:00")
		u.press("s", "u")
		u.sees("Until you answer, the export proves nothing about it.")
		u.press("s", "esc")
		u.isAt("still there")
		u.sees("known by your word")
	})
}
