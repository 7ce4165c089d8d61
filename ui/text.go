package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many marks in a row are drawn: enough for any script, too few to
// smear over the lines around.
const maxMarks = 4

// Sanitize makes text of an archive safe to draw or print on one line: no control character, no
// override of the direction of writing, no separator of lines, no invisible flood reaches the
// terminal. White space of any kind becomes single spaces.
func Sanitize(s string) string {
	if isPlain(s) {
		return s
	}
	var out strings.Builder
	marks, space, last := 0, false, ' '
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = out.Len() > 0
			continue
		}
		if !printable(r, last) || (space || out.Len() == 0) && joins(' ', r) {
			continue
		}
		if unicode.In(r, unicode.M, unicode.Cf) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if space {
			out.WriteByte(' ')
			space = false
		}
		out.WriteRune(r)
		last = r
	}
	return strings.TrimRightFunc(out.String(), func(r rune) bool { return r == ' ' || joins(r, ' ') })
}

// joins reports whether a terminal draws b in the cell of a: b is a mark, say, or a a letter that
// is written over its successor. At the edge of a text that would be the cell of something else.
func joins(a, b rune) bool {
	if unicode.IsMark(b) {
		return true
	}
	return ansi.StringWidth(string(a)+string(b)) < ansi.StringWidth(string(a))+ansi.StringWidth(string(b))
}

// maxShown is how many bytes of a text are made ready to be drawn: as many as fill any screen.
const maxShown = 1 << 14

// maxTyped is how long a text in a field can be: longer than any path.
const maxTyped = 4096

// brief is [Sanitize] of as much of a text as a screen can show, so that no frame has to measure
// a text of megabytes.
func brief(s string) string { return Sanitize(s[:min(len(s), maxShown)]) }

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
		case !printable(r, 'a'):
			return -1
		case unicode.In(r, unicode.M, unicode.Cf):
			if marks++; marks > maxMarks {
				return -1
			}
		default:
			marks = 0
		}
		return r
	}, field)
}

// isPlain reports whether s is printable ASCII without runs of spaces, as most text is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// printable reports whether r may be drawn after last. Of the invisible format characters only
// the joiners between letters stay, which Persian and Indic scripts need; after an emoji they and
// variation selectors make terminals disagree about its width.
func printable(r, last rune) bool {
	switch {
	case r == utf8.RuneError, unicode.IsControl(r):
		return false
	case r == '\u200c' || r == '\u200d':
		return unicode.IsLetter(last) || unicode.IsMark(last)
	case unicode.Is(unicode.Variation_Selector, r):
		return false
	case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
		return false
	}
	return unicode.IsGraphic(r)
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
