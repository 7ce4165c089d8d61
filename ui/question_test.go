package ui

import (
	"testing"
	"time"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

// holdDown presses a key and has the keyboard repeat it for a while.
func (u *user) holdDown(name string, during time.Duration) {
	u.press(name)
	u.pass(500 * time.Millisecond)
	for end := time.Now().Add(during); time.Now().Before(end); u.pass(40 * time.Millisecond) {
		u.press(name)
	}
}

func TestHoldingAKeyErasesNothing(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.holdDown("P", 3*time.Second)
		u.press("enter")
		u.sees("only the word erase confirms this", "2 recordings in the trash")
		u.press("esc")
		u.inTrash(2)
	})
}

func TestKeysTypedAheadEraseNothing(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.rush("P", "e", "r", "a", "s", "e", "enter")
		u.settle()
		u.inTrash(2)
		u.confirmWord("erase")
		u.inTrash(0)
	})
}

// inTrash fails the test unless so many recordings are in the trash.
func (u *user) inTrash(n int) {
	u.Helper()
	if got, err := u.db.Count(u.Context(), store.Query{State: store.Trashed}); err != nil || got != n {
		u.Fatalf("%d recordings are in the trash, want %d; %v", got, n, err)
	}
}

// The palette opens every question with enter, which also confirms some of them.
func TestHoldingEnterInThePaletteConfirmsNothing(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		open := func(screen, action string) {
			u.press("esc", "esc", screen, ":")
			u.write(action)
			u.holdDown("enter", 2*time.Second)
		}
		open("1", "delete marked")
		u.sees("Delete 1 recording", "y delete")
		u.liveAre(48)
		u.press("y")
		u.liveAre(47)
		open("2", "merge the")
		u.sees("Merge Bedroom into which device?", "y merge")
		open("5", "note when")
		u.sees("When was it sent?")
		u.press("esc", "esc", "1", ":")
		u.write("export marked")
		u.holdDown("enter", 2*time.Second)
		u.sees("Export 1 recording")
		u.pass(2 * time.Second)
		u.press("enter") // it was let go of
		u.sees("Exported 1 recording to ")
	})
}

func TestHoldingUndoDoesNotAnswerItsQuestion(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "5", "s", "enter")
		u.sees("Sent on 1 Apr 2025")
		u.holdDown("u", 2*time.Second)
		u.sees("The maker has been asked", "enter restore")
		u.liveAre(47)
		u.press("enter")
		u.sees("Restored 1 recording")
		u.liveAre(48)
	})
}

// A question that comes up by itself is not answered by a letter that goes into the search.
func TestAQuestionDoesNotTakeTheKeysOfASearch(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("/", "a")
		question := &dialog.Question{Member: "table.csv", Answer: make(chan string, 1)}
		u.app.imports.Begin(nil, func() {})
		u.app.imports.Close()
		u.give(dialog.QuestionMsg{Question: question})
		u.press("d", "m", "s")
		u.sees("/ adms", "The import asks a question")
		if len(question.Answer) > 0 {
			t.Error("it was answered")
		}
	})
}

func TestHoldingAKeyWritesNoFilesAgain(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "5", "w")
		u.sees("Written to")
		u.holdDown("o", 2*time.Second)
		if len(u.opened) != 1 {
			t.Errorf("the folder was opened %d times", len(u.opened))
		}
	})
}

func TestEnterWaitsForTheProposal(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("d", "enter")
		u.sees("Deleted 1 recording")
		u.press("2", "G", "d", "enter")
		u.sees("Deleted 1 recording")
		u.press("u")
		u.sees("Restored 1 recording")
		u.press("D")
		u.sees("Suggested deletions")
		u.press("d", "esc")
		u.liveAre(47)
		u.press("D")
		u.sees("Suggested deletions")
		u.press("d", "enter")
		u.sees("Deleted ")
	})
}

// A key that is typed before its dialog can be seen does not confirm it.
func TestKeysTypedAheadOfADialogAreDropped(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush("d", "enter", "d", "enter")
		u.settle()
		u.sees("Delete 1 recording")
		u.liveAre(47)
	})
}

func TestEnterBeforeTheProposalCanBeTakenBack(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.rush("d", "enter", "j", "esc")
		u.settle()
		u.seesNot("Delete 1 recording")
		u.liveAre(48)
	})
}

// What was agreed to is what the dialog said.
func TestEnterBeforeTheProposalMeansTheNumberShown(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "G")
		u.deleteElsewhere(u.listed()[0])
		d := common.Selection{How: "of synthetic", N: 3, Find: common.These("", u.listed()[1:3], nil).Find}
		u.begin(u.app.openDelete(d))
		u.rush("enter")
		u.sees("Delete 3 recordings")
		u.settle()
		u.sees("Delete 2 recordings", "enter delete")
		u.liveAre(47)
	})
}

func TestEveryUndoCounts(t *testing.T) {
	journey(t, household(), func(u *user) {
		for range 3 {
			u.press("d")
			u.sees("Delete 1 recording")
			u.press("enter")
			u.sees("Deleted 1 recording")
		}
		u.press("u", "u")
		u.sees("Restored 1 recording")
		u.liveAre(47)
		u.press("u", "ctrl+r", "ctrl+r")
		u.sees("Deleted 1 recording")
		u.liveAre(46)
		u.press("4", "R", "R")
		u.sees("The trash is empty")
		u.liveAre(48)
	})
}

func TestADeletionTakesOnlyItsMarks(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("x", "x", "2", "G")
		u.isAt("Phone")
		u.press("d", "enter")
		u.sees("Deleted 1 recording", "✓ 2 marks")
		u.press("1", "d")
		u.sees("Delete 2 recordings")
		u.press("enter")
		u.sees("Deleted 2 recordings")
		u.seesNot("✓")
		u.press("u")
		u.sees("Restored 2 recordings", "✓ 2 marks")
		u.press("ctrl+r")
		u.sees("Deleted 2 recordings")
		u.seesNot("✓")
		u.press("4", "R") // another deletion than the one of the marks is under the cursor last
		u.sees("Restored 2 recordings")
		u.press("1")
		u.sees("✓ 2 marks")
	})
}

func TestMarksAreClearedLastAndComeBack(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("/")
		u.write("jazz")
		u.press("enter", "*")
		u.sees("✓ 2 marks")
		u.press("esc")
		u.sees("48 recordings found", "✓ 2 marks")
		u.press("esc")
		u.sees("2 marks cleared, u brings them back")
		u.press("u")
		u.sees("2 marks brought back", "✓ 2 marks ")
		u.press("esc", "2", "G", "d", "enter")
		u.sees("Deleted 1 recording")
		u.press("u") // what was done last
		u.sees("Restored 1 recording")
		u.seesNot("✓")
	})
}

func TestCancellingADeletionKeepsTheRange(t *testing.T) {
	journey(t, household(), func(u *user) {
		u.press("V", "j", "d")
		u.sees("Delete 2 recordings")
		u.press("esc")
		u.sees("range of 2")
		u.press("3", "left", "V", "h", "d")
		u.sees("Delete 4 recordings")
		u.press("esc")
		u.sees("27–28 Feb 2025  4 recordings")
		u.press("d", "enter")
		u.sees("Deleted 4 recordings", "Thu 27 Feb 2025  0")
		u.press("1")
		u.sees("range of 2") // which had nothing to do with it
	})
}

// The smallest screen shows all of the question, and where the word goes.
func TestTheQuestionFitsTheSmallestScreen(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.trashJazz()
		u.terminal(60, 16)
		u.press("P")
		u.sees("Erase 2 recordings beyond recovery?", "This cannot be undone.", "›", "Type erase to confirm.", "enter erase   esc cancel")
	})
}
