package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// MaxMarks is how many marks in a row are drawn: enough for any script, too few to
// smear over the lines around.
const MaxMarks = 4

// Line makes text of an archive safe to draw or print on one line: no control character, no
// override of the direction of writing, no separator of lines, no invisible flood reaches the
// terminal. White space of any kind becomes single spaces.
func Line(s string) string { return line(s, len(s)) }

// line is Line of as much of s as has so many letters.
func line(s string, letters int) string {
	if isPlain(s) {
		return strings.TrimRight(s[:min(len(s), letters)], " ")
	}
	var out strings.Builder
	marks, space, last := 0, false, ' '
	for _, r := range s {
		if letters == 0 {
			break
		}
		if unicode.IsSpace(r) {
			space = out.Len() > 0
			continue
		}
		if !printable(r, last) || (space || out.Len() == 0) && joins(' ', r) {
			continue
		}
		if unicode.In(r, unicode.M, unicode.Cf) {
			if marks++; marks > MaxMarks {
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
		letters--
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
	case r > ' ' && r <= '~':
		return true
	case r == '\u200c' || r == '\u200d':
		return unicode.IsLetter(last) || unicode.IsMark(last)
	case r == utf8.RuneError, unicode.Is(unicode.Variation_Selector, r):
		return false
	}
	return unicode.IsGraphic(r) // and so no control, format or private character and no separator
}
