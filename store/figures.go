package store

import (
	"context"
	"fmt"
	"time"
)

// Figures is what the recordings of a query come to when they are counted.
type Figures struct {
	Recordings int
	Unintended int
	Undated    int // of unknown time: they are in no month and at no hour
	Months     []MonthFigure
	Week       [7][24]int // by local weekday, Monday first, and local hour
	Devices    []DeviceFigure
	People     []Figure // who was recognised
	Phrases    []Figure // what was said more than once, as it was said last; at most [MostPhrases]
	Kinds      []Figure // the makers' words for kinds of recordings, "" for those without one
}

// Figure counts the recordings that have something in common. A list of them has each name once
// and begins with the most.
type Figure struct {
	Name       string
	Term       string // finds them within the query; "" if no term does
	Recordings int
}

// MonthFigure counts the recordings of a local month. A list of them goes from the first month that
// has any to the last and leaves none out between.
type MonthFigure struct {
	Year       int
	Month      time.Month
	Recordings int
	Unintended int
	Total      int // recordings of this month and of all before it
}

// DeviceFigure counts the recordings of a device.
type DeviceFigure struct {
	Device
	Term       string // finds them within the query; "" if no term does
	Recordings int
	Unintended int
}

// MostPhrases is how many phrases there are among figures at most.
const MostPhrases = 50

// maxPhrase is how long what is counted as a phrase can be, in bytes: what is longer is hardly said
// twice, and need not be read.
const maxPhrase = 200

// Figures counts the recordings that q chooses. Months, weekdays and hours are those of zone.
//
// All that is asked of a recording is read in one pass. Memory grows with the number of recordings
// and of different phrases, by a few words for each; not with their length.
func (db *DB) Figures(ctx context.Context, q Query, zone *time.Location) (Figures, error) {
	f, err := db.figures(ctx, q, zone)
	if err != nil {
		return Figures{}, fmt.Errorf("count recordings: %w", err)
	}
	return f, nil
}

func (db *DB) figures(ctx context.Context, q Query, zone *time.Location) (Figures, error) {
	s, err := db.statement(ctx, q, byState)
	if err != nil {
		return Figures{}, err
	}
	t := newTally(zone)
	if err := t.countRecordings(ctx, db.read, s); err != nil {
		return Figures{}, err
	}
	if err := t.countPeople(ctx, db.read); err != nil {
		return Figures{}, err
	}
	f := Figures{
		Recordings: len(t.ids), Unintended: t.unintended, Undated: t.undated,
		Months: t.monthFigures(), Week: t.week, People: t.people.mostFirst(), Kinds: t.kinds.mostFirst(),
	}
	if f.Devices, err = t.deviceFigures(ctx, db.read); err != nil {
		return Figures{}, err
	}
	f.Phrases, err = t.phraseFigures(ctx, db)
	return f, err
}
