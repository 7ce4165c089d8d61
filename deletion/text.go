package deletion

import (
	"regexp"
	"strings"
	"unicode"
)

// What an export says is hostile until one of the functions of this file has made it harmless
// for the file that it goes into.

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// invisible reports whether a rune only steers how the text round it is shown or ordered, such as
// a bidirectional override. The joiners are kept, as letters of some scripts and emoji need them.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) &&
		r != zeroWidthJoiner && r != zeroWidthNonJoiner
}

// Line returns s as one line of visible text: control characters and white space of any kind
// become one space, invisible characters go, bytes that are no text become U+FFFD.
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

// isPlain reports whether s is such a line already, as nearly all identifiers and most words are:
// visible ASCII with no space before, behind, or next to another.
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

// short returns s as a line, cut to at most n characters.
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

// lines returns the lines of a text that the user wrote in several, without empty ones.
func lines(s string) []string {
	var list []string
	for l := range strings.Lines(s) {
		if l = Line(l); l != "" {
			list = append(list, l)
		}
	}
	return list
}

// code returns s as a Markdown code span, in which nothing but its end has a meaning: no markup,
// no HTML, no link. The fence is longer than any row of backticks in s (CommonMark § 6.1).
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

// formulaSigns are what a formula begins with.
const formulaSigns = `=+-@＝＋－＠`

// formula finds what a spreadsheet would take for the beginning of a formula: at the beginning of
// a cell, or where a program that separates cells by semicolons would begin one. The wide forms
// count, as some spreadsheets read them alike.
var formula = regexp.MustCompile(`(^|;)(\s*["']*\s*)([=+\-@＝＋－＠])`)

// Cell returns s as a line that a spreadsheet takes for text, marking with an apostrophe what it
// would compute.
func Cell(s string) string {
	s = Line(s)
	if !strings.ContainsAny(s, formulaSigns) {
		return s
	}
	return formula.ReplaceAllString(s, "$1$2'$3")
}
