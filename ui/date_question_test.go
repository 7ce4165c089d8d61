package ui

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// ambiguous writes a table whose dates prove nothing.
func (u *user) ambiguous() string {
	u.Helper()
	path := filepath.Join(u.folder, "table.csv")
	if err := os.WriteFile(path, []byte("Timestamp,Device,Transcript\n03/04/2025 10:00,Hall,good morning\n"), 0o600); err != nil {
		u.Fatal(err)
	}
	return path
}

func TestDatesAreAskedFor(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.paste(u.ambiguous())
		u.press("enter")
		u.sees("Month first or day first?", "table.csv", "03/04/2025 10:00", "m month first", "d day first")
		u.golden("date-question")
		u.terminal(120, 36)
		u.golden("date-question")
		u.terminal(80, 24)
		u.press("esc")
		u.sees("the import asks a question")
		u.press("i", "j")
		u.pass(time.Second)
		u.press("d")
		u.sees("Imported · table.csv", "1 new")
		u.press("esc")
		u.sees("Thu 3 Apr 2025")
		u.paste(u.ambiguous())
		u.press("enter") // the answer is remembered
		u.sees("Imported · table.csv", "1 already here")
	})
}

func TestATableWithoutAnAnswerIsSkipped(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.paste(u.ambiguous())
		u.press("enter", "s") // too soon to be an answer
		u.sees("Month first or day first?")
		u.pass(time.Second)
		u.press("s")
		u.sees("Nothing was imported", "month first or day first", "y copy the command")
	})
}

func TestAnImportIsStoppedThoughItAsks(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.paste(u.ambiguous())
		u.press("enter", "c")
		u.sees("Stopped")
	})
}

func TestAQuestionComesBehindAnotherDialog(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.paste(u.ambiguous())
		u.give(key("enter"))
		u.until(func() bool { return u.app.imports.Running() })
		u.give(key("esc"))
		u.give(key("?"))
		u.settle()
		u.press("esc")
		u.sees("The import asks a question: i shows it.")
		u.pass(time.Second)
		u.press("i", "m")
		u.sees("Imported · table.csv")
	})
}
