package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// The HTML of My Activity, as seen in many published excerpts. An entry is
//
//	div.outer-cell > div.mdl-grid
//	    div.header-cell                            the product
//	    div.content-cell.mdl-typography--body-1    title, <br>, replies, <br>, date; Gemini's reply follows it
//	    div.content-cell.mdl-typography--caption   <b>Products:</b>, <b>Locations:</b>, <b>Details:</b>, each with its values
//
// The classes stand in English in every language, the labels and the dates do not.

// takeoutCell is the part of an entry that is being read.
type takeoutCell uint8

const (
	noCell takeoutCell = iota
	headerCell
	bodyCell
	captionCell
)

// isTakeoutHTML reports by the beginning of a text whether it may be a page of My Activity. Its style
// sheet may fill the whole beginning, so the classes are looked for in that, too.
func isTakeoutHTML(head string) bool {
	return strings.HasPrefix(strings.TrimSpace(head), "<") &&
		(strings.Contains(head, "outer-cell") || strings.Contains(head, "header-cell") || strings.Contains(head, "mdl-"))
}

// takeoutPage reads the entries of a page one by one.
type takeoutPage struct {
	z     *html.Tokenizer
	yield func(takeoutEntry, error) bool

	count   int
	opened  bool // whether the document has an <html> or a <body> …
	closed  bool // … and the end of it
	entry   *takeoutHTMLEntry
	cell    takeoutCell
	element string // the element that is the cell
	depth   int    // how many of its kind are open within it
}

// takeoutHTMLEntry is what was gathered of an entry.
type takeoutHTMLEntry struct {
	header, body, caption htmlText
	whole                 bool  // whether the end of the body was seen
	labels                []int // the lines of the caption that are labels
	audio, attached       []string
}

// htmlEntries yields the entries of a page, whose times are still as they are spelled. The errors are as in
// [Input.records].
func (in *Input) htmlEntries(ctx context.Context, m *member, final bool) iter.Seq2[takeoutEntry, error] {
	return func(yield func(takeoutEntry, error) bool) {
		f, err := in.open(m, final)
		if err != nil {
			yield(takeoutEntry{}, err)
			return
		}
		defer f.Close()
		p := takeoutPage{z: html.NewTokenizer(decodeText(contextReader{ctx, f})), yield: yield}
		p.z.SetMaxBuf(maxRecordBytes)
		if err := p.read(); err != nil && !errors.Is(err, errStopped) {
			yield(takeoutEntry{}, unreadText(err, p.count))
		}
	}
}

// read reads the page to its end. The error is [io.ErrUnexpectedEOF] for a page that was cut.
func (p *takeoutPage) read() error {
	for {
		var err error
		switch p.z.Next() {
		case html.ErrorToken:
			return p.end()
		case html.TextToken:
			if text := p.text(); text != nil {
				text.text(string(p.z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.z.NextIsNotRawText() // an element left open must not swallow the entries that follow
			err = p.startTag()
		case html.EndTagToken:
			p.endTag()
		}
		if err != nil {
			return err
		}
	}
}

// end emits the last entry, unless the page was cut within it.
func (p *takeoutPage) end() error {
	switch err := p.z.Err(); {
	case errors.Is(err, html.ErrBufferExceeded):
		return fmt.Errorf("one text is larger than %d bytes", maxRecordBytes)
	case !errors.Is(err, io.EOF):
		return err
	}
	cut := p.opened && !p.closed || !p.opened && p.cell != noCell
	if cut && p.entry != nil && !p.entry.whole {
		return io.ErrUnexpectedEOF
	}
	err := p.finish()
	if err == nil && cut {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// text returns what gathers the text of the cell at work, nil if nothing does.
func (p *takeoutPage) text() *htmlText {
	switch p.cell {
	case headerCell:
		return &p.entry.header
	case bodyCell:
		return &p.entry.body
	case captionCell:
		return &p.entry.caption
	}
	return nil
}

func (p *takeoutPage) startTag() error {
	name, more := p.z.TagName()
	tag := string(name)
	var class, source string
	for more {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		switch string(key) {
		case "class":
			class = string(value)
		case "src", "href":
			source = cmp.Or(fileReference(string(value)), source)
		}
	}
	if tag == "html" || tag == "body" {
		p.opened, p.closed = true, false
	}
	if strings.Contains(class, "-cell") {
		if begun, err := p.startCell(tag, strings.Fields(class)); begun || err != nil {
			return err
		}
	}
	if tag == p.element {
		p.depth++
	}
	isAudio := hasAudioSuffix(source)
	if source != "" && p.entry != nil {
		p.entry.refer(source, isAudio)
	}
	text := p.text()
	if text == nil {
		return nil
	}
	text.start(tag)
	if tag == "a" && isAudio {
		text.hidden = tag // it says Audio or Play, which nobody said
	}
	if p.cell == captionCell && tag == "b" && len(p.entry.labels) < maxEntryParts {
		text.endLine()
		p.entry.labels = append(p.entry.labels, len(text.lines))
	}
	return nil
}

// refer notes a file that the entry refers to.
func (e *takeoutHTMLEntry) refer(name string, isAudio bool) {
	list := &e.attached
	if isAudio {
		list = &e.audio
	}
	if !slices.Contains(*list, name) && len(*list) < maxEntryParts {
		*list = append(*list, name)
	}
}

// maxEntryParts is more audio files, or labels, than any entry has.
const maxEntryParts = 100

// startCell begins an entry or one of its cells; false if the classes are those of neither.
func (p *takeoutPage) startCell(tag string, classes []string) (bool, error) {
	has := func(class string) bool { return slices.Contains(classes, class) }
	cell := noCell
	switch {
	case has("outer-cell"):
		err := p.finish()
		p.entry = &takeoutHTMLEntry{}
		return true, err
	case has("header-cell"):
		cell = headerCell
		if p.entry == nil || p.entry.header.bytes > 0 || p.entry.whole { // an outer cell is missing
			if err := p.finish(); err != nil {
				return true, err
			}
			p.entry = &takeoutHTMLEntry{}
		}
	case !has("content-cell"):
		return false, nil
	case p.entry == nil: // so are both that should come before it
		p.entry = &takeoutHTMLEntry{}
		cell = bodyCell
	case has("mdl-typography--caption"):
		cell = captionCell
	case !has("mdl-typography--text-right") && p.entry.body.bytes == 0:
		cell = bodyCell
	}
	p.endCell()
	p.cell, p.element, p.depth = cell, tag, 0
	return true, nil
}

func (p *takeoutPage) endTag() {
	name, _ := p.z.TagName()
	tag := string(name)
	p.closed = p.closed || tag == "html" || tag == "body"
	if p.element != "" && tag == p.element {
		if p.depth--; p.depth < 0 {
			p.endCell()
			return
		}
	}
	if text := p.text(); text != nil {
		text.end(tag)
		if p.cell == captionCell && tag == "b" {
			text.endLine()
		}
	}
}

func (p *takeoutPage) endCell() {
	if text := p.text(); text != nil {
		text.endLine()
		text.hidden = ""
		p.entry.whole = p.entry.whole || p.cell == bodyCell
	}
	p.cell, p.element, p.depth = noCell, "", 0
}

// finish emits the entry at work, if there is one.
func (p *takeoutPage) finish() error {
	p.endCell()
	e := p.entry
	p.entry = nil
	if e == nil || e.header.bytes+e.body.bytes+e.caption.bytes == 0 {
		return nil
	}
	entry := e.read()
	entry.index = p.count
	p.count++
	if !p.yield(entry, nil) {
		return errStopped
	}
	return nil
}

// read makes an entry of the gathered text.
func (e *takeoutHTMLEntry) read() takeoutEntry {
	if e.header.bytes+e.body.bytes+e.caption.bytes > maxRecordBytes {
		return takeoutEntry{audio: e.audio, broken: fmt.Errorf("it is larger than %d bytes", maxRecordBytes)}
	}
	entry := takeoutEntry{header: strings.Join(e.header.lines, " "), audio: e.audio, attached: e.attached}
	for i, at := range e.labels {
		end := len(e.caption.lines)
		if i+1 < len(e.labels) {
			end = e.labels[i+1]
		}
		if at+1 > end {
			continue
		}
		values := e.caption.lines[at+1 : end]
		switch {
		case entry.products == nil: // the first label says Products, in whatever language
			entry.products = values
		case isDetailsLabel(e.caption.lines[at]):
			entry.details = values
		}
	}
	e.readBody(&entry)
	return entry
}

// asJSON is the way out for a page whose dates cannot be read.
const asJSON = "export My Activity as JSON, whose times are in UTC"

// errNoDateLine is the error for an entry without a line that looks like a date.
var errNoDateLine = errors.New("it has no date")

// readBody reads the words and the date, and says why the date cannot be read. An entry without
// a date can use the one in the name of its audio.
func (e *takeoutHTMLEntry) readBody(entry *takeoutEntry) {
	lines := e.body.lines
	at := dateLine(lines, &e.body)
	switch {
	case at >= 0:
		entry.local, entry.broken = readDate(lines[at])
		if entry.broken != nil {
			entry.broken = fmt.Errorf("its time %s %w; %s", quote(lines[at]), entry.broken, asJSON)
		}
	case !slices.ContainsFunc(e.audio, namesTime):
		entry.broken = fmt.Errorf("%w; %s", errNoDateLine, asJSON)
		fallthrough
	default:
		at = len(lines)
	}
	said, after := lines[:at], lines[min(at+1, len(lines)):]
	if len(said) > 0 {
		entry.title, said = said[0], said[1:]
	}
	entry.subtitles, entry.answers = said, after
}

// namesTime reports whether the name of a file tells a time.
func namesTime(name string) bool {
	t, _ := nameTime(name, time.UTC)
	return !t.IsZero()
}

// dateLine returns which line of the body is the date, -1 if none is. It is the last one, unless
// Gemini's reply follows it in paragraphs.
func dateLine(lines []string, body *htmlText) int {
	ends := []int{len(lines)}
	if body.any {
		ends = []int{body.block, len(lines)}
	}
	for _, end := range ends {
		for _, read := range []func(string) bool{isLocalDate, mayBeDate} {
			for i := end - 1; i >= 0; i-- {
				if read(lines[i]) {
					return i
				}
			}
		}
	}
	return -1
}

// isDetailsLabel reports whether a label of the caption announces how the entry came about.
func isDetailsLabel(label string) bool {
	switch strings.ToLower(strings.TrimRight(label, ": \u00a0")) {
	case "details", "détails", "detalles", "detalhes", "dettagli", "detalls", "szczegóły", "detaljer", "ayrıntılar", "подробности":
		return true
	}
	return false
}

// fileReference returns the name of the file of the export that an attribute refers to, "" if it refers to
// something else. An export's own files lie beside the page, so that they have no host.
func fileReference(value string) string {
	value, _, _ = strings.Cut(strings.TrimSpace(value), "#")
	value, _, _ = strings.Cut(value, "?")
	if value == "" || strings.Contains(value, "//") || strings.Contains(value, ":") {
		return ""
	}
	if name, err := url.PathUnescape(value); err == nil {
		value = name
	}
	return path.Base(treeName(value))
}
