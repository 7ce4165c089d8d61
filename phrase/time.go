package phrase

import (
	"fmt"
	"strings"
	"time"

	"unsaid/store"
)

// Layouts of days and times.
const (
	DayLayout    = "Mon 2 Jan 2006"
	TimeLayout   = "15:04:05"
	MomentLayout = DayLayout + " " + TimeLayout
	MinuteLayout = "2 Jan 2006 15:04"
)

// UnknownTime stands where a time is not known.
const UnknownTime = "time unknown"

// Span is a long duration in words: 41 h, 12 min, 8 s.
func Span(d time.Duration) string {
	switch {
	case d >= 10*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	case d >= time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	case d >= time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

// Days is the span between two times as local days; a zero time is not known.
func Days(from, to time.Time, zone *time.Location) string {
	if from.IsZero() && to.IsZero() {
		return UnknownTime
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

// Step says what a step of a request asks for.
func Step(s store.Step, zone *time.Location) string {
	recordings := Count(len(s.Recordings), "recording")
	switch {
	case s.Kind == store.WholeDevice:
		return fmt.Sprintf("everything of the device (%s)", recordings)
	case s.Kind == store.DayRange && s.From == s.To:
		return fmt.Sprintf("all of %s (%s)", s.From, recordings)
	case s.Kind == store.DayRange:
		return fmt.Sprintf("all of %s to %s (%s)", s.From, s.To, recordings)
	}
	return "one recording: " + store.IDTime(s.Recordings[0]).In(zone).Format(MomentLayout)
}
