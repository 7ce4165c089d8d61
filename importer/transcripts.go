package importer

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// transcripts is a table of recordings whose columns are known. Its dates are in UTC where they
// carry no zone, as Amazon's usually are.
type transcripts struct {
	*table
	cols    columns
	order   dateOrder
	spelled []string        // some dates of which it cannot be told what they mean
	byTime  map[int]*member // audio that was joined with a row because their times are close

	numbered map[int]*member // audio that is called by the numbers of the rows; see linkNumbered

	before    *transcripts // as an earlier import may have read it, nil if that was the same
	own       bool         // unsaid wrote it
	left      int          // rows that are not records
	firstLeft int          // the first of them
}

// importRows reads all rows, each with its audio.
func (t *transcripts) importRows(ctx context.Context, in *Input, sink Sink) error {
	seen, seenBefore := occurrencesIn(t.m), occurrencesIn(t.m)
	for r, err := range t.rows(ctx, in, true) {
		if err != nil {
			return unreadable(ctx, sink, t.m, err)
		}
		if err := t.importRow(ctx, in, sink, r, seen, seenBefore); err != nil {
			return err
		}
	}
	if err := sink.Export(ctx, store.Amazon, ""); err != nil {
		return err
	}
	o := imported(t.m.path, t.note())
	o.Columns = t.cols.report(t.header)
	return sink.Member(ctx, o)
}

func (t *transcripts) importRow(ctx context.Context, in *Input, sink Sink, r row, seen, seenBefore *occurrences) error {
	if r.cells == nil {
		return sink.Member(ctx, failedRecord(t.place(r.n), "it is not a JSON object"))
	}
	rec, err := t.recording(r)
	rec.Clip = t.cols.cell(r.cells, roleAudio)
	switch {
	case errors.Is(err, errNoRecord):
		if t.left++; t.left == 1 {
			t.firstLeft = r.n
		}
		return nil
	case err != nil:
		return sink.Member(ctx, failedRecord(t.place(r.n), err.Error()))
	}
	if audio, by := t.audioOf(in, r); audio != nil {
		in.attach(&rec, audio, by)
		rec.Clip = path.Base(audio.path)
		if rec.Time.IsZero() {
			rec.Time, rec.TimeFrom = nameTime(audio.path, time.UTC)
		}
	}
	seen.mark(&rec)
	rec.List.Own = t.own
	if t.before != nil {
		rec.Before = t.before.readBefore(&rec, r, seenBefore)
	}
	return sink.Add(ctx, rec)
}

// readBefore reads a row with the columns of an earlier import, as far as it was a record then, nil otherwise.
func (t *transcripts) readBefore(now *store.Incoming, r row, seen *occurrences) *store.Incoming {
	was, err := t.recording(r)
	if err != nil || was.Identifier() != "" {
		return nil
	}
	was.Audio = now.Audio
	seen.mark(&was)
	return &was
}

// note says which lines of an imported table were left out, "" if none.
func (t *transcripts) note() string {
	if t.left == 0 {
		return ""
	}
	return fmt.Sprintf("left out %s without a record; the first is %s", countOf(t.left, "line"), t.place(t.firstLeft))
}

// errNoRecord is the error for a row that is not a record, such as the summary below a table.
var errNoRecord = errors.New("not a record")

// recording reads one row.
func (t *transcripts) recording(r row) (store.Incoming, error) {
	row := r.cells
	for _, cell := range row {
		if lost := t.swallowed(cell); lost > 0 {
			return store.Incoming{}, fmt.Errorf("a quotation mark in it is not closed, so %s after it could not be read; mend the line and import again", countOf(lost, "line"))
		}
	}
	rec := store.Incoming{
		Vendor:     store.Amazon,
		Device:     t.cols.device(row),
		Transcript: strings.ReplaceAll(t.cols.cell(row, roleText), " | ", " "),
		Reply:      strings.ReplaceAll(t.cols.cell(row, roleReply), " | ", "\n"),
		Kind:       t.cols.cell(row, roleKind),
		Domain:     t.cols.cell(row, roleDomain),
		Intent:     t.cols.cell(row, roleIntent),
	}
	if name := t.cols.cell(row, rolePerson); name != "" {
		rec.People = []store.IncomingPerson{{Name: name}}
	}
	ids := t.identifiers(row)
	ids.apply(&rec)
	said := strings.Split(t.cols.cell(row, roleText), " | ") // several values, as dumps that people made join them
	rec.Unintended = unintendedKind(rec.Kind) || slices.ContainsFunc(said, unintendedText)
	audio := t.cols.cell(row, roleAudio)
	spelled := t.timeCell(row)
	if isAbsent(spelled) {
		if rec.Identifier() == "" && audio == "" && (rec.Transcript == "" || len(row) < len(t.header)) {
			return store.Incoming{}, errNoRecord
		}
		return rec, nil
	}
	at, err := parseDate(spelled, t.order, time.UTC)
	switch {
	case err == nil:
		rec.Time, rec.TimeFrom = at, store.TimeExact
	case !rec.Time.IsZero(): // the identifier gave it
	case t.explains(r):
		return store.Incoming{}, errNoRecord
	case rec.Identifier() == "" && audio == "" && (!hasLetters(rec.Transcript) || len(row) < len(t.header)):
		return store.Incoming{}, errNoRecord
	default:
		return store.Incoming{}, fmt.Errorf("its time %s %w", quote(spelled), err)
	}
	return rec, nil
}

// explains reports whether a row is the line below the header that says what each column holds, as some tables have one.
func (t *transcripts) explains(r row) bool {
	explanation := func(cell string) bool { return isWords(cell) && !strings.ContainsAny(cell, "0123456789") }
	return !t.json && r.n == 2 && len(r.cells) == len(t.header) && !slices.ContainsFunc(r.cells, func(cell string) bool { return !explanation(cell) })
}

// swallowed returns how many lines a cell holds that are rows of their own: those that a quotation
// mark which was never closed has made part of it. It returns 0 for a cell that merely has several lines.
func (t *transcripts) swallowed(cell string) int {
	_, more, found := strings.Cut(cell, "\n")
	if !found || t.json || !t.cols.has(roleTime) {
		return 0
	}
	at := t.cols[roleTime][0].at
	for line := range strings.Lines(more) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), string(t.comma))
		if len(cells) >= len(t.header) && isDate(strings.Trim(cells[at], `" `)) {
			return 1 + strings.Count(strings.TrimRight(more, "\r\n"), "\n")
		}
	}
	return 0
}

func hasLetters(s string) bool {
	return strings.ContainsFunc(s, isLetter)
}

// timeCell returns the date of a row, with the clock if that has a column of its own.
func (t *transcripts) timeCell(row []string) string {
	return strings.TrimSpace(t.cols.cell(row, roleTime) + " " + t.cols.cell(row, roleClock))
}

func (t *transcripts) identifiers(row []string) *identifiers {
	ids := &identifiers{}
	ids.addUnsure(t.cols.cell(row, roleID))
	ids.add(t.cols.cell(row, roleUtterance))
	return ids
}

// audioOf returns the audio of a row: the one that it names, or the one that carries its
// identifier, or the one that has its number, or the one whose time is closest.
func (t *transcripts) audioOf(in *Input, r row) (*member, store.LinkedBy) {
	if cell := t.cols.cell(r.cells, roleAudio); cell != "" {
		if m := in.audio.named(cell, t.m.path); m != nil {
			return m, store.LinkedByName
		}
		if m := in.audio.identified(cell); m != nil {
			return m, store.LinkedByIdentifier
		}
	}
	if m := in.audio.identified(t.identifiers(r.cells).all()...); m != nil {
		return m, store.LinkedByIdentifier
	}
	if m := t.numbered[r.n]; m != nil {
		return m, store.LinkedByName
	}
	return t.byTime[r.n], store.LinkedByTime
}
