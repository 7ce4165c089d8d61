package importer

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
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
	for r, err := range t.rows(ctx, in, false) {
		if err != nil && len(sample) == 0 {
			return nil, nil, err
		}
		if err != nil || len(sample) == sampleRows {
			break
		}
		if r.cells != nil {
			sample = append(sample, slices.Clone(r.cells))
		}
	}
	return t, sample, nil
}

// rowShape is that of a list of objects: the text itself, the first level of an object around it, or one
// object a line.
var rowShape = jsonShape{list: func(depth int, _ string) bool { return depth <= 1 }}

// collectKeys makes the header of a JSON table of the keys that its rows have.
func (t *table) collectKeys(ctx context.Context, in *Input) error {
	known := map[string]bool{}
	for r, err := range in.records(ctx, t.m, rowShape, false) {
		switch {
		case err != nil && len(t.header) == 0:
			return err
		case err != nil || r.index == headerRows: // an error further on is reported when the rows are read
			return nil
		}
		for _, key := range slices.Sorted(maps.Keys(flatten(r.raw))) {
			if !known[key] && len(t.header) < maxColumns {
				known[key] = true
				t.header = append(t.header, key)
			}
		}
	}
	return nil
}

// row is a row of a table.
type row struct {
	n     int      // the line it begins in, or for JSON its index
	cells []string // valid until the next row is read; nil for a JSON value that is not an object
}

// rows yields the rows. If the member cannot be read to its end, the last pair has the error. A final
// reading counts as progress.
func (t *table) rows(ctx context.Context, in *Input, final bool) iter.Seq2[row, error] {
	if t.json {
		return t.jsonRows(ctx, in, final)
	}
	return func(yield func(row, error) bool) {
		f, err := in.open(t.m, final)
		if err != nil {
			yield(row{}, err)
			return
		}
		defer f.Close()
		limit := &limitedRun{r: decodeText(contextReader{ctx, f}), left: maxRecordBytes}
		r := delimited(limit, t.comma)
		for headed := false; ; {
			cells, err := r.Read()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && len(cells) > maxColumns:
				err = fmt.Errorf("it has more than %d columns", maxColumns)
			}
			if err != nil {
				yield(row{}, err)
				return
			}
			limit.left = maxRecordBytes
			if !headed {
				headed, t.header = true, slices.Clone(cells)
				continue
			}
			line, _ := r.FieldPos(0)
			if !yield(row{line, cells}, nil) {
				return
			}
		}
	}
}

func (t *table) jsonRows(ctx context.Context, in *Input, final bool) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		cells := make([]string, len(t.header))
		for r, err := range in.records(ctx, t.m, rowShape, final) {
			next := row{n: r.index}
			if values := flatten(r.raw); values != nil {
				for i, key := range t.header {
					cells[i] = values[key]
				}
				next.cells = cells
			}
			if !yield(next, err) {
				return
			}
		}
	}
}

// delimited returns a reader of delimited text, however badly it is quoted.
func delimited(r io.Reader, comma rune) *csv.Reader {
	rows := csv.NewReader(r)
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = comma, true, -1, true
	return rows
}

// delimiter returns the delimiter that cuts the beginning of a text into the most columns, the
// same number in most of its lines.
func delimiter(text []byte) rune {
	best, bestScore := ',', 0
	for _, comma := range []rune{',', ';', '\t'} {
		r := delimited(bytes.NewReader(text), comma)
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
