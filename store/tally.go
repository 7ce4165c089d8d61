package store

import (
	"bytes"
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// tally counts recordings for [DB.Figures].
type tally struct {
	zone       *time.Location
	ids        []int64 // that were counted, the newest first
	unintended int
	undated    int
	week       [7][24]int
	months     map[int]counted   // by month since the year 0
	devices    map[int64]counted // by id
	kinds      map[string]int
	people     map[string]int

	seed    maphash.Seed
	phrases map[uint64]phrase // by the hash of their words
	words   []byte            // of the phrase at hand
}

// counted is how many recordings there are of something, and how many of them are unintended.
type counted struct{ recordings, unintended int }

// plus counts one more.
func (c counted) plus(unintended bool) counted {
	c.recordings++
	if unintended {
		c.unintended++
	}
	return c
}

// phrase is what was said once or more.
type phrase struct {
	newest int64 // the recording where it was said last
	times  int
}

func newTally(zone *time.Location) *tally {
	return &tally{
		zone: zone, months: map[int]counted{}, devices: map[int64]counted{}, kinds: map[string]int{}, people: map[string]int{},
		seed: maphash.MakeSeed(), phrases: map[uint64]phrase{},
	}
}

// countRecordings counts what a statement finds.
func (t *tally) countRecordings(ctx context.Context, from querier, s *statement) error {
	phrase := `CASE WHEN octet_length(r.transcript) <= ? THEN r.transcript ELSE '' END`
	table := "recordings r"
	if len(s.match) == 0 && len(s.where) == 1 {
		// Of nearly all recordings, most is read by walking them; looking up each one takes twice as long.
		table += " NOT INDEXED"
	}
	text := s.selecting(", r.device_id, r.unintended, r.kind, "+phrase, table) + s.order(Newest)
	rows, err := from.QueryContext(ctx, text, append([]any{maxPhrase}, s.args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, device int64
		var unintended bool
		var kind, transcript string
		if err := rows.Scan(&id, &device, &unintended, &kind, &transcript); err != nil {
			return err
		}
		if s.keep != nil && !s.keep(id) {
			continue
		}
		t.ids = append(t.ids, id)
		t.devices[device] = t.devices[device].plus(unintended)
		t.kinds[kind]++
		t.addTime(id, unintended)
		if unintended {
			t.unintended++
		} else { // in place of the words there may be the maker's that they were none
			t.addPhrase(id, transcript)
		}
	}
	return rows.Err()
}

// addTime counts a recording in its month and at its hour.
func (t *tally) addTime(id int64, unintended bool) {
	if id < firstKnown {
		t.undated++
		return
	}
	local := IDTime(id).In(t.zone)
	year, month, _ := local.Date()
	at := year*12 + int(month) - 1
	t.months[at] = t.months[at].plus(unintended)
	t.week[fromMonday(local.Weekday())][local.Hour()]++
}

// addPhrase counts what was said. The case of letters and what stands between words make no other
// phrase of it, as they make no difference to a search.
func (t *tally) addPhrase(id int64, transcript string) {
	t.words = t.words[:0]
	for _, r := range transcript {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			t.words = utf8.AppendRune(t.words, unicode.ToLower(r))
		case len(t.words) > 0 && t.words[len(t.words)-1] != ' ':
			t.words = append(t.words, ' ')
		}
	}
	words := bytes.TrimSuffix(t.words, []byte(" "))
	if len(words) == 0 {
		return
	}
	hash := maphash.Bytes(t.seed, words)
	p := t.phrases[hash]
	p.newest, p.times = max(p.newest, id), p.times+1
	t.phrases[hash] = p
}

// countPeople counts who was recognised in the recordings.
func (t *tally) countPeople(ctx context.Context, from querier) error {
	rows, err := from.QueryContext(ctx, `SELECT rp.recording_id, p.name FROM recording_people rp
		CROSS JOIN people p ON p.id = rp.person_id WHERE p.name <> '' ORDER BY rp.recording_id DESC`)
	if err != nil {
		return err
	}
	defer rows.Close()
	rest := t.ids // both go from the newest to the oldest
	last := map[string]int64{}
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		for len(rest) > 0 && rest[0] > id {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			break
		}
		if seen, is := last[name]; rest[0] == id && (!is || seen != id) { // two makers may know one name
			t.people[name]++
			last[name] = id
		}
	}
	return rows.Err()
}

func (t *tally) monthFigures() []MonthFigure {
	if len(t.months) == 0 {
		return nil
	}
	var figures []MonthFigure
	first, last, total := 1<<30, 0, 0
	for at := range t.months {
		first, last = min(first, at), max(last, at)
	}
	for at := first; at <= last; at++ {
		c := t.months[at]
		total += c.recordings
		figures = append(figures, MonthFigure{
			Year: at / 12, Month: time.Month(at%12 + 1), Recordings: c.recordings, Unintended: c.unintended, Total: total,
		})
	}
	return figures
}

func (t *tally) deviceFigures(ctx context.Context, from querier) ([]DeviceFigure, error) {
	devices, err := all(ctx, from, scanDevice, `SELECT `+deviceColumns+` FROM devices d ORDER BY d.id`)
	if err != nil {
		return nil, err
	}
	var figures []DeviceFigure
	for _, d := range devices {
		if c, is := t.devices[d.ID]; is {
			figures = append(figures, DeviceFigure{d, c.recordings, c.unintended})
		}
	}
	slices.SortStableFunc(figures, func(a, b DeviceFigure) int { return b.Recordings - a.Recordings })
	return figures, nil
}

// phraseFigures reads the phrases that were said most.
func (t *tally) phraseFigures(ctx context.Context, db *DB) ([]Figure, error) {
	var most []phrase
	for _, p := range t.phrases {
		if p.times > 1 {
			most = append(most, p)
		}
	}
	slices.SortFunc(most, func(a, b phrase) int { return cmp.Or(b.times-a.times, cmp.Compare(b.newest, a.newest)) })
	most = most[:min(len(most), MostPhrases)]
	ids, times := make([]int64, len(most)), map[int64]int{}
	for i, p := range most {
		ids[i], times[p.newest] = p.newest, p.times
	}
	said, err := db.Recordings(ctx, ids)
	var figures []Figure
	for _, r := range said {
		figures = append(figures, Figure{strings.TrimSpace(r.Transcript), times[r.ID]})
	}
	return figures, err
}

// mostFirst makes figures of counts by name.
func mostFirst(counts map[string]int) []Figure {
	var figures []Figure
	for name, n := range counts {
		figures = append(figures, Figure{name, n})
	}
	slices.SortFunc(figures, func(a, b Figure) int { return cmp.Or(b.Recordings-a.Recordings, cmp.Compare(a.Name, b.Name)) })
	return figures
}
