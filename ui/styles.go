package ui

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// styles is the palette: few colours, each with one meaning, legible on dark and on light.
// Bubble Tea brings them down to what the terminal can show, and to none with NO_COLOR; so
// nothing is told by colour alone.
type styles struct {
	text   lipgloss.Style // what was said
	quiet  lipgloss.Style // what can be overlooked
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
}

func newStyles(dark bool) styles {
	pick := lipgloss.LightDark(dark)
	colour := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	fg := func(light, dark string) lipgloss.Style { return lipgloss.NewStyle().Foreground(colour(light, dark)) }
	accent := colour("#0B6E75", "#5FD7D7")
	return styles{
		text:   lipgloss.NewStyle(),
		quiet:  fg("#6B6B75", "#84848F"),
		accent: lipgloss.NewStyle().Foreground(accent),
		strong: lipgloss.NewStyle().Bold(true),
		warn:   fg("#8A5A00", "#E5B567"),
		bad:    fg("#B3261E", "#FF7B72").Bold(true),
		good:   fg("#1A7F37", "#7CCF86"),
		mark:   fg("#7A3FA0", "#D2A8FF").Bold(true),
		tab:    lipgloss.NewStyle().Foreground(accent).Bold(true).Underline(true),
		row:    lipgloss.NewStyle().Background(colour("#DCEEEF", "#1F3A40")).Bold(true),
		rowOff: lipgloss.NewStyle().Background(colour("#EEEEF0", "#26262C")),
		box:    lipgloss.NewStyle().Border(lipgloss.RoundedBorder()).BorderForeground(accent).Padding(0, 2),
		key:    fg("#0B6E75", "#5FD7D7"),
		bar:    fg("#3C8F96", "#3E9393"),
		found:  lipgloss.NewStyle().Foreground(accent).Underline(true),
	}
}
