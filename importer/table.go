package importer

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// sampleRows is how many rows decide what the columns hold.
const sampleRows = 500

// headerRows is how many rows of a JSON table are looked through for keys, since a row may leave
// out any of them.
const headerRows = 20_000

// maxColumns is more than any table of a voice history has.
const maxColumns = 1000

// table is a member of rows: delimited text, or JSON with a flat object a row.
type table struct {
	m      *member
	json   bool
	comma  rune
	header []string
}

// errEnough ends the reading of a table early.
var errEnough = errors.New("enough rows")

// place names a row in a report: member:line, or member#index for JSON.
func (t *table) place(n int) string {
	if t.json {
		return fmt.Sprintf("%s#%d", t.m.path, n)
	}
	return fmt.Sprintf("%s:%d", t.m.path, n)
}

// openTable finds out how a member is delimited and what its header is, and samples its rows.
func (in *Input) openTable(ctx context.Context, m *member) (*table, [][]string, error) {
	t := &table{m: m, json: m.content == contentRows}
	if t.json {
		if err := t.collectKeys(ctx, in); err != nil {
			return nil, nil, err
		}
	} else {
		t.comma = delimiter(in.headText(m))
	}
	var sample [][]string
	err := t.rows(ctx, in, false, func(_ int, cells []string) error {
		if cells != nil {
			sample = append(sample, slices.Clone(cells))
		}
		if len(sample) == sampleRows {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) && len(sample) == 0 {
		return nil, nil, err
	}
	return t, sample, nil
}

// collectKeys makes the header of a JSON table of the keys that its rows have.
func (t *table) collectKeys(ctx context.Context, in *Input) error {
	n := 0
	known := map[string]bool{}
	err := in.jsonRows(ctx, t.m, false, func(_ int, raw json.RawMessage) error {
		for _, key := range slices.Sorted(maps.Keys(flatten(raw))) {
			if !known[key] && len(t.header) < maxColumns {
				known[key] = true
				t.header = append(t.header, key)
			}
		}
		if n++; n == headerRows {
			return errEnough
		}
		return nil
	})
	if n > 0 {
		return nil // what is wrong further on is told when the rows are read
	}
	return err
}

// rows calls fn with the cells of every row and the line it begins in, or for JSON its index. The
// cells are only valid during the call; they are nil for a JSON value that is no object. A final reading counts as progress. The error is a
// [emitError] if it is fn's.
func (t *table) rows(ctx context.Context, in *Input, final bool, fn func(n int, cells []string) error) error {
	if t.json {
		cells := make([]string, len(t.header))
		return in.jsonRows(ctx, t.m, final, func(n int, raw json.RawMessage) error {
			values := flatten(raw)
			if values == nil {
				return fn(n, nil)
			}
			for i, key := range t.header {
				cells[i] = values[key]
			}
			return fn(n, cells)
		})
	}
	f, err := in.reader(t.m, final)
	if err != nil {
		return err
	}
	defer f.Close()
	limit := &limitedRun{r: decodeText(contextReader{ctx, f}), left: maxRecordBytes}
	r := csv.NewReader(limit)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = t.comma, true, -1, true
	headed := false
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(cells) > maxColumns:
			return fmt.Errorf("it has more than %d columns", maxColumns)
		}
		limit.left = maxRecordBytes
		if !headed {
			headed = true
			t.header = slices.Clone(cells)
			continue
		}
		line, _ := r.FieldPos(0)
		if err := fn(line, cells); err != nil {
			return emitError{err}
		}
	}
}

// delimiter returns the delimiter that cuts the beginning of a text into the most columns, the
// same number in most of its lines.
func delimiter(text []byte) rune {
	best, bestScore := ',', 0
	for _, comma := range []rune{',', ';', '\t'} {
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
		width, alike := 0, 0
		for range 20 {
			cells, err := r.Read()
			if err != nil {
				break
			}
			if width == 0 {
				width = len(cells)
			}
			if len(cells) == width {
				alike++
			}
		}
		if score := (width - 1) * alike; score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

// jsonRows calls fn with every object of a list of objects: the text itself, the first level of an
// object around it, or one object a line. The error is a [emitError] if it is fn's.
func (in *Input) jsonRows(ctx context.Context, m *member, final bool, fn func(n int, raw json.RawMessage) error) error {
	f, err := in.reader(m, final)
	if err != nil {
		return err
	}
	defer f.Close()
	limit := &limitedRun{r: decodeText(contextReader{ctx, f}), left: maxRecordBytes}
	dec := json.NewDecoder(limit)
	rows := rowReader{dec: dec, limit: limit, fn: fn}
	if isNDJSON(in.headText(m)) {
		err = jsonLines(limit.r, rows.row) // a broken line is one broken row
	} else {
		err = rows.container()
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("it ends in the middle, after %s", countOf(rows.n, "record"))
	}
	return err
}

// rowReader reads JSON rows.
type rowReader struct {
	dec   *json.Decoder
	limit *limitedRun
	fn    func(n int, raw json.RawMessage) error
	n     int
}

// list reads the rest of a list whose bracket was read.
func (r *rowReader) list() error {
	for r.dec.More() {
		var raw json.RawMessage
		r.limit.left = maxRecordBytes
		if err := r.dec.Decode(&raw); err != nil {
			return err
		}
		if err := r.row(raw); err != nil {
			return err
		}
	}
	_, err := r.dec.Token()
	return err
}

func (r *rowReader) row(raw json.RawMessage) error {
	if err := r.fn(r.n, raw); err != nil {
		return emitError{err}
	}
	r.n++
	return nil
}

// container reads a list, or the lists that are the values of an object.
func (r *rowReader) container() error {
	tok, err := r.dec.Token()
	switch {
	case err != nil:
		return err
	case tok == json.Delim('['):
		return r.list()
	case tok != json.Delim('{'):
		return nil
	}
	for r.dec.More() {
		if _, err := r.dec.Token(); err != nil { // the key
			return err
		}
		tok, err := r.dec.Token()
		switch {
		case err != nil:
			return err
		case tok == json.Delim('['):
			err = r.list()
		case tok == json.Delim('{'):
			err = r.skipObject()
		}
		if err != nil {
			return err
		}
	}
	_, err = r.dec.Token()
	return err
}

// skipObject reads to the end of an object whose brace was read.
func (r *rowReader) skipObject() error {
	for depth := 1; depth > 0; {
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		r.limit.left = maxRecordBytes
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// flatten returns the values of an object by their keys; those of an object inside of it by both
// keys, with a dot between. Null is as if the key were absent. It returns nil for what is no object.
func flatten(raw json.RawMessage) map[string]string {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var fields map[string]any
	if dec.Decode(&fields) != nil {
		return nil
	}
	values := map[string]string{}
	for key, v := range fields {
		switch v := v.(type) {
		case nil:
		case map[string]any:
			for k, v := range v {
				values[key+"."+k] = scalar(v)
			}
		default:
			values[key] = scalar(v)
		}
	}
	return values
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	case []any:
		words := make([]string, len(v))
		for i := range v {
			words[i] = scalar(v[i])
		}
		return strings.TrimSpace(strings.Join(words, " "))
	}
	return ""
}

// account tells what became of the table whose rows were read with err: the table's own error fails
// it alone, one of the function that took the rows, or a cancellation, ends the import. mayHold says that it may hold
// recordings that were not read.
func (t *table) account(ctx context.Context, sink Sink, err error, note string, mayHold bool) error {
	var emitErr emitError
	switch {
	case errors.As(err, &emitErr):
		return emitErr.err
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return sink.Member(ctx, failed(t.m.path, err.Error()))
	}
	o := imported(t.m.path, note)
	o.MayHold = mayHold
	return sink.Member(ctx, o)
}
