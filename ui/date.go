package ui

import "time"

// date is a local day.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date{y, m, d}
}

// noon is a time on the day that no clock change reaches.
func (d date) noon() time.Time { return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC) }

func (d date) plus(days int) date { return dateOf(d.noon().AddDate(0, 0, days)) }

// plusMonths is the same day of another month, or the last one of it if it is shorter.
func (d date) plusMonths(months int) date {
	first := date{d.year, d.month, 1}.noon().AddDate(0, months, 0)
	return date{first.Year(), first.Month(), min(d.day, first.AddDate(0, 1, -1).Day())}
}

func (d date) String() string { return d.noon().Format(time.DateOnly) }

// start is when the day begins in a zone.
func (d date) start(zone *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, zone)
}

func (d date) before(other date) bool { return d.noon().Before(other.noon()) }
