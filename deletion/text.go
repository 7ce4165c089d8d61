package deletion

import (
	"regexp"
	"strings"
	"unicode"
)

// Text from an export is hostile. The functions in this file make it safe for the files of a request.

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// invisible reports whether a rune only affects how the text around it is displayed or ordered, such as
// a bidirectional override. Joiners do not count, since some scripts and emoji need them.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) &&
		r != zeroWidthJoiner && r != zeroWidthNonJoiner
}

// Line returns s as one line of visible text: it replaces runs of control characters and white space by
// a space, removes invisible characters, and replaces invalid UTF-8 by U+FFFD.
func Line(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case invisible(r):
			return -1
		default:
			return r
		}
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// isPlain reports whether s is visible ASCII without leading, trailing or repeated spaces, which Line
// does not change. Nearly all identifiers and most words are.
func isPlain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return s == "" || last != ' '
}

// short returns s as a line of at most n characters.
func short(s string, n int) string {
	s = Line(s)
	if len(s) <= n {
		return s
	}
	if runes := []rune(s); len(runes) > n {
		return strings.TrimSpace(string(runes[:n-1])) + "…"
	}
	return s
}

// lines returns the lines of a text by the user, without empty ones.
func lines(s string) []string {
	var list []string
	for l := range strings.Lines(s) {
		if l = Line(l); l != "" {
			list = append(list, l)
		}
	}
	return list
}

// code returns s as a Markdown code span, in which markup, HTML and links have no effect. The fence is
// longer than any run of backticks in s (CommonMark § 6.1).
func code(s string) string {
	s = Line(s)
	if s == "" {
		return ""
	}
	longest, row := 0, 0
	for _, r := range s {
		if r != '`' {
			row = 0
			continue
		}
		row++
		longest = max(longest, row)
	}
	if longest == 0 {
		return "`" + s + "`"
	}
	fence := strings.Repeat("`", longest+1)
	return fence + " " + s + " " + fence
}

// formulaSigns are the characters that start a formula.
const formulaSigns = `=+-@＝＋－＠`

// formula finds the start of a formula: at the start of a cell, or after a semicolon, which some
// programs read as a separator. Some spreadsheets also accept the full-width forms.
var formula = regexp.MustCompile(`(^|;)(\s*["']*\s*)([=+\-@＝＋－＠])`)

// Cell returns s as a line that a spreadsheet treats as text: an apostrophe precedes each formula.
func Cell(s string) string {
	s = Line(s)
	if !strings.ContainsAny(s, formulaSigns) {
		return s
	}
	return formula.ReplaceAllString(s, "$1$2'$3")
}
