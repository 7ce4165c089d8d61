package dialog

import (
	"errors"
	"testing"

	"unsaid/store"
)

func TestLateGroupsAreDropped(t *testing.T) {
	d := Groups{seq: 3, read: true, groups: []store.Group{{Name: "Kitchen", Recordings: 4}}}
	for _, late := range []groupsMsg{{2, []store.Group{{Name: "of another grouping", Recordings: 9}}, nil}, {1, nil, errors.New("an older failure")}} {
		if what := d.Update(nil, late); what != nil || len(d.groups) != 1 || d.groups[0].Name != "Kitchen" {
			t.Errorf("%+v was taken: %+v, %v", late, d.groups, what)
		}
	}
}
