package plain

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"unsaid/phrase"
	"unsaid/store"
)

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
		return phrase.Count(n, unit)
	}
	return phrase.Count(n, unit) + " " + phrase.Count(rest, small)
}

// size is an amount of data: 512 bytes, 64 kilobytes, 1.2 megabytes.
func size(n int64) string {
	if n < 1000 {
		return phrase.Count(int(max(0, n)), "byte")
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

// dates writes days and times as they are said.
func (s *session) dates() phrase.Dates { return phrase.Spoken(s.o.Zone) }

// readDay reads a day as people write it, or as it is said here.
func (s *session) readDay(text string) (store.Day, error) {
	return store.DayNamed(text, s.today())
}

// oneOf joins names: "a, b or c".
func oneOf(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
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
