package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"unsaid/store"
)

// alexaArchive reads the archive that Amazon hands out on "Request my data": audio files, a table
// of transcripts, and a table of registered devices. The table's header, and how the audio files
// are called, are not publicly documented, so both are found out from what is there. Dumps that
// people made (seen in several downloaders) are tables of the same kind.
type alexaArchive struct {
	mapping map[string]string
	memory  columnMemory
	ask     func(ctx context.Context, member string, dates []string) (string, error)
}

func (alexaArchive) Name() string { return "alexa-archive" }

func (s alexaArchive) Import(ctx context.Context, in *Input, sink Sink) error {
	var tables []*transcripts
	for _, m := range in.of(contentTable, contentRows) {
		t, err := s.openTable(ctx, in, sink, m)
		if err != nil {
			return err
		}
		if t != nil {
			tables = append(tables, t)
		}
	}
	if err := linkNumbered(ctx, in, tables); err != nil {
		return err
	}
	if err := linkByTime(ctx, in, tables); err != nil {
		return err
	}
	for _, t := range tables {
		if err := t.importRows(ctx, in, sink); err != nil {
			return err
		}
	}
	if len(tables) == 0 && !looseAlexaAudio(in) {
		return nil
	}
	loose := in.of(contentAudio)
	slices.SortStableFunc(loose, func(a, b *member) int { return cmp.Compare(wakeWord(a), wakeWord(b)) })
	return importLooseAudio(ctx, in, sink, loose, looseAlexaRecording)
}

// openTable finds out what a table is. It reads a table of devices at once, accounts for a table
// that holds no recordings, and returns one of transcripts. The error is the sink's or the context's.
func (s alexaArchive) openTable(ctx context.Context, in *Input, sink Sink, m *member) (*transcripts, error) {
	t, sample, err := in.openTable(ctx, m)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, sink.Member(ctx, failed(m.path, err.Error()))
	}
	mapping, err := s.memory.mapping(ctx, t.header, s.mapping)
	if err != nil {
		return nil, err
	}
	cols := recognizeColumns(t.header, sample, mapping)
	has := func(r role) bool { return len(cols[r]) > 0 }
	switch {
	case has(roleText) && (has(roleTime) || has(roleID) || has(roleUtterance) || has(roleAudio)):
	case has(roleDevice) && has(roleSerial) && !has(roleText):
		return nil, importDevices(ctx, in, sink, t, cols, has(roleTime) && proseBeside(cols, sample))
	case undecided(in, m, cols, sample):
		reason, remedy := unknownColumns(t.header, cols)
		return nil, sink.Member(ctx, mendable(failed(m.path, reason), remedy))
	default:
		reason := "none of its columns looks like a transcript: " + quoteColumns(t.header) + "; if one is, name it and the column of the time"
		return nil, sink.Member(ctx, mendable(ignored(m.path, reason), store.NameColumns))
	}
	ts := &transcripts{table: t, cols: cols, own: writtenByUnsaid(t.header)}
	err = s.settleDates(ctx, in, ts, mapping)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if errors.Is(err, errMixedOrder) || errors.Is(err, errAmbiguousOrder) {
		return nil, sink.Member(ctx, mendable(failed(m.path, err.Error()), store.OrderDates))
	}
	return ts, nil // any other error comes again, with the rows before it, when they are imported
}

// settleDates finds out whether the month or the day comes first in a table's dates: from the
// mapping, else from the rows, else by asking.
func (s alexaArchive) settleDates(ctx context.Context, in *Input, t *transcripts, mapping map[string]string) error {
	if t.order = orderNamed(mapping[mapDates]); t.order != orderUnknown {
		return nil
	}
	err := t.settleDates(ctx, in)
	if !errors.Is(err, errAmbiguousOrder) || s.ask == nil {
		return err
	}
	answer, askErr := s.ask(ctx, t.m.path, t.spelled)
	if t.order = orderNamed(answer); askErr != nil || t.order == orderUnknown {
		return errors.Join(err, askErr)
	}
	return s.memory.remember(ctx, t.header, with(mapping, answer))
}

// undecided reports whether a table that was not recognised may be one of recordings nevertheless:
// it has words or audio by their names, or dates and prose by the look of its cells. Of an archive
// with several departments' tables, only those of Alexa count, and beside a Takeout, too; of a table
// that was all there is to import, prose is enough.
func undecided(in *Input, m *member, cols columns, sample [][]string) bool {
	if anyPath(in, "alexa") && !strings.Contains(strings.ToLower(m.path), "alexa") {
		return false
	}
	if in.has(contentHistory, contentActivities) && m.content == contentRows {
		return false
	}
	if in.has(contentTakeout, contentTakeoutHTML) && !strings.Contains(strings.ToLower(m.path), "alexa") {
		return false
	}
	if len(cols[roleText]) > 0 || len(cols[roleAudio]) > 0 {
		return true
	}
	alone := len(in.members) == 1
	if len(cols[roleTime]) == 0 && !alone {
		return false
	}
	prose := false
	for _, row := range sample {
		for _, cell := range row {
			prose = prose || isWords(cell) && !isDate(cell)
		}
	}
	return prose
}

// anyPath reports whether the path of a member contains word.
func anyPath(in *Input, word string) bool {
	for i := range in.members {
		if strings.Contains(strings.ToLower(in.members[i].path), word) {
			return true
		}
	}
	return false
}

// unknownColumns explains why a table cannot be read, and which columns the user has to name.
func unknownColumns(header []string, cols columns) (reason string, remedy store.Remedy) {
	missing, remedy := "columns hold the time and the text", store.NameColumns
	switch {
	case len(cols[roleText]) > 0:
		missing, remedy = "column holds the time", store.NameTimeColumn
	case len(cols[roleTime]) > 0:
		missing, remedy = "column holds the text", store.NameTextColumn
	}
	return fmt.Sprintf("unsaid cannot tell which %s; name it; its columns are %s", missing, quoteColumns(header)), remedy
}

// quoteColumns lists the names of columns, as many as a message can hold.
func quoteColumns(header []string) string {
	const most = 30
	if len(header) == 0 {
		return "none"
	}
	var names []string
	for i, h := range header {
		if i == most {
			names = append(names, fmt.Sprintf("and %d more", len(header)-most))
			break
		}
		names = append(names, quote(strings.TrimSpace(h)))
	}
	return strings.Join(names, ", ")
}

// writtenByUnsaid reports whether a table has columns that unsaid alone writes. Such a table says what a library has, not
// what a maker has.
func writtenByUnsaid(header []string) bool {
	for _, name := range []string{"time_from", "vendor_id", "state", "request"} {
		if !slices.Contains(header, name) {
			return false
		}
	}
	return true
}

// proseBeside reports whether a table has words in columns of which nothing is known.
func proseBeside(cols columns, sample [][]string) bool {
	known := map[int]bool{}
	for _, list := range cols {
		for _, i := range list {
			known[i] = true
		}
	}
	for _, row := range sample {
		for i, cell := range row {
			if !known[i] && isWords(cell) && !isDate(cell) {
				return true
			}
		}
	}
	return false
}

// importDevices reads a table of devices, such as registration.csv with its column AccountName. mayHold says that its
// rows may be recordings as well.
func importDevices(ctx context.Context, in *Input, sink Sink, t *table, cols columns, mayHold bool) error {
	for r, err := range t.rows(ctx, in, true) {
		if err != nil {
			return unreadable(ctx, sink, t.m, err)
		}
		d := cols.device(r.cells)
		if d.Serial == "" || d.Name == "" {
			continue
		}
		if err := sink.Device(ctx, store.Amazon, d); err != nil {
			return err
		}
	}
	o := imported(t.m.path, "names of devices")
	o.MayHold = mayHold
	return sink.Member(ctx, o)
}
