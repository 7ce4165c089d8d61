package store

import (
	"cmp"
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"time"
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
	kinds      *names
	people     *names

	seed    maphash.Seed
	phrases map[uint64]phrase // by the hash of their words
	words   []byte            // of the phrase at hand
}

// counted is how many recordings there are of something, and how many of them are unintended.
type counted struct{ recordings, unintended int }

// names counts by name, those as one that no term tells from each other.
type names struct {
	by      Grouping
	figures []*Figure
	of      map[string]*Figure // by each name, as it is written
	same    map[string]*Figure // by what [sameName] makes of it
}

func newNames(by Grouping) *names {
	return &names{by: by, of: map[string]*Figure{}, same: map[string]*Figure{}}
}

// figure is what a name is counted in.
func (n *names) figure(name string) *Figure {
	f := n.of[name]
	if f != nil {
		return f
	}
	same := sameName(n.by, name)
	if f = n.same[same]; f == nil {
		f = &Figure{Name: name, Term: nameTerm(n.by, name)}
		n.same[same], n.figures = f, append(n.figures, f)
	}
	n.of[name] = f
	return f
}

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
		zone: zone, months: map[int]counted{}, devices: map[int64]counted{}, kinds: newNames(ByKind), people: newNames(ByPerson),
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
	text, args := s.sql(", r.device_id, r.unintended, r.kind, "+phrase, table, maxPhrase)
	rows, err := from.QueryContext(ctx, text+s.order(Newest), args...)
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
		t.kinds.figure(kind).Recordings++
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

// addPhrase counts what was said.
func (t *tally) addPhrase(id int64, transcript string) {
	t.words = spoken(t.words[:0], transcript)
	if len(t.words) == 0 {
		return
	}
	hash := maphash.Bytes(t.seed, t.words)
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
	last := map[*Figure]int64{}
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
		if rest[0] != id {
			continue
		}
		f := t.people.figure(name)
		if seen, is := last[f]; !is || seen != id { // two makers may know one name
			f.Recordings++
			last[f] = id
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
	devices, err := all(ctx, from, scanDevice, `SELECT `+deviceColumns+` FROM devices d WHERE merged_into IS NULL ORDER BY d.id`)
	if err != nil {
		return nil, err
	}
	var figures []DeviceFigure
	for _, d := range devices {
		if c, is := t.devices[d.ID]; is {
			figures = append(figures, DeviceFigure{d, DeviceTerm(d, devices), c.recordings, c.unintended})
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
		figures = append(figures, Figure{strings.TrimSpace(r.Transcript), phraseTerm(r.Transcript), times[r.ID]})
	}
	return figures, err
}

// mostFirst is the figures, the largest first.
func (n *names) mostFirst() []Figure {
	var figures []Figure
	for _, f := range n.figures {
		figures = append(figures, *f)
	}
	slices.SortFunc(figures, func(a, b Figure) int { return cmp.Or(b.Recordings-a.Recordings, cmp.Compare(a.Name, b.Name)) })
	return figures
}
