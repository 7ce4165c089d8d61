package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the user should know before something is done.
const (
	ExportNote = "The sound as it came, and two lists of what is known. No file is overwritten. " +
		"What is exported leaves the library: a purge does not reach it."
	PurgeErases = "Words, replies, names and sound are overwritten, and past searches. What stays is when and by which device, " +
		"so that a later import does not bring them back. This has no undo."
	PurgeLeaves  = "What the maker holds is not touched by this, nor are copies that you made: backups, exports, files of requests."
	StepsAreWide = "A step also takes what is newer than your export."
	WrongMonth   = "A wrong month would ask the maker for the wrong days. The answer is remembered for tables with the same columns."
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
