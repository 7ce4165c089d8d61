package ui

import (
	"cmp"

	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
)

// styles is what is drawn with: few colours, each with one meaning, legible on dark and on light. Nothing is
// told by colour alone, since a terminal may have none.
type styles struct {
	text   lipgloss.Style // what was said
	quiet  lipgloss.Style // what can be overlooked
	under  lipgloss.Style // what lies under a dialog
	accent lipgloss.Style // where one is
	strong lipgloss.Style
	warn   lipgloss.Style // unintended, unsure
	bad    lipgloss.Style // errors, what erases
	good   lipgloss.Style // done, playing
	mark   lipgloss.Style
	tab    lipgloss.Style // the open screen's name
	row    lipgloss.Style // the row with the cursor
	rowOff lipgloss.Style // the same, while something else has the keys
	box    lipgloss.Style // frame of a dialog
	key    lipgloss.Style
	found  lipgloss.Style // a searched word
	bar    lipgloss.Style // what a chart draws
	wave   string         // what waveforms are drawn with
}

func newStyles(c colours, wave string) styles {
	fg := func(name string) lipgloss.Style {
		if c[name] == "" {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(lipgloss.Color(c[name]))
	}
	st := styles{
		text:   lipgloss.NewStyle(),
		quiet:  fg("quiet"),
		accent: fg("accent"),
		strong: lipgloss.NewStyle().Bold(true),
		warn:   fg("warn"),
		bad:    fg("bad").Bold(true),
		good:   fg("good"),
		mark:   fg("mark").Bold(true),
		tab:    fg("accent").Bold(true).Underline(true),
		row:    lipgloss.NewStyle().Bold(true),
		box:    lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).Padding(0, 2),
		key:    fg("key"),
		found:  fg("found").Underline(true),
		bar:    fg("bar"),
		wave:   cmp.Or(wave, blocks),
	}
	if st.under = st.quiet; c["quiet"] == "" {
		st.under = st.under.Faint(true) // where that is not drawn, the frame tells
	}
	if c["accent"] != "" {
		st.box = st.box.BorderForeground(lipgloss.Color(c["accent"]))
	}
	if c["row"] == "" {
		st.row = st.row.Reverse(true) // a bar in front of the row tells, too
	} else {
		st.row = st.row.Background(lipgloss.Color(c["row"]))
	}
	if c["row-off"] != "" {
		st.rowOff = st.rowOff.Background(lipgloss.Color(c["row-off"]))
	}
	return st
}

// drawn is as much of a field around its cursor as w cells hold.
func (st *styles) drawn(field textinput.Model, w int) string {
	at := field.Position()
	field.SetStyles(st.field())
	field.SetWidth(w)
	field.CursorEnd() // from where it scrolls back to the cursor
	field.SetCursor(at)
	return field.View()
}

// field is how text is drawn that is being typed.
func (st *styles) field() textinput.Styles {
	s := textinput.DefaultStyles(true)
	s.Focused = textinput.StyleState{Text: st.text, Placeholder: st.quiet, Suggestion: st.quiet, Prompt: st.key}
	s.Blurred = s.Focused
	s.Cursor.Color = nil // the letter on it is reversed, which can be read on every background
	return s
}
