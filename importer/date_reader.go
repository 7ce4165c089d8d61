package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Dates are spelled in many ways. Those in tables are seen across Amazon's files and in dumps that people made:
//
//	2025-03-01T18:42:07.041Z     3/1/25 6:42:07 PM PST     Sat, March 1, 2025 at 6:42:07 PM
//	Sat, 01 Mar 2025 18:42:07 GMT     Sat Mar 01 18:42:07 UTC 2025
//
// Those in the HTML of Google's Takeout are spelled as the account's language does:
//
//	Jan 31, 2018, 10:54:50 PM UTC     31 janv. 2018, 22:54:50 CET     2018年1月31日 22:54:50 CST
//	4 Dec 2025, 23:07:41 GMT+05:30    31.01.2018, 22:54:50 MEZ        2018. 1. 31. 오후 10:54:50 KST
//
// The date comes before the clock and the zone after it, but Chinese may have the zone first, and Vietnamese the clock.

// clockPatterns find a clock, whose parts are the groups from the second on. Each needs its sign.
var clockPatterns = []struct {
	sign    string
	pattern *regexp.Regexp
}{
	{":", regexp.MustCompile(`(?:^|[^0-9:+-])((\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)(?:[^0-9:]|$)`)},
	{".", regexp.MustCompile(`(?:^|[^0-9.])((\d{1,2})\.(\d{2})\.(\d{2}))(?:[^0-9.]|$)`)},
	{"", regexp.MustCompile(`(?:^|[^0-9])((\d{1,2}) ?(?:h|시|時|时|นาฬิกา|ໂມງ) ?(\d{1,2}) ?(?:min|분|分|นาที|ນາທີ) ?(\d{1,2}) ?(?:s|초|秒|วินาที|ວິນາທີ))(?:[^\p{L}]|$)`)},
}

// yearAfterZone is what follows the clock in the dates that Java writes: Mon Mar 01 18:42:07 UTC 2021.
var yearAfterZone = regexp.MustCompile(`^(.*[^0-9])(\d{4})$`)

var yearPattern = regexp.MustCompile(`(?:^|[^0-9])\d{4}(?:[^0-9]|$)`)

// maxDateLength is longer than a date in any language, in bytes.
const maxDateLength = 120

// spelling is a date taken apart.
type spelling struct {
	civil
	text     string
	day      string // the date in it
	zoneName string // the zone in it
	half     string // the word for the half of the day that the hour is of, "" if it is of the whole
}

// readDate takes a date apart.
func readDate(text string) (spelling, error) {
	s := spelling{text: text}
	before, after := s.takeClock(plainDate(text))
	if m := yearAfterZone.FindStringSubmatch(after); m != nil && !yearPattern.MatchString(before) {
		before, after = before+" "+m[2], m[1]
	}
	before, after, err := s.halfDay(before, strings.TrimSpace(after))
	if err != nil {
		return s, err
	}
	s.day, s.zoneName = before, trimZone(after)
	switch {
	case !strings.ContainsFunc(before, isDigit): // the clock comes first
		if zone, day, _ := strings.Cut(after, " "); isZone(zone) {
			s.day, s.zoneName = before+" "+day, zone
			break
		}
		s.day, s.zoneName = cutZone(before + " " + after)
	case s.hasClock && s.zoneName == "":
		s.day, s.zoneName = cutZone(before)
	}
	return s, s.readDay(s.day)
}

// cutZone cuts the zone from the end of a date, "" if there is none.
func cutZone(s string) (day, zone string) {
	s = strings.TrimRight(s, " ")
	if at := strings.LastIndexByte(s, ' '); at >= 0 && isZone(trimZone(s[at:])) {
		return s[:at], trimZone(s[at:])
	}
	return s, ""
}

// trimZone returns the zone in what stands beside a clock, without the words and brackets around it.
func trimZone(s string) string {
	for {
		s = strings.Trim(s, " ,،()[]")
		word, rest, found := strings.Cut(s, " ")
		if tokens := dateTokens(word); !found || len(tokens) != 1 || !dateWords().joins[tokens[0]] {
			return s
		}
		s = rest // 22:54:50 ч. UTC
	}
}

// isLocalDate reports whether s is a date with a year, a clock with seconds, and no more than a zone behind it.
func isLocalDate(s string) bool {
	d, err := readDate(s)
	return err == nil && d.hasSeconds && !d.shortYear && (d.zoneName == "" || isZone(d.zoneName))
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
		c.hour, c.minute, c.second = atoi(group(2)), atoi(group(3)), atoi(group(4))
		c.nano = atoi((group(5) + "000000000")[:9])
		c.hasClock, c.hasSeconds = true, group(4) != ""
		return s[:at[2]], s[at[3]:]
	}
	return s, ""
}

// atoi returns the number that the digits of a pattern's group spell, 0 for none.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
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
	}, norm.NFC.String(s)))
}

// readDay reads the date beside the clock: numbers, the name of a month, and words that only join them.
// What is between those means nothing. A month by its name leaves no doubt which number is what, nor do
// dots, since only dates with the day first are spelled with them, nor a year that comes first.
func (c *civil) readDay(s string) error {
	var numbers, widths [3]int
	count, month, unsure := 0, 0, false // whether the name of the month is also a word that joins
	words, tokens := dateWords(), dateTokens(s)
	dotted := strings.HasSuffix(strings.TrimRight(s, " ,"), ".")
	for i := 0; i < len(tokens); i++ {
		token := tokens[i]
		m, length := words.monthAt(tokens[i:], dotted)
		number, err := strconv.Atoi(token)
		switch {
		case m != 0 && (month == 0 || unsure):
			month, i, unsure = m, i+length-1, words.joinsDate(token)
		case err == nil && count < len(numbers):
			numbers[count], widths[count] = number, len(token)
			count++
		case !words.joinsDate(token):
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
		c.year, c.a, c.b, c.slashed, c.padded = numbers[2], numbers[0], numbers[1], true, widths[0] == 2
	}
	if c.shortYear = c.year < 100; c.shortYear {
		c.year += 2000
	}
	if thai := 543; c.year > 1957+thai && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Thai, r) }) {
		c.year -= thai
	}
	return nil
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// dateTokens returns the numbers and the words of s, in lower case.
func dateTokens(s string) []string {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	var tokens []string
	for s = strings.ToLower(s); s != ""; {
		rest := strings.TrimLeftFunc(s, isDigit)
		if rest == s {
			rest = strings.TrimLeftFunc(s, isWord)
		}
		if rest == s {
			_, size := utf8.DecodeRuneInString(s)
			s = s[size:]
			continue
		}
		tokens = append(tokens, strings.TrimSuffix(s, rest))
		s = rest
	}
	return tokens
}

// halfDay takes the word for the half of the day from before or after the clock, sets the hour by
// it, and returns what is left.
func (s *spelling) halfDay(before, after string) (dayText, rest string, err error) {
	before = strings.TrimRight(before, " ")
	pm := false
	for _, h := range dateWords().halves {
		if head, found := cutSuffixFold(before, h.word); found && !endsInLetter(head, h.word) {
			s.half, pm, before = h.word, h.pm, head
			break
		}
		if len(after) < len(h.word) || !strings.EqualFold(after[:len(h.word)], h.word) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(after[len(h.word):]); !unicode.IsLetter(next) {
			s.half, pm, after = h.word, h.pm, strings.TrimSpace(after[len(h.word):])
			break
		}
	}
	switch {
	case s.half != "" && (s.hour < 1 || s.hour > 12):
		return "", "", errNoSuchDate
	case s.half != "" && pm && s.hour < 12:
		s.hour += 12
	case s.half != "" && !pm && s.hour == 12:
		s.hour = 0
	}
	return before, after, nil
}

// cutSuffixFold is [strings.CutSuffix] without regard to case.
func cutSuffixFold(s, suffix string) (before string, found bool) {
	at := len(s) - len(suffix)
	if at < 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// endsInLetter reports whether a word that was cut from the end of a text is part of a longer one there. Chinese
// and Korean set no space between words.
func endsInLetter(head, word string) bool {
	last, _ := utf8.DecodeLastRuneInString(head)
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(last) && !unicode.In(first, unicode.Han, unicode.Hangul)
}
