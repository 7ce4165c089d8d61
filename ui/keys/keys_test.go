package keys

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// overriding lists the keys that mean something else on a screen than everywhere. There are none.
var overriding = map[Screen][]string{}

func TestNoKeyIsBoundTwice(t *testing.T) {
	keys := Default()
	for s := range Screens {
		own, general := map[string]string{}, map[string]string{}
		for _, b := range keys.Of(s) {
			bound := own
			if b.On == nil {
				bound = general
			}
			for _, k := range b.Keys {
				if other, twice := bound[k]; twice {
					t.Errorf("%s on %s: both %q and %q", k, s.Name(), other, b.Help)
				}
				bound[k] = b.Help
			}
		}
		for k := range own {
			if general[k] != "" && !slices.Contains(overriding[s], k) {
				t.Errorf("%s on %s: %q, but everywhere %q", k, s.Name(), own[k], general[k])
			}
		}
	}
}

func TestBindingsAreWhole(t *testing.T) {
	bound := map[Action]bool{None: true}
	for _, b := range Default() {
		bound[b.Does] = true
		if len(b.Keys) == 0 || b.Help == "" || !slices.Contains(Groups(), b.Group) {
			t.Errorf("%+v", b)
		}
	}
	for a := None; a <= Quit; a++ {
		if !bound[a] {
			t.Errorf("no key for action %d", a)
		}
	}
}

func TestReadmeHasTheKeyTable(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(readme), "\r\n", "\n")
	if !strings.Contains(text, Table()) {
		t.Errorf("README.md does not have the table of the key map, which is:\n%s", Table())
	}
}
