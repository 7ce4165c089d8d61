package screen

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// While the same is read anew, all that was listed can be gone through.
func TestReadingAnewCutsNothingOff(t *testing.T) {
	for _, order := range []store.Sorting{store.Newest, store.Oldest} {
		c := commonOf(t, said(t, 60)...)
		c.Search.Sort = order
		l := newLibrary(c)
		l.Resize(c.Layout)
		answer(l.Load(c))
		anew := l.find(c)().(tea.BatchMsg)
		answer(anew[1]) // the first page
		if l.Early(c, keys.ToBottom) || !c.Search.Busy {
			t.Errorf("order %d: G waits while all is read anew", order)
		}
		if l.Move(c, keys.ToBottom); l.list.Cursor != 59 {
			t.Errorf("order %d: G goes to %d while all is read anew", order, l.list.Cursor)
		}
	}
}

// What one list has read must not keep another from reading the same.
func TestListsThatAskForTheSameGetAllTheirRows(t *testing.T) {
	c := commonOf(t, said(t, 60)...)
	ids, err := c.DB.IDs(c.Ctx, store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	lists := []List{newList(c.Zone), newList(c.Zone)}
	for i := range lists {
		lists[i].resize(c.Layout.List)
		lists[i].setIDs(ids)
	}
	for i := range lists {
		answer(lists[i].Load(c))
		for _, id := range ids[:lists[i].height] {
			if _, known := lists[i].row(id); !known || lists[i].asked[id] {
				t.Errorf("%d stays blank", id)
			}
		}
	}
}

// longList is a list of n recordings on a screen of 20 rows.
func longList(n int) List {
	l := newList(time.UTC)
	l.resize(common.Rect{H: 20})
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = store.MakeID(today.Add(-time.Duration(i)*time.Minute), 1)
	}
	l.setIDs(ids)
	return l
}

// answer answers what a list asks for, and reports whether it asked.
func (l *List) answer() bool {
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
		if l.answer() {
			questions++
		}
		for _, line := range l.lines() {
			if line == heading {
				continue
			}
			if _, known := l.row(l.IDs[line]); !known {
				t.Fatalf("%d is blank when the cursor comes to %d", line, l.Cursor)
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
