package dialog

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/common"
)

// Of a long account only what is seen is read, and not all of that is kept.
func TestLongAccountIsReadInParts(t *testing.T) {
	c := &common.Common{Layout: common.NewLayout(80, 24)}
	d := NewReport(&Run{})
	d.past = &past{read: true, account: newAccount(store.ImportSummary{}, "done")}
	a := d.past.account
	a.find(c, d)
	ids := make([]int64, 5000)
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	// read gives the account the members that it asks for, as the library does.
	read := func(common.Action) (members int) {
		if !a.reading {
			return 0
		}
		from, to := a.Seen(len(ids), a.height(c))
		msg := membersMsg{asked: a.asked, ids: ids[max(0, from-margin):min(len(ids), to+margin)]}
		d.Update(c, msg)
		return len(msg.ids)
	}
	if n := read(d.Update(c, memberIDsMsg{asked: a.asked, ids: ids})); n == 0 || n > 2*margin+a.height(c) {
		t.Errorf("%d members were read at first", n)
	}
	for range len(ids) {
		read(d.Update(c, tea.KeyPressMsg{Code: tea.KeyPgDown}))
	}
	if a.Cursor != len(ids)-1 || len(a.rows) > 2*margin+a.height(c) {
		t.Errorf("at %d, %d members are kept", a.Cursor, len(a.rows))
	}
	d.Update(c, memberIDsMsg{asked: a.asked - 1})
	d.Update(c, membersMsg{asked: a.asked - 1, members: map[int64]store.MemberOutcome{ids[0]: {Member: "late"}}})
	if len(a.ids) != len(ids) || a.rows[ids[0]].Member == "late" {
		t.Error("a late answer was taken")
	}
}
