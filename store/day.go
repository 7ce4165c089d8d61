package store

import (
	"fmt"
	"time"
)

// Day is a calendar day. It has no time zone, so that days follow each other by one however long
// they last. Day 1 is 1 January of the year 1; the zero Day is no day.
type Day int

const (
	epoch         Day = 719_163 // 1 January 1970
	secondsPerDay     = 24 * 60 * 60
	// clocksApart is more than clocks of a zone are ever ahead of UTC or behind it.
	clocksApart = 48 * time.Hour
)

// NewDay returns the day of a date. As with [time.Date], 32 January is 1 February.
func NewDay(year int, month time.Month, date int) Day {
	return utcDay(time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix())
}

// ParseDay reads a day in the form YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("read the day %q: it is not written as YYYY-MM-DD", s)
	}
	return utcDay(t.Unix()), nil
}

// DayOf returns the day that calendars in the zone show at an instant.
func DayOf(t time.Time, zone *time.Location) Day {
	_, ahead := t.In(zone).Zone()
	return utcDay(t.Unix() + int64(ahead))
}

// utcDay returns the day in UTC of an instant in Unix seconds.
func utcDay(unix int64) Day {
	day := unix / secondsPerDay
	if unix%secondsPerDay < 0 {
		day--
	}
	return epoch + Day(day)
}

// midnight returns the instant at which the day begins in UTC.
func (d Day) midnight() time.Time {
	return time.Unix(int64(d-epoch)*secondsPerDay, 0).UTC()
}

// Date returns the year, the month and the day of the month.
func (d Day) Date() (year int, month time.Month, date int) { return d.midnight().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.midnight().Weekday() }

// YearDay returns the day of the year, from 1 on.
func (d Day) YearDay() int { return d.midnight().YearDay() }

// Format writes the day as [time.Time.Format] does.
func (d Day) Format(layout string) string { return d.midnight().Format(layout) }

// String returns the day as YYYY-MM-DD.
func (d Day) String() string { return d.Format(time.DateOnly) }

// AddMonths returns the same day of a later month, or of an earlier one if months is negative. It
// is the last day of that month where the month is shorter.
func (d Day) AddMonths(months int) Day {
	year, month, date := d.Date()
	last := NewDay(year, month+time.Month(months)+1, 0)
	_, _, length := last.Date()
	return last - Day(length-min(date, length))
}

// Start returns the first instant of the day in the zone. Where clocks skip the day's midnight, or
// the whole day, that is the instant at which they skip it.
func (d Day) Start(zone *time.Location) time.Time {
	midnight := d.midnight()
	for from := midnight.Add(-clocksApart).In(zone); ; {
		_, ahead := from.Zone()
		start := midnight.Add(-time.Duration(ahead) * time.Second).In(zone)
		if start.Before(from) {
			start = from
		}
		_, to := from.ZoneBounds()
		if to.IsZero() || start.Before(to) {
			return start
		}
		from = to
	}
}

// End returns the instant after the last one of the day in the zone. It is the start of the next
// day, or after it where clocks were set back across midnight, so that the day came again. Of a day
// that clocks skip, start and end are the same.
func (d Day) End(zone *time.Location) time.Time {
	midnight := (d + 1).midnight()
	for to := midnight.Add(clocksApart).In(zone); ; {
		last := to.Add(-1)
		_, ahead := last.Zone()
		end := midnight.Add(-time.Duration(ahead) * time.Second).In(zone)
		if end.After(to) {
			end = to
		}
		from, _ := last.ZoneBounds()
		if from.IsZero() || end.After(from) {
			return end
		}
		to = from
	}
}

// Days are the days from the first to the last one, both included.
type Days struct{ First, Last Day }

// Hold reports whether d is one of the days.
func (s Days) Hold(d Day) bool { return s.First <= d && d <= s.Last }

// Bounds returns the first instant of the days in the zone and the one after their last. mixed
// reports that clocks were set back across midnight at either end, so that some instants between
// the two belong to a day before or after; [DayOf] tells which.
func (s Days) Bounds(zone *time.Location) (from, to time.Time, mixed bool) {
	from, to = s.First.Start(zone), s.Last.End(zone)
	return from, to, (s.First - 1).End(zone).After(from) || (s.Last + 1).Start(zone).Before(to)
}
