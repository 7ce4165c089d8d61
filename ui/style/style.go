package style

import (
	"cmp"

	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Styles is what is drawn with: few colours, each with one meaning, legible on dark and on light. Nothing is
// told by colour alone, since a terminal may have none.
type Styles struct {
	Text   lipgloss.Style // what was said
	Quiet  lipgloss.Style // what can be overlooked
	Under  lipgloss.Style // what lies under a dialog
	Accent lipgloss.Style // where one is
	Strong lipgloss.Style
	Warn   lipgloss.Style // unintended, unsure
	Bad    lipgloss.Style // errors, what erases
	Good   lipgloss.Style // done, playing
	Mark   lipgloss.Style
	Tab    lipgloss.Style // the open screen's name
	Row    lipgloss.Style // the row with the cursor
	RowOff lipgloss.Style // the same, while something else has the keys
	Box    lipgloss.Style // frame of a dialog
	Key    lipgloss.Style
	Found  lipgloss.Style // a searched word
	Bar    lipgloss.Style // what a chart draws
	Wave   string         // what waveforms are drawn with
}

// New are the styles of a look on a terminal with a dark or light background and so many colours.
func New(look Look, onDark bool, depth colorprofile.Profile) Styles {
	c := look.colours(onDark, depth)
	fg := func(name string) lipgloss.Style {
		if c[name] == "" {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(lipgloss.Color(c[name]))
	}
	st := Styles{
		Text:   lipgloss.NewStyle(),
		Quiet:  fg("quiet"),
		Accent: fg("accent"),
		Strong: lipgloss.NewStyle().Bold(true),
		Warn:   fg("warn"),
		Bad:    fg("bad").Bold(true),
		Good:   fg("good"),
		Mark:   fg("mark").Bold(true),
		Tab:    fg("accent").Bold(true).Underline(true),
		Row:    lipgloss.NewStyle().Bold(true),
		Box:    lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).Padding(0, 2),
		Key:    fg("key"),
		Found:  fg("found").Underline(true),
		Bar:    fg("bar"),
		Wave:   cmp.Or(look.Waveform, Blocks),
	}
	if st.Under = st.Quiet; c["quiet"] == "" {
		st.Under = st.Under.Faint(true) // where that is not drawn, the frame tells
	}
	if c["accent"] != "" {
		st.Box = st.Box.BorderForeground(lipgloss.Color(c["accent"]))
	}
	if c["row"] == "" {
		st.Row = st.Row.Reverse(true) // a bar in front of the row tells, too
	} else {
		st.Row = st.Row.Background(lipgloss.Color(c["row"]))
	}
	if c["row-off"] != "" {
		st.RowOff = st.RowOff.Background(lipgloss.Color(c["row-off"]))
	}
	return st
}

// Field is how text is drawn that is being typed.
func (st *Styles) Field() textinput.Styles {
	s := textinput.DefaultStyles(true)
	s.Focused = textinput.StyleState{Text: st.Text, Placeholder: st.Quiet, Suggestion: st.Quiet, Prompt: st.Key}
	s.Blurred = s.Focused
	s.Cursor.Color = nil // the letter on it is reversed, which can be read on every background
	return s
}
