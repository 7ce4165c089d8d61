package deletion

import (
	"cmp"
	"math"
	"slices"
	"time"

	"unsaid/store"
)

const secondsPerDay = 24 * 60 * 60

// day is a calendar day, counted from 1 January 1970. It is a date without a time zone, so that
// days follow each other by one however long they last.
type day int64

// parseDay reads a day in the form YYYY-MM-DD.
func parseDay(s string) (day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, err
	}
	return day(t.Unix() / secondsPerDay), nil
}

// String returns the day as YYYY-MM-DD.
func (d day) String() string {
	return d.midnight().Format(time.DateOnly)
}

// midnight returns the first instant of the day in UTC.
func (d day) midnight() time.Time {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC()
}

// start returns the first instant of the day in the zone. Where clocks skip the day's midnight,
// or the whole day, that is the instant at which they skip it.
func (d day) start(zone *time.Location) time.Time {
	midnight := d.midnight()
	before := midnight.Add(-offset(midnight.Add(-24*time.Hour), zone)).In(zone)
	after := midnight.Add(-offset(midnight.Add(24*time.Hour), zone)).In(zone)
	if after.Before(before) {
		before, after = after, before
	}
	for _, t := range []time.Time{before, after} {
		if t.Format(time.DateTime) == midnight.Format(time.DateTime) {
			return t
		}
	}
	skipped, _ := after.ZoneBounds()
	return skipped
}

// offset returns how far the zone's clocks are ahead of UTC at t.
func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// dated is a moment with the day on which it was recorded.
type dated struct {
	Moment
	day day
}

// calendar tells the days of instants in a zone. It remembers the span between two changes of
// the clocks that the last instant fell into, since asking the zone for each of a million
// instants in a row is slow.
type calendar struct {
	zone     *time.Location
	from, to int64 // Unix seconds for which ahead holds; to is not included
	ahead    int64 // seconds that local time is ahead of UTC
}

// day returns the day of an instant given in Unix seconds.
func (c *calendar) day(unix int64) day {
	if unix < c.from || unix >= c.to {
		t := time.Unix(unix, 0).In(c.zone)
		_, ahead := t.Zone()
		c.ahead, c.from, c.to = int64(ahead), math.MinInt64, math.MaxInt64
		start, end := t.ZoneBounds()
		if !start.IsZero() {
			c.from = start.Unix()
		}
		if !end.IsZero() {
			c.to = end.Unix()
		}
	}
	local := unix + c.ahead
	d := local / secondsPerDay
	if local%secondsPerDay < 0 {
		d--
	}
	return day(d)
}

// byDay returns the moments with their days, the days in order. The order of time is not always
// the order of days: clocks set back across midnight return to the day before.
func (c *calendar) byDay(moments []Moment) []dated {
	list := make([]dated, len(moments))
	for i, m := range moments {
		list[i] = dated{m, c.day(store.IDTime(m.ID).Unix())}
	}
	slices.SortStableFunc(list, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	return list
}
