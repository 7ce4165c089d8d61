package dialog

import (
	"testing"

	"unsaid/store"
)

func TestNewWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		paths    []string
		remedies []store.Remedy
		want     int
	}{
		"none":              {[]string{"/a"}, []store.Remedy{"", store.ListTrash}, 0},
		"columns":           {[]string{"/a"}, []store.Remedy{store.NameColumns}, 1},
		"the same twice":    {[]string{"/a"}, []store.Remedy{store.NameTimeColumn, store.NameTimeColumn}, 1},
		"many":              {[]string{"/a"}, []store.Remedy{store.NameColumns, store.OrderDates, store.NameTextColumn}, maxWays},
		"a hostile path":    {[]string{"/a\x1b]52;c;x\x07"}, []store.Remedy{store.NameTimeColumn}, 0},
		"direction of text": {[]string{"/a\u202e"}, []store.Remedy{store.NameTimeColumn}, 0},
		"no path":           {nil, []store.Remedy{store.NameTimeColumn}, 0},
	} {
		if w := newWayOut("/db", c.paths, c.remedies...); len(w.options) != c.want {
			t.Errorf("%s: %q", name, w.options)
		}
	}
}
