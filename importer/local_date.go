package importer

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The HTML of Google's Takeout writes dates as the account's language does:
//
//	Jan 31, 2018, 10:54:50 PM UTC     31 janv. 2018, 22:54:50 CET     2018年1月31日 22:54:50 CST
//	4 Dec 2025, 23:07:41 GMT+05:30    31.01.2018, 22:54:50 MEZ        2018. 1. 31. 오후 10:54:50 KST
//
// The date comes before the clock, and the zone after it.

var (
	clockPattern  = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2}):(\d{2}):(\d{2})(?:[^0-9]|$)`)
	clockOfCanada = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2}) h (\d{2}) min (\d{2}) s(?:[^\p{L}]|$)`)
	dottedPattern = regexp.MustCompile(`(?:^|[^0-9.])(\d{1,2})\.(\d{2})\.(\d{2})(?:[^0-9.]|$)`)
	yearPattern   = regexp.MustCompile(`(?:^|[^0-9])\d{4}(?:[^0-9]|$)`)
)

var (
	errNoZone      = errors.New("does not say its time zone")
	errUnclearZone = errors.New("has a time zone abbreviation that several countries use")
)

// maxLocalDate is longer than a date in any language.
const maxLocalDate = 120

// localTime reads a date and a clock with a time zone. A zone that is missing, or that is not known
// or not clear, is an error, never UTC.
func localTime(s string) (time.Time, error) {
	s = plainDate(s)
	at := findClock(s)
	if at == nil {
		return time.Time{}, errNoDate
	}
	c, err := localDate(s[:at[2]])
	if err != nil {
		return time.Time{}, err
	}
	c.hour, _ = strconv.Atoi(s[at[2]:at[3]]) // the pattern lets only digits through
	c.minute, _ = strconv.Atoi(s[at[4]:at[5]])
	c.second, _ = strconv.Atoi(s[at[6]:at[7]])
	zone, err := c.halfDay(s[:at[2]], strings.TrimSpace(strings.TrimPrefix(s[at[7]:], " s ")))
	if err != nil {
		return time.Time{}, err
	}
	if c.zone, err = c.zoneNamed(zone, s[:at[2]]); err != nil {
		return time.Time{}, err
	}
	return c.time(orderUnknown, time.UTC)
}

func isLocalTime(s string) bool {
	_, err := localTime(s)
	return err == nil
}

// hasClock reports whether s looks like a date that may only be spelled in an unknown way.
func hasClock(s string) bool {
	s = plainDate(s)
	return findClock(s) != nil && yearPattern.MatchString(s)
}

// findClock returns where the clock is, as regexp's FindStringSubmatchIndex does.
func findClock(s string) []int {
	if len(s) > maxLocalDate {
		return nil
	}
	for _, pattern := range []*regexp.Regexp{clockPattern, clockOfCanada, dottedPattern} {
		if at := pattern.FindStringSubmatchIndex(s); at != nil {
			return at
		}
	}
	return nil
}

// plainDate returns s with plain spaces and the digits of ASCII, and without the invisible marks
// that right-to-left scripts set.
func plainDate(s string) string {
	if len(s) > maxLocalDate {
		return s
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '\u2212': // the minus sign, in GMT−5
			return '-'
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			for zero := r; ; zero-- { // digits stand in order, from zero to nine
				if !unicode.IsDigit(zero-1) || r-zero == 9 {
					return '0' + r - zero
				}
			}
		}
		return r
	}, s))
}

// dateTokens are the numbers and words of a date; what stands between them means nothing.
var dateTokens = regexp.MustCompile(`[0-9]+|[\p{L}\p{M}]+`)

// localDate reads the date before the clock: numbers, the name of a month, and words that only
// join them. A month by its name leaves no doubt which number is what, nor do dots, before which
// the day comes first everywhere, nor a year that comes first.
func localDate(s string) (civil, error) {
	var numbers, widths []int
	month := 0
	for _, token := range dateTokens.FindAllString(strings.ToLower(s), -1) {
		number, err := strconv.Atoi(token)
		switch m := monthOf(token); {
		case err == nil:
			numbers, widths = append(numbers, number), append(widths, len(token))
		case m != 0 && month == 0:
			month = m
		case m != 0 || !joinsDate(token):
			return civil{}, errNoDate
		}
	}
	isYear := func(i int) bool { return i < len(widths) && widths[i] == 4 }
	switch {
	case month != 0 && len(numbers) == 2 && isYear(0):
		return civil{year: numbers[0], a: month, b: numbers[1]}, nil
	case month != 0 && len(numbers) == 2 && isYear(1):
		return civil{year: numbers[1], a: month, b: numbers[0]}, nil
	case month == 0 && len(numbers) == 3 && isYear(0):
		return civil{year: numbers[0], a: numbers[1], b: numbers[2]}, nil
	case month == 0 && len(numbers) == 3 && isYear(2) && strings.Contains(s, "."):
		return civil{year: numbers[2], a: numbers[1], b: numbers[0]}, nil
	case month == 0 && len(numbers) == 3 && isYear(2):
		return civil{year: numbers[2], a: numbers[0], b: numbers[1], slashed: true}, nil
	}
	return civil{}, errNoDate
}

// halfDay takes the word for the half of the day from before or after the clock, sets the hour by
// it, and returns what is left after the clock.
func (c *civil) halfDay(before, after string) (rest string, err error) {
	half := ""
	before = strings.TrimSpace(before)
	for _, h := range halfDays {
		if strings.HasSuffix(before, h.word) {
			half = h.half
		}
		if len(after) < len(h.word) || !strings.EqualFold(after[:len(h.word)], h.word) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(after[len(h.word):]); half == "" && !unicode.IsLetter(next) {
			half, after = h.half, strings.TrimSpace(after[len(h.word):])
		}
	}
	switch {
	case half != "" && (c.hour < 1 || c.hour > 12):
		return "", errNoSuchDate
	case half == "pm" && c.hour < 12:
		c.hour += 12
	case half == "am" && c.hour == 12:
		c.hour = 0
	}
	return after, nil
}

// zoneNamed reads the zone behind the clock of this date. Some abbreviations are clear only with
// the language in which the date is spelled, or with its season: CST is China's or America's.
func (c *civil) zoneNamed(name, spelled string) (*time.Location, error) {
	name = strings.Trim(name, "()[] ")
	minutes, known := localZones[strings.ToUpper(name)]
	switch {
	case name == "":
		return nil, errNoZone
	case name == "CST" && strings.Contains(spelled, "年"):
		return time.FixedZone(name, 8*3600), nil
	case name == "CST" && !strings.ContainsFunc(spelled, unicode.IsLetter):
		return nil, errUnclearZone
	case name == "BST" && 3 <= c.a && c.a <= 10: // in winter it cannot be British Summer Time
		return time.FixedZone(name, 3600), nil
	case known:
		return time.FixedZone(name, minutes*60), nil
	}
	return parseZone(name)
}
