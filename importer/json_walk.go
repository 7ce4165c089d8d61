package importer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Limits on a JSON text: what one record may take in memory, and how deep values may be nested.
const (
	maxRecordBytes = 16 << 20
	maxJSONDepth   = 64
)

// jsonRecord is one record of a JSON text.
type jsonRecord struct {
	list  string // the key of the list it stood in, "" if it stood on its own
	index int    // counted from 0 over all records of the text
	raw   json.RawMessage
}

// jsonWalk finds the records of a JSON text, wherever they stand, and holds one at a time.
type jsonWalk struct {
	lists  map[string]bool                              // keys whose lists hold records
	single func(fields map[string]json.RawMessage) bool // whether an object outside of them is a record
	fields map[string]bool                              // the fields that single records may have
	emit   func(jsonRecord) error

	count  int
	listed bool // whether the value at work is a list of records
	limit  *limitedRun
	dec    *json.Decoder
}

// emitError is an error of the function that takes the records or rows, not of the member.
type emitError struct{ err error }

func (e emitError) Error() string { return e.err.Error() }
func (e emitError) Unwrap() error { return e.err }

// walkJSON walks the text of m. The first error is the text's: what it held up to there has been
// emitted. The second one is emit's, or the context's.
func (in *Input) walkJSON(ctx context.Context, m *member, w jsonWalk) (textErr, err error) {
	f, err := in.open(m)
	if err != nil {
		return err, nil
	}
	defer f.Close()
	text := decodeText(contextReader{ctx, f})
	if isNDJSON(in.headText(m)) {
		textErr = w.lines(text)
	} else {
		textErr = w.text(text)
	}
	var emitErr emitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(textErr, &emitErr):
		return nil, emitErr.err
	case errors.Is(textErr, io.EOF), errors.Is(textErr, io.ErrUnexpectedEOF):
		return fmt.Errorf("it ends in the middle, after %s", countOf(w.count, "record")), nil
	case textErr != nil:
		return fmt.Errorf("after %s: %w", countOf(w.count, "record"), textErr), nil
	}
	return nil, nil
}

// lines walks a text with one value a line. A broken line is one broken record.
func (w *jsonWalk) lines(r io.Reader) error {
	return jsonLines(r, func(line json.RawMessage) error {
		if !json.Valid(line) {
			return w.record("", line)
		}
		return w.text(bytes.NewReader(line))
	})
}

// jsonLines calls fn with every line of a text that is not empty. The line is only valid during
// the call.
func jsonLines(r io.Reader, fn func(line json.RawMessage) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxRecordBytes)
	for lines.Scan() {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			if err := fn(line); err != nil {
				return err
			}
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("one line is larger than %d bytes", maxRecordBytes)
	}
	return lines.Err()
}

// text walks the values of a text, one after the other.
func (w *jsonWalk) text(r io.Reader) error {
	w.limit = &limitedRun{r: r, left: maxRecordBytes}
	w.dec = json.NewDecoder(w.limit)
	for {
		err := w.value(0)
		if errors.Is(err, errNoValue) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// errNoValue is the end of the text where a value could have begun.
var errNoValue = errors.New("no more values")

// value reads one value and emits the records in it.
func (w *jsonWalk) value(depth int) error {
	tok, err := w.dec.Token()
	switch {
	case depth == 0 && errors.Is(err, io.EOF):
		return errNoValue
	case err != nil:
		return err
	case depth > maxJSONDepth:
		return fmt.Errorf("it is nested more than %d deep", maxJSONDepth)
	}
	w.limit.left = maxRecordBytes
	if depth == 0 {
		w.listed = tok == json.Delim('[')
	}
	switch tok {
	case json.Delim('{'):
		return w.object(depth)
	case json.Delim('['):
		for w.dec.More() {
			if err := w.value(depth + 1); err != nil {
				return err
			}
		}
		_, err = w.dec.Token()
		return err
	}
	if depth == 1 && w.listed { // where the list should have a record
		return w.record("", json.RawMessage(fmt.Sprintf("%q", fmt.Sprint(tok))))
	}
	return nil
}

// object reads the rest of an object whose brace was read.
func (w *jsonWalk) object(depth int) error {
	var fields map[string]json.RawMessage
	for w.dec.More() {
		tok, err := w.dec.Token()
		if err != nil {
			return err
		}
		key, _ := tok.(string)
		switch {
		case w.lists[key]:
			err = w.list(key, depth+1)
		case w.fields[key]:
			var raw json.RawMessage
			if err = w.decode(&raw); err == nil {
				if fields == nil {
					fields = map[string]json.RawMessage{}
				}
				fields[key] = raw
			}
		default:
			err = w.value(depth + 1)
		}
		if err != nil {
			return err
		}
	}
	if _, err := w.dec.Token(); err != nil {
		return err
	}
	if fields == nil || !w.single(fields) {
		return nil
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("read a record: %w", err)
	}
	return w.record("", raw)
}

// list reads the value of a key that should hold a list of records.
func (w *jsonWalk) list(key string, depth int) error {
	tok, err := w.dec.Token()
	if err != nil {
		return err
	}
	switch tok {
	case json.Delim('{'):
		return w.object(depth)
	case json.Delim('['):
	default:
		return nil
	}
	for w.dec.More() {
		var raw json.RawMessage
		if err := w.decode(&raw); err != nil {
			return err
		}
		if err := w.record(key, raw); err != nil {
			return err
		}
	}
	_, err = w.dec.Token()
	return err
}

func (w *jsonWalk) decode(raw *json.RawMessage) error {
	w.limit.left = maxRecordBytes
	return w.dec.Decode(raw)
}

func (w *jsonWalk) record(list string, raw json.RawMessage) error {
	err := w.emit(jsonRecord{list: list, index: w.count, raw: raw})
	w.count++
	if err != nil {
		return emitError{err}
	}
	return nil
}

// limitedRun is a reader that gives up after too many bytes without a value having ended: the
// decoder would hold all of them in memory.
type limitedRun struct {
	r    io.Reader
	left int64
}

func (l *limitedRun) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("one value is larger than %d bytes", maxRecordBytes)
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}
