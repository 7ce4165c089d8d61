package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unsaid/phrase"
	"unsaid/store"
)

// pageSize is how many recordings are told at once.
const pageSize = 10

// listing is the recordings that were found last, the newest first. They are numbered from 1.
type listing struct {
	text  string // what chose them
	query store.Query
	ids   []int64
	top   int  // index of the first one of the page
	at    int  // index of the one that is meant where no number is said; -1 for none
	fixed bool // the ids were chosen by hand, not by the query
}

func findCommands() []command {
	return []command{
		{"find", "f", "QUERY", "search; without a query, everything", "Words find what has all of them; the last one may be cut short.\nWords in quotation marks are found in this order.\n" +
			"A minus before a word or a term means: without it.\nBy device, person or maker: device:kitchen, person:anna, source:amazon.\n" +
			"By day, month or year: on:2024-05-03, after:2024-01, before:2024.\nBy hour and length: hour:22-5, longer:10s.\n" +
			"By the import it came with: import:3.\nBy kind: is:unintended, is:typed, is:requested, is:still-there.\nBy what there is of it: has:audio, has:transcript, has:reply; no: is the reverse.", (*session).find},
		{"list", "l", "N", "say the page of what was found again; with a number, the page that it is on", "", (*session).relist},
		{"more", "m", "", "the next page", "", func(s *session, ctx context.Context, _ string) error { return s.turn(ctx, s.found.top+pageSize) }},
		{"back", "b", "", "the page before", "", func(s *session, ctx context.Context, _ string) error { return s.turn(ctx, s.found.top-pageSize) }},
		{"sort", "J", "newest, oldest or longest", "which comes first", "", (*session).sort},
		{"count", "G", "device, person, kind, month, day or hour, or N", "count what was found by something; with a number, find one of the groups", "", (*session).count},
		{"save", "B", "NAME", "keep the search under a name", "", (*session).save},
		{"searches", "Q", "N, drop N or forget", "list saved and past searches; with a number, find anew", "", (*session).searches},
		{"open", "o", "N", "all that is known of a recording", "Without a number it is the one spoken of last.", (*session).open},
	}
}

// find searches, and remembers for what.
func (s *session) find(ctx context.Context, text string) error {
	if err := s.search(ctx, text); err != nil || text == "" {
		return err
	}
	return s.o.DB.Remember(ctx, text)
}

// search says the first page of what a query finds.
func (s *session) search(ctx context.Context, text string) error {
	query, err := store.ParseQuery(text, s.now())
	if err != nil {
		return place(text, err)
	}
	query.Sort = s.order
	return s.show(ctx, text, query)
}

// place says at which letter of a query its wrong term begins.
func place(text string, err error) error {
	var wrong *store.QueryError
	if errors.As(err, &wrong) && wrong.At > 0 {
		return fmt.Errorf("at letter %d, %w", utf8.RuneCountInString(text[:wrong.At])+1, err)
	}
	return err
}

// show lists what a query finds. text says how it was chosen.
func (s *session) show(ctx context.Context, text string, query store.Query) error {
	ids, err := s.o.DB.IDs(ctx, query)
	if err != nil {
		return err
	}
	s.found = listing{text: text, query: query, ids: ids, at: -1}
	if len(ids) == 0 {
		return s.list(ctx, "")
	}
	s.say("%s found.", phrase.Count(len(ids), "recording"))
	return s.list(ctx, "")
}

// refresh finds again what was found, after something has changed.
func (s *session) refresh(ctx context.Context) error {
	ids, err := s.o.DB.IDs(ctx, s.found.query)
	if err != nil {
		return err
	}
	if s.found.fixed {
		there := make(map[int64]bool, len(ids))
		for _, id := range ids {
			there[id] = true
		}
		ids = slices.DeleteFunc(slices.Clone(s.found.ids), func(id int64) bool { return !there[id] })
	}
	if !slices.Equal(ids, s.found.ids) {
		s.found.ids, s.found.at = ids, -1
		s.found.top = max(0, min(s.found.top, (len(ids)-1)/pageSize*pageSize))
	}
	return nil
}

// inTrash reports whether what is listed lies in the trash.
func (l *listing) inTrash() bool { return l.query.State == store.Trashed }

// relist says a page of what is found now: another process may have changed the library.
func (s *session) relist(ctx context.Context, arg string) error {
	if err := s.changed(ctx); err != nil {
		return err
	}
	return s.list(ctx, arg)
}

// list says a page.
func (s *session) list(ctx context.Context, arg string) error {
	l := &s.found
	if arg != "" {
		index, err := s.index(arg)
		if err != nil {
			return err
		}
		l.top = index / pageSize * pageSize
	}
	if len(l.ids) == 0 {
		s.say("%s", nothingFound(l.text))
		return nil
	}
	ids := l.ids[l.top:min(l.top+pageSize, len(l.ids))]
	rows, err := s.rows(ctx, ids)
	if err != nil {
		return err
	}
	day := ""
	for i, id := range ids {
		r, here := rows[id]
		if !here {
			s.say("%d. Not there any more.", l.top+i+1)
			continue
		}
		if d := s.heading(&r); d != day {
			s.say("%s.", d)
			day = d
		}
		s.say("%s", s.line(l.top+i, &r))
	}
	switch last := l.top + len(ids); {
	case last < len(l.ids):
		s.say("%d to %d of %s. more goes on.", l.top+1, last, phrase.Comma(len(l.ids)))
	case l.top > 0:
		s.say("%d to %d of %s, the end. back goes back.", l.top+1, last, phrase.Comma(len(l.ids)))
	}
	return nil
}

func nothingFound(text string) string {
	if text == "" {
		return "There are no recordings."
	}
	return "No recordings found: " + text
}

// rows reads recordings by their ids.
func (s *session) rows(ctx context.Context, ids []int64) (map[int64]store.Recording, error) {
	list, err := s.o.DB.Recordings(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make(map[int64]store.Recording, len(list))
	for _, r := range list {
		rows[r.ID] = r
	}
	return rows, nil
}

// turn goes to another page of what is found now.
func (s *session) turn(ctx context.Context, top int) error {
	if err := s.changed(ctx); err != nil {
		return err
	}
	switch {
	case len(s.found.ids) == 0:
	case top >= len(s.found.ids):
		return errors.New("that was the last page; list says it again")
	case top < 0:
		return errors.New("that was the first page; list says it again")
	default:
		s.found.top = top
	}
	return s.list(ctx, "")
}

// heading is the day of a recording.
func (s *session) heading(r *store.Recording) string {
	if r.TimeFrom == store.TimeUnknown {
		return "Day unknown"
	}
	return s.dates().Weekday(store.DayOf(r.Time, s.o.Zone))
}

// wordsInLine is how many letters of what was said a line has.
const wordsInLine = 160

// line tells a recording in a line: its number, what was said, where and when.
func (s *session) line(index int, r *store.Recording) string {
	text := fmt.Sprintf("%d", index+1)
	if s.marked[r.ID] {
		text += ", marked"
	}
	return text + ". " + said(r) + " " + s.where(r)
}

// said is what was said, in short.
func said(r *store.Recording) string {
	words := strings.TrimSpace(r.Transcript)
	if words == "" {
		words = "No words"
	}
	switch {
	case r.Unintended:
		words = "Unintended: " + words
	case r.Typed:
		words = "Typed: " + words
	}
	return phrase.Closed(short(words, wordsInLine))
}

// where is the device, the time of the day and the sound of a recording.
func (s *session) where(r *store.Recording) string {
	text := phrase.Device(r.Device)
	if r.TimeFrom != store.TimeUnknown {
		text += ", " + r.Time.In(s.o.Zone).Format("15:04")
	}
	return text + ", " + sound(r) + "."
}

// sound is how long a recording sounds.
func sound(r *store.Recording) string {
	if r.Audio == nil {
		return "no sound"
	}
	return length(r.Audio.Duration.Round(100 * time.Millisecond))
}
