package style

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

var update = flag.Bool("update", false, "write the style sheet in testdata anew")

// testdata/styles.ansi is a file for cat that shows each style in each theme. After a wanted change of a style it
// is written anew with
//
//	go test ./ui/style -update
func TestStyleSheet(t *testing.T) {
	var sheet strings.Builder
	for _, theme := range []string{"light", "dark", "high-contrast", "mono"} {
		for _, onDark := range []bool{true, false} {
			if theme == "light" && onDark || theme == "dark" && !onDark {
				continue
			}
			for _, depth := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI, colorprofile.ASCII} {
				fmt.Fprintf(&sheet, "\n%s, dark background: %t, %s\n", theme, onDark, depth)
				styles := reflect.ValueOf(New(Look{Theme: theme}, onDark, depth))
				for field, value := range styles.Fields() {
					if style, ok := value.Interface().(lipgloss.Style); ok {
						fmt.Fprintln(&sheet, style.Render(field.Name))
					}
				}
			}
		}
	}
	path := filepath.Join("testdata", "styles.ansi")
	if *update {
		if err := os.WriteFile(path, []byte(sheet.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := sheet.String(); got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s shows other styles (-update if that is wanted):\n%s\nwas:\n%s", path, got, want)
	}
}

// What lies under a dialog steps back on every terminal: by its colour, or as faint text where there is none.
func TestScreenStepsBackUnderADialog(t *testing.T) {
	for depth, want := range map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[38;2;162;162;173mbelow\x1b[m", colorprofile.ANSI: "\x1b[2mbelow\x1b[m", colorprofile.ASCII: "\x1b[2mbelow\x1b[m",
	} {
		st := New(Look{}, true, depth)
		if got := st.Under.Render("below"); got != want {
			t.Errorf("%s: %q, want %q", depth, got, want)
		}
	}
}
