package style

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
)

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
