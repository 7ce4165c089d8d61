package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
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
	tables, err := s.openTables(ctx, in, sink)
	if err != nil {
		return err
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

// openTables finds out what the tables are. It returns those of transcripts, in order of their paths, reads those of
// devices at once, and accounts for the others. The error is the sink's or the context's.
func (s alexaArchive) openTables(ctx context.Context, in *Input, sink Sink) ([]*transcripts, error) {
	sorter := tableSorter{in: in, many: len(in.of(contentTable, contentRows)) > 1}
	var told []*candidate
	open := map[string][]*candidate{} // by header: tables with one header are of one kind
	for _, m := range in.of(contentTable, contentRows) {
		t, err := s.openTable(ctx, in, m)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			err = sink.Member(ctx, failed(m.path, err.Error()))
		case sorter.named(t):
			sorter.sure = true
			told = append(told, t)
			if t.namesAudio && !t.cols.has(roleReply) {
				err = guessWords(ctx, in, []*candidate{t})
			}
		default:
			sorter.sure = sorter.sure || t.namesAudio && !sorter.elsewhere(m)
			open[headerKey(t.header)] = append(open[headerKey(t.header)], t)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, header := range slices.Sorted(maps.Keys(open)) {
		found, err := s.settle(ctx, in, sink, sorter, open[header])
		if err != nil {
			return nil, err
		}
		told = append(told, found...)
	}
	if err := noteBefore(ctx, in, told); err != nil {
		return nil, err
	}
	slices.SortFunc(told, func(a, b *candidate) int { return strings.Compare(a.m.path, b.m.path) })
	var tables []*transcripts
	for _, c := range told {
		t, err := s.transcriptsOf(ctx, in, sink, c)
		if err != nil {
			return nil, err
		}
		if t != nil {
			tables = append(tables, t)
		}
	}
	return tables, nil
}

// candidate is a table that may be one of transcripts.
type candidate struct {
	*table
	mapping map[string]string
	cols    columns
	before  columns // by which an earlier import may have read it, nil if by the same

	mappedBefore map[string]string // the mapping that held before this import
	namesAudio   bool              // some cells are names of audio files
	registers    bool              // it is a list of devices, each once
}

// openTable recognises the columns of a table by their names, and dates and audio by their cells.
func (s alexaArchive) openTable(ctx context.Context, in *Input, m *member) (*candidate, error) {
	t, sample, err := in.openTable(ctx, m)
	if err != nil {
		return nil, err
	}
	c := &candidate{table: t}
	if c.mapping, c.mappedBefore, err = s.memory.mapping(ctx, t.header, s.mapping); err != nil {
		return nil, err
	}
	c.cols = recognizeColumns(t.header, sample, c.mapping, in.audioNamedIn(m)).cols
	serials := map[string]bool{}
	c.registers = c.cols.has(roleDevice) && c.cols.has(roleSerial)
	for _, row := range sample {
		if cell := c.cols.cell(row, roleAudio); cell != "" {
			c.namesAudio = c.namesAudio || hasAudioSuffix(cell) || in.audioNamedIn(m)(cell)
		}
		if serial := c.cols.cell(row, roleSerial); serial != "" {
			c.registers = c.registers && !serials[serial]
			serials[serial] = true
		}
	}
	return c, nil
}

// audioNamedIn returns a function that reports whether there is audio that a cell of a table names.
func (in *Input) audioNamedIn(m *member) func(cell string) bool {
	return func(cell string) bool { return in.audio.named(cell, m.path) != nil }
}

// settle finds out what tables with one header are whose names of columns do not tell: by the cells of all of them,
// if anything speaks for transcripts. It returns those, and accounts for the others.
func (s alexaArchive) settle(ctx context.Context, in *Input, sink Sink, sorter tableSorter, alike []*candidate) ([]*candidate, error) {
	likely := slices.ContainsFunc(alike, sorter.likely)
	if likely {
		if err := guessWords(ctx, in, alike); err != nil {
			return nil, err
		}
	}
	var found []*candidate
	for _, c := range alike {
		var err error
		switch {
		case likely && isTranscripts(c.cols):
			found = append(found, c)
		case c.registers || !likely && c.cols.has(roleDevice) && c.cols.has(roleSerial):
			err = importDevices(ctx, in, sink, c.table, c.cols)
		case likely:
			reason, remedy := unknownColumns(c.header, c.cols)
			err = sink.Member(ctx, mendable(failed(c.m.path, reason), remedy))
		default:
			reason := "none of its columns looks like a transcript: " + quoteColumns(c.header) + "; if one is, name it and the column of the time"
			err = sink.Member(ctx, mendable(ignored(c.m.path, reason), store.NameColumns))
		}
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// guessWords finds the words in tables with one header by the cells of all of them.
func guessWords(ctx context.Context, in *Input, alike []*candidate) error {
	sample, err := pool(ctx, in, alike)
	if err != nil {
		return err
	}
	finder := recognizeColumns(alike[0].header, sample, alike[0].mapping, in.audioNamedIn(alike[0].m))
	finder.guessWords()
	for _, c := range alike {
		c.cols = finder.cols
	}
	return nil
}

// noteBefore notes by which columns tables may have been read before the user named others now.
func noteBefore(ctx context.Context, in *Input, told []*candidate) error {
	named := map[string][]*candidate{} // by header
	for _, c := range told {
		if !maps.Equal(c.mapping, c.mappedBefore) {
			named[headerKey(c.header)] = append(named[headerKey(c.header)], c)
		}
	}
	for _, alike := range named {
		sample, err := pool(ctx, in, alike)
		if err != nil {
			return err
		}
		finder := recognizeColumns(alike[0].header, sample, alike[0].mappedBefore, in.audioNamedIn(alike[0].m))
		finder.guessWords()
		for _, c := range alike {
			if isTranscripts(finder.cols) {
				c.before = finder.cols
			}
		}
	}
	return nil
}

// pool samples the rows of tables with one header.
func pool(ctx context.Context, in *Input, alike []*candidate) (sample [][]string, err error) {
	for _, c := range alike {
		_, rows, err := in.openTable(ctx, c.m)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil { // else it is reported when the rows are imported
			sample = append(sample, rows[:min(len(rows), sampleRows/len(alike)+1)]...)
		}
	}
	return sample, nil
}

// isTranscripts reports whether a table with these columns has recordings.
func isTranscripts(cols columns) bool {
	return (cols.has(roleText) || cols.has(roleReply)) &&
		(cols.has(roleTime) || cols.has(roleID) || cols.has(roleUtterance) || cols.has(roleAudio))
}

// tableSorter tells which tables may be transcripts.
type tableSorter struct {
	in   *Input
	many bool // there are several tables
	sure bool // a table is one of transcripts by its names of columns, or it names audio
}

// named reports whether a table is one of transcripts by the names of its columns. In another department's folder
// they have to speak of nothing else.
func (s tableSorter) named(c *candidate) bool {
	if !c.cols.has(roleText) || !isTranscripts(c.cols) {
		return false
	}
	by := c.cols[roleText][0]
	return by.by == store.DecidedByMap || !s.elsewhere(c.m) || speaksOfTranscripts(c.header[by.at])
}

// maxLoneColumns is how many columns a table may have that is read as one of transcripts though nothing else speaks for
// it: the tables of shops have more.
const maxLoneColumns = 8

// likely reports whether a table may be one of transcripts though the names of its columns do not tell all: it names
// audio, its path or a column speaks of transcripts, it lies with audio that no other table names, or it is the only
// table.
func (s tableSorter) likely(c *candidate) bool {
	switch {
	case s.elsewhere(c.m), c.registers && !c.namesAudio:
		return false
	case c.cols.has(roleText) && speaksOfTranscripts(c.header[c.cols[roleText][0].at]):
		return true
	case !c.cols.has(roleTime) && !c.namesAudio && len(s.in.members) > 1:
		return false
	}
	return c.namesAudio || speaksOfTranscripts(c.m.path) || !s.sure && s.besideAudio(c.m) || !s.many && len(c.header) <= maxLoneColumns
}

// elsewhere reports whether a table belongs to another department of a maker's archive, or to another maker's, or lies
// beside the same account's history in another form.
func (s tableSorter) elsewhere(m *member) bool {
	if strings.Contains(strings.ToLower(m.path), "alexa") || speaksOfTranscripts(m.path) {
		return false
	}
	return anyPath(s.in, "alexa", "all data categories", "your amazon orders", "filedescriptions.csv") ||
		strings.Contains(strings.ToLower(s.in.root), "all data categories") ||
		s.in.has(contentTakeout, contentTakeoutHTML) || m.content == contentRows && s.in.has(contentHistory, contentActivities)
}

// besideAudio reports whether there is audio in the folder of a member, or in a folder in it.
func (s tableSorter) besideAudio(m *member) bool {
	folder := path.Dir(m.path) + "/"
	for _, audio := range s.in.of(contentAudio) {
		if folder == "./" || strings.HasPrefix(audio.path, folder) {
			return true
		}
	}
	return false
}

// transcriptsOf settles what the dates of a table mean. It returns nil for a table of which that cannot be told, which
// fails.
func (s alexaArchive) transcriptsOf(ctx context.Context, in *Input, sink Sink, c *candidate) (*transcripts, error) {
	ts := &transcripts{table: c.table, cols: c.cols, own: writtenByUnsaid(c.header)}
	err := s.settleDates(ctx, in, ts, c.mapping)
	if c.before != nil {
		ts.before = &transcripts{table: c.table, cols: c.before, order: ts.order}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if errors.Is(err, errMixedOrder) || errors.Is(err, errAmbiguousOrder) {
		return nil, sink.Member(ctx, mendable(failed(c.m.path, err.Error()), store.OrderDates))
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

// anyPath reports whether the path of a member contains any of the words.
func anyPath(in *Input, words ...string) bool {
	for i := range in.members {
		p := strings.ToLower(in.members[i].path)
		if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(p, word) }) {
			return true
		}
	}
	return false
}

// unknownColumns explains why a table cannot be read, and which columns the user has to name.
func unknownColumns(header []string, cols columns) (reason string, remedy store.Remedy) {
	missing, remedy := "columns hold the time and the text", store.NameColumns
	switch {
	case cols.has(roleText):
		missing, remedy = "column holds the time", store.NameTimeColumn
	case cols.has(roleTime):
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

// importDevices reads a table of devices, such as registration.csv with its column AccountName. With dates, its rows may
// be recordings as well.
func importDevices(ctx context.Context, in *Input, sink Sink, t *table, cols columns) error {
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
	o := ignored(t.m.path, "it names devices, which were noted, and holds no recordings")
	o.MayHold = cols.has(roleTime)
	return sink.Member(ctx, o)
}
