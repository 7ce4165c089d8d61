package importer

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Dates are spelled in many ways. Those in tables are seen across Amazon's files and in dumps that people made:
//
//	2025-03-01T18:42:07.041Z     3/1/25 6:42:07 PM PST     Sat, March 1, 2025 at 6:42:07 PM
//
// Those in the HTML of Google's Takeout are spelled as the account's language does:
//
//	Jan 31, 2018, 10:54:50 PM UTC     31 janv. 2018, 22:54:50 CET     2018年1月31日 22:54:50 CST
//	4 Dec 2025, 23:07:41 GMT+05:30    31.01.2018, 22:54:50 MEZ        2018. 1. 31. 오후 10:54:50 KST
//
// The date comes before the clock, and the zone after it.

// clockPatterns find a clock, whose parts are the groups from the second on. Each needs its sign.
var clockPatterns = []struct {
	sign    string
	pattern *regexp.Regexp
}{
	{":", regexp.MustCompile(`(?:^|[^0-9:+-])((\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)(?:[^0-9:]|$)`)},
	{" min ", regexp.MustCompile(`(?:^|[^0-9])((\d{1,2}) h (\d{2}) min (\d{2}) s)(?:[^\p{L}]|$)`)}, // French of Canada
	{".", regexp.MustCompile(`[^0-9.]((\d{1,2})\.(\d{2})\.(\d{2}))(?:[^0-9.]|$)`)},
}

var yearPattern = regexp.MustCompile(`(?:^|[^0-9])\d{4}(?:[^0-9]|$)`)

var (
	errNoZone      = errors.New("does not say its time zone")
	errUnclearZone = errors.New("has a time zone abbreviation that several countries use")
)

// maxDateLength is longer than a date in any language, in bytes.
const maxDateLength = 120

// spelling is a date taken apart.
type spelling struct {
	civil
	day      string // what comes before the clock
	zoneName string // what comes after it
}

// readDate takes a date apart.
func readDate(text string) (spelling, error) {
	var s spelling
	var after string
	s.day, after = s.takeClock(plainDate(text))
	if err := s.readDay(s.day); err != nil {
		return s, err
	}
	var err error
	s.zoneName, err = s.halfDay(s.day, strings.TrimSpace(after))
	return s, err
}

// localTime reads a date and a clock, with seconds and a time zone. A zone that is missing, unknown or
// not clear is an error, never UTC.
func localTime(text string) (time.Time, error) {
	s, err := readDate(text)
	switch {
	case err != nil:
		return time.Time{}, err
	case !s.hasSeconds || s.shortYear:
		return time.Time{}, errNoDate
	}
	if s.zone, err = s.localZone(); err != nil {
		return time.Time{}, err
	}
	return s.time(orderUnknown, time.UTC)
}

func isLocalTime(s string) bool {
	_, err := localTime(s)
	return err == nil
}

// mayBeDate reports whether s has a clock and a year, though it may be spelled in an unknown way.
func mayBeDate(s string) bool {
	var c civil
	s = plainDate(s)
	c.takeClock(s)
	return c.hasSeconds && yearPattern.MatchString(s)
}

// takeClock reads the clock in s, and returns what comes before and after it. Without a clock, all of s comes
// before.
func (c *civil) takeClock(s string) (before, after string) {
	for _, clock := range clockPatterns {
		if !strings.Contains(s, clock.sign) {
			continue
		}
		at := clock.pattern.FindStringSubmatchIndex(s)
		if at == nil {
			continue
		}
		group := func(i int) string {
			if 2*i >= len(at) || at[2*i] == -1 {
				return ""
			}
			return s[at[2*i]:at[2*i+1]]
		}
		c.hour, _ = strconv.Atoi(group(2)) // the pattern lets only digits through
		c.minute, _ = strconv.Atoi(group(3))
		c.second, _ = strconv.Atoi("0" + group(4))
		c.nano, _ = strconv.Atoi((group(5) + "000000000")[:9])
		c.hasClock, c.hasSeconds = true, group(4) != ""
		return s[:at[2]], s[at[3]:]
	}
	return s, ""
}

// plainDate returns s with plain spaces and the digits of ASCII, and without the invisible marks
// that right-to-left scripts set. It returns "" for a text that is too long for a date.
func plainDate(s string) string {
	if len(s) > maxDateLength {
		return ""
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r <= unicode.MaxASCII:
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '\u2212': // the minus sign, in GMT−5
			return '-'
		case unicode.IsDigit(r):
			for zero := r; ; zero-- { // digits stand in order, from zero to nine
				if !unicode.IsDigit(zero-1) || r-zero == 9 {
					return '0' + r - zero
				}
			}
		}
		return r
	}, s))
}

// readDay reads the date before the clock: numbers, the name of a month, and words that only join them.
// What is between those means nothing. A month by its name leaves no doubt which number is what, nor do
// dots, since only dates with the day first are spelled with them, nor a year that comes first.
func (c *civil) readDay(s string) error {
	var numbers, widths [3]int
	count, month := 0, 0
	for token, rest := cutToken(s); token != ""; token, rest = cutToken(rest) {
		if number, err := strconv.Atoi(token); err == nil && count < len(numbers) {
			numbers[count], widths[count] = number, len(token)
			count++
			continue
		}
		word := strings.ToLower(token)
		switch m := monthOf[word]; {
		case m != 0 && month == 0:
			month = m
		case m != 0 || !joinsDate(word):
			return errNoDate
		}
	}
	isYear := func(i int) bool { return widths[i] == 4 }
	switch {
	case month != 0 && count == 2 && isYear(0):
		c.year, c.a, c.b = numbers[0], month, numbers[1]
	case month != 0 && count == 2 && isYear(1):
		c.year, c.a, c.b = numbers[1], month, numbers[0]
	case month != 0 || count != 3:
		return errNoDate
	case isYear(0):
		c.year, c.a, c.b = numbers[0], numbers[1], numbers[2]
	case !isYear(2) && slices.Max(widths[:]) > 2 || widths[2] < 2:
		return errNoDate
	case strings.Contains(s, "."):
		c.year, c.a, c.b = numbers[2], numbers[1], numbers[0]
	default:
		c.year, c.a, c.b, c.slashed = numbers[2], numbers[0], numbers[1], true
	}
	if c.shortYear = c.year < 100; c.shortYear {
		c.year += 2000
	}
	return nil
}

// cutToken returns the first number or word of s and what follows it, "" if there is none.
func cutToken(s string) (token, rest string) {
	isDigit := func(r rune) bool { return '0' <= r && r <= '9' }
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !isDigit(r) && !isWord(r) })
	rest = strings.TrimLeftFunc(s, isDigit)
	if rest == s {
		rest = strings.TrimLeftFunc(s, isWord)
	}
	return strings.TrimSuffix(s, rest), rest
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

// localZone reads the zone. Some abbreviations are clear only with the language in which the date is spelled,
// or with its season: CST is China's or America's.
func (s *spelling) localZone() (*time.Location, error) {
	name := strings.Trim(s.zoneName, "()[] ")
	minutes, known := localZones[strings.ToUpper(name)]
	switch {
	case name == "":
		return nil, errNoZone
	case name == "CST" && strings.Contains(s.day, "年"):
		return time.FixedZone(name, 8*3600), nil
	case name == "CST" && !strings.ContainsFunc(s.day, unicode.IsLetter):
		return nil, errUnclearZone
	case name == "BST" && 3 <= s.a && s.a <= 10: // in winter it cannot be British Summer Time
		return time.FixedZone(name, 3600), nil
	case known:
		return time.FixedZone(name, minutes*60), nil
	}
	return parseZone(name)
}
