package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"unsaid/phrase"
	"unsaid/store"
)

// length is the length of a sound in a list: 2.4s, 1:07, 1:02:07; – if it is not known.
func length(d time.Duration) string { return cmp.Or(phrase.Length(d), "–") }

// clock is a position in a clip: 0:01.4.
func clock(d time.Duration) string {
	return fmt.Sprintf("%d:%04.1f", int(d.Minutes()), (d % time.Minute).Truncate(100*time.Millisecond).Seconds())
}

// Layouts of dates and times on the screen.
const (
	dayLayout    = "Mon 2 Jan 2006"
	timeLayout   = "15:04:05"
	momentLayout = dayLayout + " " + timeLayout
	minuteLayout = "2 Jan 2006 15:04"
)

const unknownTime = "time unknown"

// moment is a recording's day and time.
func moment(r *store.Recording, zone *time.Location) string {
	if r.TimeFrom == store.TimeUnknown {
		return unknownTime
	}
	text := r.Time.In(zone).Format(momentLayout)
	switch r.TimeFrom {
	case store.TimeModified:
		return text + " (by the file's date)"
	case store.TimeName:
		return text + " (by the file's name)"
	}
	return text
}

// days is the span of two times as local days.
func days(from, to time.Time, zone *time.Location) string {
	if from.IsZero() && to.IsZero() {
		return unknownTime
	}
	first, last := from.In(zone).Format("2 Jan 2006"), to.In(zone).Format("2 Jan 2006")
	switch {
	case from.IsZero():
		return "up to " + last
	case first == last:
		return first
	}
	if year := from.In(zone).Format(" 2006"); strings.HasSuffix(last, year) {
		first = strings.TrimSuffix(first, year)
	}
	return first + " – " + last
}
