package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// parseWords reads a list of clips and what is said in them, a line each:
//
//	; a comment
//	digits/7: seven
//
// A clip that stands there without words is left out; of a clip that stands
// there twice the first line counts. The text is UTF-8 in all five languages,
// in Italian with a byte order mark; another encoding is an error.
func parseWords(r io.Reader) (map[string]string, error) {
	words := make(map[string]string)
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), byteOrderMark))
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d is not UTF-8", number)
		}
		if line == "" || strings.HasPrefix(line, ";") {
			continue
		}
		name, text, found := strings.Cut(line, ":")
		if !found {
			return nil, fmt.Errorf("line %d has no colon: %q", number, line)
		}
		key, text := wordsKey(name), strings.TrimSpace(text)
		if _, known := words[key]; !known && text != "" {
			words[key] = text
		}
	}
	return words, lines.Err()
}

// wordsKey makes a clip's name the key of its words: the lists and the files do
// not agree on upper and lower case.
func wordsKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
