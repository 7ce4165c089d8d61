package ui

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
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
		u.give(idsMsg{u.app.library.seq, nil, context.DeadlineExceeded})
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
		u.sees("It is still being searched")
	})
}

// While the same is read anew, all that was listed can be gone through.
func TestReadingAnewCutsNothingOff(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		for _, order := range []string{"newest", "oldest"} {
			l := &u.app.library
			l.find(&u.app.Common)
			page, err := u.db.Page(context.Background(), l.query, l.paged, 0)
			if err != nil {
				t.Fatal(err)
			}
			u.give(pageMsg{l.seq, page[:l.paged], nil})
			u.rush("G")
			if l.list.cursor != 47 || !l.busy {
				t.Errorf("%s first: G goes to %d while all is read anew", order, l.list.cursor)
			}
			ids, err := u.db.IDs(context.Background(), l.query)
			if err != nil {
				t.Fatal(err)
			}
			u.give(idsMsg{l.seq, ids, nil})
			u.press("g", "O")
		}
	})
}

// An import shows what came in, but does not end a search over and over that takes longer than it waits.
func TestImportLetsASearchEnd(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.app.imports.Begin(nil, func() {})
		defer u.app.imports.Close()
		comes := dialog.ProgressMsg{Progress: importer.Progress{BytesTotal: 3, BytesRead: 1}}
		u.give(comes)
		first := u.app.library.seq
		<-time.After(2 * time.Second)
		u.app.Update(comes)
		if !u.app.library.busy || u.app.library.seq != first {
			t.Error("the search was begun anew before it ended")
		}
		u.settle()
		u.app.Update(comes)
		if u.app.library.seq == first {
			t.Error("nothing that came in later is shown")
		}
		u.app.imports.End(&u.app.Common, dialog.ImportedMsg{})
	})
}

// What one list has read must not keep another from reading the same.
func TestListsThatAskForTheSameGetAllTheirRows(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		mine, other := &u.app.library.list, &u.app.calendar.list
		mine.forget()
		other.forget()
		mine.stale, other.stale = nil, nil
		other.setIDs(mine.ids)
		for _, asked := range []tea.Cmd{u.app.loadRows(mine), u.app.loadRows(other)} {
			u.give(asked())
		}
		for _, id := range other.ids[:other.height] {
			if _, known := other.row(id); !known || other.asked[id] {
				t.Errorf("%d stays blank", id)
			}
		}
	})
}

// longList is a list of n recordings on a screen of 20 rows.
func longList(n int) list {
	l := newList(time.UTC)
	l.resize(common.Rect{H: 20})
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = store.MakeID(today.Add(-time.Duration(i)*time.Minute), 1)
	}
	l.setIDs(ids)
	return l
}

// read answers what a list asks for, and reports whether it asked.
func (l *list) read() bool {
	asked := l.missing()
	rows := make([]store.Recording, len(asked))
	for i, id := range asked {
		rows[i].ID = id
	}
	l.fill(asked, rows)
	return len(asked) > 0
}

func TestListAsksByTheScreenAndKeepsWhatIsSeen(t *testing.T) {
	const far = 3 * cachedRows
	l, questions := longList(2*far), 0
	for range far {
		l.move(keys.MoveDown)
		if l.read() {
			questions++
		}
		for _, line := range l.lines() {
			if line == heading {
				continue
			}
			if _, known := l.row(l.ids[line]); !known {
				t.Fatalf("%d is blank when the cursor comes to %d", line, l.cursor)
			}
		}
	}
	if most := far/(l.height/2) + 2; questions > most {
		t.Errorf("%d questions on the way past %d recordings, want %d at most", questions, far, most)
	}
	if len(l.rows) > cachedRows+3*l.height {
		t.Errorf("%d recordings are kept at hand", len(l.rows))
	}
}
