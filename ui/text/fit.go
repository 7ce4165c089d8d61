package text

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// How much of a text is made ready to be drawn, so that no frame has to measure a text of megabytes.
const (
	maxBytes   = 1 << 14 // that are read of it: as many as fill any screen
	maxLetters = 1 << 10 // that are drawn of it in a row: more than any terminal has columns
)

// Paragraph is [Line] of as much of a text as a screen can show.
func Paragraph(s string) string { return Line(s[:min(len(s), maxBytes)]) }

// Brief is [Line] of as much of a text as a row can show.
func Brief(s string) string { return line(s[:min(len(s), maxBytes)], maxLetters) }

// Field is what a text field draws, without the invisible characters and floods of marks that text
// of an archive may have brought into it. Control characters a field never takes, so the escapes in
// what it draws are its own.
func Field(field string) string {
	marks, escape := 0, false
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\x1b' || escape: // which ends with a letter, and parts no marks from others
			escape = !unicode.IsLetter(r)
			return r
		case !printable(r, 'a'):
			return -1
		case unicode.In(r, unicode.M, unicode.Cf):
			if marks++; marks > MaxMarks {
				return -1
			}
		default:
			marks = 0
		}
		return r
	}, field)
}

// Fit makes s exactly width cells wide: cut with an ellipsis, or padded on the right. s may be
// styled.
func Fit(s string, width int) string {
	if width <= 0 {
		return ""
	}
	w := ansi.StringWidth(s)
	if w > width {
		s = ansi.Truncate(s, width, "…")
		w = ansi.StringWidth(s)
	}
	return s + strings.Repeat(" ", max(0, width-w))
}

// FitLeft cuts s, where it is wider than so many cells, at its start.
func FitLeft(s string, width int) string {
	if w := ansi.StringWidth(s); w > width {
		return ansi.TruncateLeft(s, w-max(1, width)+1, "…")
	}
	return s
}

// FitRight is fit with the padding on the left.
func FitRight(s string, width int) string {
	if w := ansi.StringWidth(s); w < width {
		return strings.Repeat(" ", width-w) + s
	}
	return Fit(s, width)
}

// Wrap breaks text into at most rows lines of at most width cells, the last one with an ellipsis
// if there is more. It breaks at spaces and not at hyphens, which belong to options and file names.
func Wrap(s string, width, rows int) []string {
	if width <= 0 || rows <= 0 || s == "" {
		return nil
	}
	// More than could be shown is not worth breaking.
	s = ansi.Truncate(s, width*(rows+1), "")
	const hyphen, unbroken = "-", "\u2011"
	s = ansi.Wordwrap(strings.ReplaceAll(s, hyphen, unbroken), width, "")
	lines := strings.Split(ansi.Hardwrap(strings.ReplaceAll(s, unbroken, hyphen), width, false), "\n")
	if len(lines) > rows {
		lines = lines[:rows]
		lines[rows-1] = ansi.Truncate(lines[rows-1], width-1, "") + "…"
	}
	return lines
}

// Pad makes lines exactly h lines of exactly w cells.
func Pad(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = Fit(line, w)
	}
	return out
}

// Sides puts one text at the left and one at the right of a row; the right one gives way.
func Sides(left, right string, w int) string {
	room := w - ansi.StringWidth(left) - 2
	if room < ansi.StringWidth(right) {
		if room < 8 {
			return Fit(left, w)
		}
		right = ansi.Truncate(right, room, "…")
	}
	return Fit(left+strings.Repeat(" ", max(1, w-ansi.StringWidth(left)-ansi.StringWidth(right)-1))+right, w)
}

// Indent puts a space before each line. It changes the lines that it is given.
func Indent(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
