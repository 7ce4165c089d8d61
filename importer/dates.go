package importer

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateOrder says how dates such as 03/04/2025 are meant.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	monthFirst
	dayFirst
)

var (
	errNoDate     = errors.New("is not a date")
	errDateOrder  = errors.New("can be read month first or day first")
	errNoSuchDate = errors.New("is not a day or time of the calendar")
)

// civil is a date and a clock as they are spelled, before it is known how they are meant.
type civil struct {
	year, a, b   int // a and b are month and day, in that order unless slashed
	slashed      bool
	padded       bool // the first of month and day is spelled with two digits
	shortYear    bool // the year is spelled with two digits
	hour, minute int
	second, nano int
	hasClock     bool
	hasSeconds   bool
	zone         *time.Location // nil if it names none
	instant      time.Time      // set if it is a count of milliseconds or seconds since 1970
}

// isAbsent reports whether a cell holds nothing, in the spellings that Amazon's files use.
func isAbsent(cell string) bool {
	switch strings.ToLower(strings.TrimSpace(cell)) {
	case "", "na", "null", "none", "-":
		return true
	}
	return isPlaceholder(cell)
}

// isWordless reports whether a cell of words holds none. Somebody may have said no more than "none".
func isWordless(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "" || cell == "-" || strings.EqualFold(cell, "null") || isPlaceholder(cell)
}

// isPlaceholder reports whether a text is one of those that Amazon's exports set where they have nothing.
func isPlaceholder(text string) bool {
	switch strings.ToLower(strings.TrimRight(strings.TrimSpace(text), ".")) {
	case "n/a", "not available", "data not available", "not applicable":
		return true
	}
	return false
}

// parseDate reads the date in a cell. zone is for dates that carry none.
func parseDate(cell string, order dateOrder, zone *time.Location) (time.Time, error) {
	c, err := scanDate(cell)
	if err != nil {
		return time.Time{}, err
	}
	return c.time(order, zone)
}

// scanDate reads the spelling of a cell without deciding how it is meant. The clock and the zone may be missing.
func scanDate(cell string) (civil, error) {
	if c, ok := scanInstant(strings.TrimSpace(cell)); ok {
		return c, nil
	}
	s, err := readDate(cell)
	if err == nil && s.zoneName != "" {
		s.zone, err = parseOffset(s.zoneName)
	}
	return s.civil, err
}

// evidence tells which order this date proves: one of its fields cannot be a month.
func (c civil) evidence() dateOrder {
	switch {
	case !c.slashed:
		return orderUnknown
	case c.a > 12 && c.b <= 12:
		return dayFirst
	case c.b > 12 && c.a <= 12:
		return monthFirst
	}
	return orderUnknown
}

func (c civil) time(order dateOrder, zone *time.Location) (time.Time, error) {
	if !c.instant.IsZero() {
		return c.instant, nil
	}
	month, day := c.a, c.b
	if c.slashed {
		if own := c.evidence(); own != orderUnknown {
			order = own
		}
		if c.a == c.b {
			order = monthFirst
		}
		switch order {
		case orderUnknown:
			return time.Time{}, errDateOrder
		case dayFirst:
			month, day = c.b, c.a
		}
	}
	if c.zone != nil {
		zone = c.zone
	}
	if month < 1 || month > 12 || day < 1 || day > 31 || c.hour > 23 || c.minute > 59 || c.second > 60 || c.year < 1970 || c.year > 2199 {
		return time.Time{}, errNoSuchDate
	}
	t := time.Date(c.year, time.Month(month), day, c.hour, c.minute, c.second, c.nano, zone)
	if want := time.Date(c.year, time.Month(month), day, 0, 0, 0, 0, time.UTC); want.Day() != day {
		return time.Time{}, errNoSuchDate
	}
	return t.UTC(), nil
}

// scanInstant reads milliseconds (13 digits) or seconds (10 digits) since 1970.
func scanInstant(s string) (civil, bool) {
	whole, _, _ := strings.Cut(s, ".")
	if len(whole) != 13 && len(whole) != 10 {
		return civil{}, false
	}
	ms, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return civil{}, false
	}
	if len(whole) == 10 {
		ms *= 1000
	}
	t, ok := fromMillis(ms)
	return civil{instant: t, hasClock: true}, ok
}

var datePattern = regexp.MustCompile(`(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)[-_.T ]{1,2}(\d\d)[-_.:]?(\d\d)(?:[-_.:]?(\d\d)(?:[-_.,](\d{3}))?)?(?:_?(UTC|Z)|([+-]\d\d)[-_:]?(00|15|30|45)|(\+\d\d))?(?:[^0-9]|$)`)

// epochName is a file name that is a time in seconds or milliseconds since 1970 and nothing else. Longer numbers count
// from when a machine was started.
var epochName = regexp.MustCompile(`^(?:\d{10}(?:\.\d+)?|\d{13})$`)

// dateInName finds a date with a clock in a file name, in any of the ways to write it largest
// unit first, with or without its offset from UTC.
func dateInName(name string, zone *time.Location) (time.Time, bool) {
	if epochName.MatchString(name) {
		c, ok := scanInstant(name)
		return c.instant, ok
	}
	m := datePattern.FindStringSubmatch(name)
	if m == nil {
		return time.Time{}, false
	}
	n := make([]int, len(m))
	for i := 1; i <= 7; i++ {
		n[i], _ = strconv.Atoi("0" + m[i]) // the pattern lets only digits through
	}
	c := civil{year: n[1], a: n[2], b: n[3], hour: n[4], minute: n[5], second: n[6], nano: n[7] * int(time.Millisecond)}
	switch {
	case m[8] != "":
		c.zone = time.UTC
	case m[9]+m[11] != "":
		zone, err := ParseZone(m[9] + m[10] + m[11])
		if err != nil {
			return time.Time{}, false
		}
		c.zone = zone
	}
	t, err := c.time(orderUnknown, zone)
	return t, err == nil
}
