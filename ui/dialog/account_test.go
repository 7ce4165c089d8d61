package dialog

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
)

// Of a long account only what is seen is read, with what is around it.
func TestLongAccountIsReadInParts(t *testing.T) {
	c := &common.Common{Layout: common.NewLayout(80, 24)}
	a := newAccount(store.ImportReport{}, "done")
	a.ids, a.read = make([]int64, 5000), true
	for i := range a.ids {
		a.ids[i] = int64(i + 1)
	}
	for range len(a.ids) {
		a.Update(c, tea.KeyPressMsg{Code: tea.KeyPgDown})
		if !a.reading {
			continue
		}
		from, to := a.Seen(len(a.ids), a.height(c))
		ids := a.ids[max(0, from-margin):min(len(a.ids), to+margin)]
		a.reading = false
		if a.take(c, ids, nil); len(a.rows) != len(ids) || len(ids) > 2*margin+a.height(c) {
			t.Fatalf("%d members are kept", len(a.rows))
		}
	}
	if a.Cursor != len(a.ids)-1 {
		t.Errorf("the cursor is at %d", a.Cursor)
	}
}
