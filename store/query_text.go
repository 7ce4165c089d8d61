package store

import (
	"strings"
	"unicode"
)

// TermText is a term as it stands in the text of a query, right or wrong.
type TermText struct {
	Text  string
	At    int    // offset in the query, in bytes
	Not   bool   // it begins with -
	Field string // in lower case, "" for words
	Value string // without quotes
}

// Terms splits the text of a query into its terms.
func Terms(text string) []TermText {
	var terms []TermText
	for rest := text; ; {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			return terms
		}
		raw, t, _ := nextTerm(rest)
		terms = append(terms, TermText{raw, len(text) - len(rest), t.not, t.field, t.value})
		rest = rest[len(raw):]
	}
}

// WithTerm returns the query with a term more. It stands in front, since a last word that may be
// unfinished has to stay the last one.
func WithTerm(query, term string) string {
	return strings.TrimRight(term+" "+query, " ")
}

// WithoutTerms returns the query without the terms that drop picks. Where it ended in a space, it
// still does.
func WithoutTerms(query string, drop func(TermText) bool) string {
	terms := Terms(query)
	for i := len(terms) - 1; i >= 0; i-- {
		if t := terms[i]; drop(t) {
			query = query[:t.At] + strings.TrimLeftFunc(query[t.At+len(t.Text):], unicode.IsSpace)
		}
	}
	return query
}
