package dialog

import (
	"errors"
	"testing"

	"unsaid/store"
)

func TestLateGroupsAreDropped(t *testing.T) {
	d := Groups{seq: 3, read: true, groups: []store.Group{{Name: "Kitchen", Recordings: 4}}}
	for seq, late := range map[int][]store.Group{2: {{Name: "of another grouping", Recordings: 9}}, 1: nil} {
		what := d.take(seq, late, map[int]error{1: errors.New("an older failure")}[seq])
		if what != nil || len(d.groups) != 1 || d.groups[0].Name != "Kitchen" {
			t.Errorf("%+v was taken: %+v, %v", late, d.groups, what)
		}
	}
}
