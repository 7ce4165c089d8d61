package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the user should know before something is done.
const (
	ExportNote = "The original sound, and two lists with everything else. No file is overwritten. " +
		"Exported files are outside the library: a purge does not reach them."
	PurgeErases = "Words, replies, names, sound and past searches are overwritten. Only times and devices stay, " +
		"so that a later import does not bring the recordings back. This cannot be undone."
	PurgeLeaves  = "The maker's copies stay, and so do yours: backups, exports, files of requests."
	StepsAreWide = "A step also deletes what is newer than your export."
	WrongMonth   = "With the wrong order, requests would name the wrong days. The answer is remembered for tables with the same columns."
	NoSuggestion = "Nothing to suggest: no recording is unintended, or older than 90 days."
)

// Sentence begins a text with a capital letter, and closes it.
func Sentence(text string) string { return Closed(Capital(text)) }

// Capital begins a text with a capital letter.
func Capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// Closed is a text with a full stop, unless it ends with a mark already.
func Closed(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}
