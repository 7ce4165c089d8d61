package plain

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"unsaid/store"
)

// Layouts of days and times as they are said.
const (
	dayLayout    = "2 January 2006"
	timeLayout   = "15:04"
	momentLayout = "Monday " + dayLayout + " at 15:04:05"
	minuteLayout = dayLayout + " at " + timeLayout
)

const unknownTime = "time unknown"

// count is a number with its noun: "1 recording", "1,204 recordings".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return comma(n) + " " + noun + "s"
}

// comma is a number with its thousands apart: 1,204.
func comma(n int) string { return humanize.Comma(int64(n)) }

// tally joins how many there are of what, leaving out what is none: "3 gone, 1 still there".
func tally(parts ...amount) string {
	var said []string
	for _, p := range parts {
		if p.n > 0 {
			said = append(said, comma(p.n)+" "+p.what)
		}
	}
	return strings.Join(said, ", ")
}

// amount is how many there are of something.
type amount struct {
	n    int
	what string
}

// length is how long something sounds: 2.4 seconds, 3 minutes 12 seconds, 41 hours 3 minutes.
func length(d time.Duration) string {
	switch {
	case d <= 0:
		return "length unknown"
	case d < time.Minute:
		text := strconv.FormatFloat(d.Seconds(), 'f', 1, 64)
		text = strings.TrimSuffix(text, ".0")
		if text == "1" {
			return "1 second"
		}
		return text + " seconds"
	case d < time.Hour:
		return two(int(d/time.Minute), "minute", int(d%time.Minute/time.Second), "second")
	}
	return two(int(d/time.Hour), "hour", int(d%time.Hour/time.Minute), "minute")
}

// ofSound is how much sound there is.
func ofSound(d time.Duration) string {
	if d <= 0 {
		return "no sound"
	}
	return length(d) + " of sound"
}

// two is an amount in two units, the smaller one left out if it is none.
func two(n int, unit string, rest int, small string) string {
	if rest == 0 {
		return count(n, unit)
	}
	return count(n, unit) + " " + count(rest, small)
}

// size is an amount of data: 512 bytes, 64 kilobytes, 1.2 megabytes.
func size(n int64) string {
	if n < 1000 {
		return count(int(max(0, n)), "byte")
	}
	value, unit := float64(n)/1000, "kilobyte"
	for _, larger := range []string{"megabyte", "gigabyte", "terabyte"} {
		if value < 999.5 {
			break
		}
		value, unit = value/1000, larger
	}
	digits := 0
	if value < 10 {
		digits = 1
	}
	text := strings.TrimSuffix(strconv.FormatFloat(value, 'f', digits, 64), ".0")
	if text == "1" {
		return "1 " + unit
	}
	return text + " " + unit + "s"
}

// moment is a recording's day and time.
func (s *session) moment(r *store.Recording) string {
	if r.TimeFrom == store.TimeUnknown {
		return unknownTime
	}
	text := r.Time.In(s.o.Zone).Format(momentLayout)
	switch r.TimeFrom {
	case store.TimeModified:
		return text + ", by the file's date"
	case store.TimeName:
		return text + ", by the file's name"
	}
	return text
}

// minute is a time to the minute.
func (s *session) minute(t time.Time) string { return t.In(s.o.Zone).Format(minuteLayout) }

// days is the span of two times as local days.
func (s *session) days(from, to time.Time) string {
	switch first, last := from.In(s.o.Zone).Format(dayLayout), to.In(s.o.Zone).Format(dayLayout); {
	case to.IsZero():
		return unknownTime
	case from.IsZero():
		return "up to " + last
	case first == last:
		return first
	default:
		return first + " to " + last
	}
}

// dayOf says a day that is written as 2025-03-01; what is no day stays as it is.
func dayOf(day string) string {
	d, err := store.ParseDay(day)
	if err != nil {
		return day
	}
	return d.Format(dayLayout)
}

// readDay reads a day as people write it, or as it is said here.
func (s *session) readDay(text string) (store.Day, error) {
	return store.DayNamed(text, s.today())
}

// standing is where a recording or request stands with the maker.
func standing(status store.RequestStatus) string {
	switch status {
	case store.Draft:
		return "drafted"
	case store.Sent:
		return "asked"
	case store.Gone:
		return "gone"
	case store.StillThere:
		return "still there"
	case store.CannotTell:
		return "cannot tell"
	}
	return "not asked"
}

// maker is the name of a vendor.
func maker(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "Amazon"
	case store.Google:
		return "Google"
	case store.OVOS:
		return "OVOS"
	case store.HomeAssistant:
		return "Home Assistant"
	}
	return "files"
}

// oneOf joins names: "a, b or c".
func oneOf(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// sentence begins a text with a capital letter, and closes it.
func sentence(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return closed(string(unicode.ToUpper(first)) + text[n:])
}

// closed is a text with a full stop, unless it ends with a mark already.
func closed(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}

// short is at most so many letters of a text, with what says that there is more.
func short(text string, letters int) string {
	n := 0
	for i := range text {
		if n == letters {
			return strings.TrimRightFunc(text[:i], unicode.IsSpace) + ", and more"
		}
		n++
	}
	return text
}
