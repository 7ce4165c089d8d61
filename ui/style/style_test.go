package style

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Where the cursor of a field is can be seen, however long the text is.
func TestFieldsShowWhereTheirCursorIs(t *testing.T) {
	st := New(Look{Theme: "mono"}, true, colorprofile.TrueColor)
	field := textinput.New()
	field.Focus()
	field.SetValue("begin " + strings.Repeat("and so on ", 20) + "middle " + strings.Repeat("and so on ", 20) + "end")
	for sees, at := range map[string]int{"begin": 0, "middle": 206, "end": 413} {
		field.SetCursor(at)
		got := ansi.Strip(st.Drawn(field, 30))
		if !strings.Contains(got, sees) || ansi.StringWidth(got) > 33 {
			t.Errorf("at %d: %q", at, got)
		}
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
