package widget

import (
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/style"
)

// Where the cursor of a field is can be seen, however long the text is.
func TestFieldsShowWhereTheirCursorIs(t *testing.T) {
	st := style.New(style.Look{Theme: "mono"}, true, colorprofile.TrueColor)
	field := textinput.New()
	field.Focus()
	field.SetValue("begin " + strings.Repeat("and so on ", 20) + "middle " + strings.Repeat("and so on ", 20) + "end")
	for sees, at := range map[string]int{"begin": 0, "middle": 206, "end": 413} {
		field.SetCursor(at)
		got := ansi.Strip(Field(&st, field, 30))
		if !strings.Contains(got, sees) || ansi.StringWidth(got) > 33 {
			t.Errorf("at %d: %q", at, got)
		}
	}
}
