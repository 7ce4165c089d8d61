package importer

import (
	"strings"

	"golang.org/x/net/html"
)

// htmlText gathers what a reader of markup sees, line by line. It keeps no tree and no stack, so
// that no depth of nesting costs anything.
type htmlText struct {
	lines []string
	line  strings.Builder
	bytes int  // what it takes in memory, about
	block int  // how many lines stood before the first paragraph, list or heading
	any   bool // whether there was one

	pre    bool
	hidden string // the element at work whose text nobody sees, "" if none
}

// lineCost is what a line takes in memory besides its text.
const lineCost = 32

// start takes a start tag.
func (t *htmlText) start(tag string) {
	if (t.hidden == "a" || t.hidden == "audio") && (tag == "br" || isBlock(tag)) {
		t.hidden = "" // it was left open
	}
	switch tag {
	case "br":
		t.endLine()
	case "script", "style", "title", "audio":
		t.hidden = tag
	case "td", "th":
		t.text(" ")
	case "pre":
		t.blockTag()
		t.pre = true
	default:
		if isBlock(tag) {
			t.blockTag()
		}
	}
}

// end takes an end tag.
func (t *htmlText) end(tag string) {
	switch {
	case tag == t.hidden:
		t.hidden = ""
	case tag == "pre":
		t.endLine()
		t.pre = false
	case isBlock(tag):
		t.endLine()
	}
}

func (t *htmlText) blockTag() {
	t.endLine()
	if !t.any {
		t.any, t.block = true, len(t.lines)
	}
}

// text takes a text with its entities resolved.
func (t *htmlText) text(s string) {
	if t.hidden != "" || t.bytes > maxRecordBytes {
		return
	}
	t.bytes += len(s)
	if !t.pre {
		t.line.WriteString(s)
		return
	}
	for piece := range strings.Lines(s) {
		t.line.WriteString(piece)
		if strings.HasSuffix(piece, "\n") {
			t.endLine()
		}
	}
}

// endLine ends the line at work. White space counts as one space, as browsers show it; a line
// without words is dropped.
func (t *htmlText) endLine() {
	line := t.line.String()
	t.line.Reset()
	if t.pre {
		line = strings.TrimRight(line, " \t\r\n")
	} else {
		line = strings.Join(strings.Fields(line), " ")
	}
	if strings.TrimSpace(line) != "" {
		t.lines = append(t.lines, line)
		t.bytes += lineCost
	}
}

// isBlock reports whether an element begins a line of its own.
func isBlock(tag string) bool {
	switch tag {
	case "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "blockquote", "hr", "section", "article",
		"h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// htmlToText returns the text of a piece of markup; its paragraphs and lines become lines.
func htmlToText(markup string) string {
	z := html.NewTokenizer(strings.NewReader(markup))
	var t htmlText
	for {
		switch z.Next() {
		case html.ErrorToken: // the end: a string can always be read
			t.endLine()
			return strings.Join(t.lines, "\n")
		case html.TextToken:
			t.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			z.NextIsNotRawText()
			name, _ := z.TagName()
			t.start(string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(string(name))
		}
	}
}
