package ui

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/ui/dialog"
)

// rush presses keys faster than anything can be read.
func (u *user) rush(keys ...string) {
	for _, name := range keys {
		u.give(key(name))
	}
}

// alarms is the keys of a search that finds 40 of 48 recordings.
func alarms(then ...string) []string {
	return append([]string{"/", "a", "l", "a", "r", "m", "enter"}, then...)
}

func TestKeysTypedAheadMeanWhatIsFound(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush(alarms("G")...)
		u.isAt("alexa play some jazz") // which is what was listed before
		u.settle()
		u.isAt("alarm number 39")
		u.press("1", "esc", "g")

		u.rush(alarms("*", "d")...)
		u.seesNot("Delete")
		u.settle()
		u.sees("Delete 40 recordings", "✓ 40 marks")
		u.press("esc", "esc", "esc", "g")

		u.rush(alarms("j", "j", "x")...)
		u.settle()
		u.isAt("alarm number 3")
		u.sees("✓ 1 mark")
		u.press("esc", "esc", "g")

		u.rush("O", "G", "6", "1", "k")
		u.settle()
		u.isAt("and then she said to me")
		u.sees("oldest first")
	})
}

func TestKeysTypedAheadCanBeTakenBack(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush(alarms("*", "d", "esc")...)
		u.settle()
		u.sees("40 recordings found")
		u.seesNot("Delete", "marks")
		u.press("esc")
		u.rush(alarms("*", "d")...)
		u.give(tea.MouseClickMsg{X: 20, Y: 5, Button: tea.MouseLeft}) // which goes elsewhere
		u.settle()
		u.seesNot("Delete", "marks")
		u.press("esc")
		u.rush(alarms("G")...)
		u.press("ctrl+c")
		if !u.left {
			t.Error("ctrl+c waits, too")
		}
	})
}

// A search that fails leaves what was listed, which is not what the keys were for.
func TestKeysTypedAheadOfAFailedSearchAreDropped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush(alarms("*", "d")...)
		u.broken = context.DeadlineExceeded
		u.settle()
		u.seesNot("Delete", "marks")
		u.rush("j")
		u.isAt("and then she said to me")
	})
}

func TestKeysTypedAheadAnswerNoQuestion(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush(alarms("*", "d")...)
		question := &dialog.Question{Member: "table.csv", Answer: make(chan string, 1)}
		u.app.imports.Begin(nil, func() {})
		u.app.imports.Close()
		u.give(dialog.QuestionMsg{Question: question})
		u.settle()
		if len(question.Answer) > 0 {
			t.Error("it was answered")
		}
	})
}

// The palette does not wait, but says why not yet.
func TestPaletteSaysThatItIsBeingSearched(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush(alarms(":")...)
		u.give(tea.PasteMsg{Content: "mark all"})
		u.sees("The search is still running")
	})
}

// An import shows what came in, but does not end a search over and over that takes longer than it waits.
func TestImportLetsASearchEnd(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.imports.Begin(nil, func() {})
		defer u.app.imports.Close()
		comes := dialog.ProgressMsg{Progress: importer.Progress{BytesTotal: 3, BytesRead: 1}}
		u.give(comes)
		first := u.app.Epoch
		<-time.After(2 * time.Second)
		u.app.Update(comes)
		if !u.app.Search.Busy || u.app.Epoch != first {
			t.Error("the search was begun anew before it ended")
		}
		u.settle()
		u.app.Update(comes)
		if u.app.Epoch == first {
			t.Error("nothing that came in later is shown")
		}
		u.app.imports.End(&u.app.Common, dialog.ImportedMsg{})
	})
}
