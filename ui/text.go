package ui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/safe"
)

// maxShown is how many bytes of a text are made ready to be drawn: as many as fill any screen.
const maxShown = 1 << 14

// maxTyped is how long a text in a field can be: longer than any path.
const maxTyped = 4096

// brief is [safe.Line] of as much of a text as a screen can show, so that no frame has to measure
// a text of megabytes.
func brief(s string) string { return safe.Line(s[:min(len(s), maxShown)]) }

// shown is what a text field draws, without the invisible characters and floods of marks that text
// of an archive may have brought into it. Control characters a field never takes, so the escapes in
// what it draws are its own.
func shown(field string) string {
	marks, escape := 0, false
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\x1b' || escape: // which ends with a letter, and parts no marks from others
			escape = !unicode.IsLetter(r)
			return r
		case !safe.Printable(r, 'a'):
			return -1
		case unicode.In(r, unicode.M, unicode.Cf):
			if marks++; marks > safe.MaxMarks {
				return -1
			}
		default:
			marks = 0
		}
		return r
	}, field)
}

// fit makes s exactly width cells wide: cut with an ellipsis, or padded on the right. s may be
// styled.
func fit(s string, width int) string {
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

// fitLeft cuts s, where it is wider than so many cells, at its start.
func fitLeft(s string, width int) string {
	if w := ansi.StringWidth(s); w > width {
		return ansi.TruncateLeft(s, w-max(1, width)+1, "…")
	}
	return s
}

// fitRight is fit with the padding on the left.
func fitRight(s string, width int) string {
	if w := ansi.StringWidth(s); w < width {
		return strings.Repeat(" ", width-w) + s
	}
	return fit(s, width)
}

// wrap breaks text into at most rows lines of at most width cells, the last one with an ellipsis
// if there is more. It breaks at spaces and not at hyphens, which belong to options and file names.
func wrap(s string, width, rows int) []string {
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
