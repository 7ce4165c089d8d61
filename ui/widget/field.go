package widget

import (
	"charm.land/bubbles/v2/textinput"

	"unsaid/ui/style"
	"unsaid/ui/text"
)

// MaxTyped is how many runes a field can hold: more than any path has.
const MaxTyped = 4096

// Field is as much of a field around its cursor as w cells hold.
func Field(st *style.Styles, field textinput.Model, w int) string {
	at := field.Position()
	field.SetStyles(st.Field())
	field.SetWidth(w)
	field.CursorEnd() // from where it scrolls back to the cursor
	field.SetCursor(at)
	return text.Field(field.View())
}
