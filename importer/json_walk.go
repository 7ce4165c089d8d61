package importer

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"reflect"
)

// Limits on a JSON text: what one record may take in memory, and how deep values may be nested.
const (
	maxRecordBytes = 16 << 20
	maxJSONDepth   = 64
)

// jsonShape says which values of a JSON text are records.
type jsonShape struct {
	list   func(depth int, key string) bool             // whether the elements of a list are, by the list's depth and key
	fields map[string]bool                              // the fields that an object outside of such lists may have as a record
	single func(fields map[string]json.RawMessage) bool // whether an object with some of these fields is one
	limit  int64                                        // of bytes that one record may take, 0 for [maxRecordBytes]
	cut    int                                          // of bytes after which a text is cut, 0 for never
	flag   string                                       // the key of a field whose being true is told as a record of a list of that key
}

// jsonRecord is one record of a JSON text.
type jsonRecord struct {
	list  string // the key of the list that holds it, "" if it stands on its own
	index int    // counted from 0 over all records of the text
	raw   json.RawMessage

	fields map[string]json.RawMessage // of a record that stands on its own; nil if it is not an object
}

// keysOf returns the JSON keys of the given structs.
func keysOf(structs ...any) map[string]bool {
	keys := map[string]bool{}
	for _, s := range structs {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(s)) {
			keys[field.Tag.Get("json")] = true
		}
	}
	return keys
}

// records yields the records of a JSON text, and holds one at a time. If the text cannot be read to its
// end, the last pair has the error. A final reading counts as progress.
func (in *Input) records(ctx context.Context, m *member, shape jsonShape, final bool) iter.Seq2[jsonRecord, error] {
	return func(yield func(jsonRecord, error) bool) {
		f, err := in.open(m, final)
		if err != nil {
			yield(jsonRecord{}, err)
			return
		}
		defer f.Close()
		w := jsonWalk{jsonShape: shape, yield: yield}
		text, err := shape.textOf(contextReader{ctx, f})
		switch {
		case err != nil:
		case isNDJSON(in.headText(m)):
			err = w.lines(text)
		default:
			err = w.text(text)
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(jsonRecord{}, unreadText(err, w.count))
		}
	}
}

// textOf returns the text of a member, unpacked if it is packed.
func (s jsonShape) textOf(r io.Reader) (io.Reader, error) {
	text := bufio.NewReader(r)
	if head, _ := text.Peek(len(gzipMagic)); string(head) == gzipMagic {
		unpacked, err := gunzip(text)
		if err != nil {
			return nil, err
		}
		text = bufio.NewReader(unpacked)
	}
	if s.cut == 0 {
		return decodeText(text), nil
	}
	return decodeText(&shortStrings{r: text, most: s.cut}), nil
}

// errStopped ends a reading whose records are no longer wanted.
var errStopped = errors.New("stopped")

// unreadText is the error of a text that could be read up to a number of records.
func unreadText(err error, records int) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("it ends in the middle, after %s", countOf(records, "record"))
	}
	return fmt.Errorf("after %s: %w", countOf(records, "record"), err)
}

// jsonWalk is the reading of one JSON text.
type jsonWalk struct {
	jsonShape
	yield  func(jsonRecord, error) bool
	count  int
	listed bool // whether the outermost value is a list
	run    *limitedRun
	dec    *json.Decoder
}

// lines walks a text with one value a line. A broken line is one broken record.
func (w *jsonWalk) lines(r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxRecordBytes)
	for lines.Scan() {
		line := bytes.TrimSpace(lines.Bytes())
		var err error
		switch {
		case len(line) == 0:
		case w.list(0, ""):
			err = w.record("", line)
		default:
			err = w.line(line)
		}
		if err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("one line is larger than %d bytes", maxRecordBytes)
	}
	return lines.Err()
}

// line walks a line. Most are one object in which nothing else can be a record, and need not be walked.
func (w *jsonWalk) line(line []byte) error {
	var fields map[string]json.RawMessage
	if line[0] == '{' && json.Unmarshal(line, &fields) == nil && w.isFlat(fields) {
		maps.DeleteFunc(fields, func(key string, _ json.RawMessage) bool { return !w.fields[key] })
		return w.ofFields(fields)
	}
	if !json.Valid(line) {
		return w.record("", line)
	}
	return w.text(bytes.NewReader(line))
}

// isFlat reports whether no object or list stands in an object but in the fields of a record.
func (w *jsonWalk) isFlat(fields map[string]json.RawMessage) bool {
	for key, value := range fields {
		if !w.fields[key] && (value[0] == '{' || value[0] == '[') {
			return false
		}
	}
	return true
}

// text walks the values of a text, one after the other.
func (w *jsonWalk) text(r io.Reader) error {
	w.limit = cmp.Or(w.limit, maxRecordBytes)
	w.run = &limitedRun{r: r, most: w.limit, left: w.limit}
	w.dec = json.NewDecoder(w.run)
	for {
		tok, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		w.listed = tok == json.Delim('[')
		if err == nil {
			err = w.value(tok, 0, "")
		}
		if err != nil {
			return err
		}
	}
}

// next walks the next value, which has a key or stands in a list.
func (w *jsonWalk) next(depth int, key string) error {
	tok, err := w.dec.Token()
	if err != nil {
		return err
	}
	return w.value(tok, depth, key)
}

// value walks a value that begins with tok.
func (w *jsonWalk) value(tok json.Token, depth int, key string) error {
	if depth > maxJSONDepth {
		return fmt.Errorf("it is nested more than %d deep", maxJSONDepth)
	}
	w.run.left = w.limit
	switch tok {
	case json.Delim('{'):
		return w.object(depth)
	case json.Delim('['):
		return w.elements(depth, key)
	}
	if is, ok := tok.(bool); ok && is && key != "" && key == w.flag {
		if !w.yield(jsonRecord{list: key}, nil) {
			return errStopped
		}
	}
	if depth == 1 && w.listed { // where the list should have a record
		return w.record("", json.RawMessage(fmt.Sprintf("%q", fmt.Sprint(tok))))
	}
	return nil
}

// elements walks the rest of a list whose bracket was read.
func (w *jsonWalk) elements(depth int, key string) error {
	holdsRecords := w.list(depth, key)
	for w.dec.More() {
		var raw json.RawMessage
		var err error
		if !holdsRecords {
			err = w.next(depth+1, "")
		} else if err = w.decode(&raw); err == nil {
			err = w.record(key, raw)
		}
		if err != nil {
			return err
		}
	}
	_, err := w.dec.Token()
	return err
}

// object walks the rest of an object whose brace was read.
func (w *jsonWalk) object(depth int) error {
	fields := map[string]json.RawMessage{}
	for w.dec.More() {
		tok, err := w.dec.Token()
		if err != nil {
			return err
		}
		key, _ := tok.(string)
		if w.fields[key] {
			var raw json.RawMessage
			err = w.decode(&raw)
			fields[key] = raw
		} else {
			err = w.next(depth+1, key)
		}
		if err != nil {
			return err
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return err
	}
	return w.ofFields(fields)
}

// ofFields takes an object as a record if its fields are those of one.
func (w *jsonWalk) ofFields(fields map[string]json.RawMessage) error {
	if len(fields) == 0 || !w.single(fields) {
		return nil
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("read a record: %w", err)
	}
	return w.take(jsonRecord{raw: raw, fields: fields})
}

func (w *jsonWalk) decode(raw *json.RawMessage) error {
	w.run.left = w.limit
	return w.dec.Decode(raw)
}

func (w *jsonWalk) record(list string, raw json.RawMessage) error {
	return w.take(jsonRecord{list: list, raw: raw})
}

func (w *jsonWalk) take(r jsonRecord) error {
	r.index = w.count
	w.count++
	if !w.yield(r, nil) {
		return errStopped
	}
	return nil
}

// limitedRun is a reader that gives up after too many bytes without a value having ended: the
// decoder would hold all of them in memory.
type limitedRun struct {
	r          io.Reader
	most, left int64
}

func (l *limitedRun) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("one value is larger than %d bytes", l.most)
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}
