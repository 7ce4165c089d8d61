package importer

import (
	"strings"
	"time"
)

// scanner takes a date apart from its beginning.
type scanner struct{ rest string }

// digits takes up to most digits, at least one.
func (s *scanner) digits(most int) (value, n int, ok bool) {
	for n < len(s.rest) && n < most && '0' <= s.rest[n] && s.rest[n] <= '9' {
		value = value*10 + int(s.rest[n]-'0')
		n++
	}
	s.rest = s.rest[n:]
	return value, n, n > 0
}

// one takes one byte out of set.
func (s *scanner) one(set string) (byte, bool) {
	if s.rest == "" || strings.IndexByte(set, s.rest[0]) < 0 {
		return 0, false
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return b, true
}

func (s *scanner) skip(set string) { s.rest = strings.TrimLeft(s.rest, set) }

// word takes w in any case, unless letters follow it.
func (s *scanner) word(w string) bool {
	if len(s.rest) < len(w) || !strings.EqualFold(s.rest[:len(w)], w) {
		return false
	}
	if after := s.rest[len(w):]; after != "" && isLetter(after[0]) {
		return false
	}
	s.rest = s.rest[len(w):]
	return true
}

// letters takes the letters that come next.
func (s *scanner) letters() string {
	n := 0
	for n < len(s.rest) && isLetter(s.rest[n]) {
		n++
	}
	w := s.rest[:n]
	s.rest = s.rest[n:]
	return w
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// date takes a date: 2025-03-01, 3/1/2025, 3/1/25, 1 Mar 2025, or [Sat,] March 1, 2025.
func (s *scanner) date() (civil, bool) {
	if s.rest != "" && isLetter(s.rest[0]) {
		return s.namedMonthFirst()
	}
	first, n, ok := s.digits(4)
	if !ok {
		return civil{}, false
	}
	if n <= 2 && strings.HasPrefix(s.rest, " ") {
		return s.namedMonthSecond(first)
	}
	sep, ok := s.one("-/.")
	if !ok {
		return civil{}, false
	}
	second, n2, ok2 := s.digits(2)
	if _, again := s.one(string(sep)); !ok2 || !again || n2 > 2 {
		return civil{}, false
	}
	if n == 4 {
		day, _, ok := s.digits(2)
		return civil{year: first, a: second, b: day}, ok
	}
	year, yn, ok := s.digits(4)
	if !ok || n > 2 || (yn != 4 && yn != 2) {
		return civil{}, false
	}
	if yn == 2 {
		year += 2000
	}
	if sep == '.' { // only where the day comes first are dates written with dots
		return civil{year: year, a: second, b: first}, true
	}
	return civil{year: year, a: first, b: second, slashed: true}, true
}

func (s *scanner) namedMonthFirst() (civil, bool) {
	name := s.letters()
	if isWeekday(name) {
		s.skip("., ")
		if s.rest == "" || !isLetter(s.rest[0]) {
			return s.date()
		}
		name = s.letters()
	}
	month, ok := monthNamed(name)
	if !ok {
		return civil{}, false
	}
	s.skip(". ")
	day, _, ok := s.digits(2)
	if !ok {
		return civil{}, false
	}
	s.skip(", ")
	year, n, ok := s.digits(4)
	return civil{year: year, a: month, b: day}, ok && n == 4
}

func (s *scanner) namedMonthSecond(day int) (civil, bool) {
	s.skip(" ")
	month, ok := monthNamed(s.letters())
	if !ok {
		return civil{}, false
	}
	s.skip("., ")
	year, n, ok := s.digits(4)
	return civil{year: year, a: month, b: day}, ok && n == 4
}

// monthNamed returns the month of an English name or its first three letters or Sept.
func monthNamed(w string) (int, bool) {
	if len(w) < 3 {
		return 0, false
	}
	if strings.EqualFold(w, "sept") {
		return 9, true
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(w, m.String()) || strings.EqualFold(w, m.String()[:3]) {
			return int(m), true
		}
	}
	return 0, false
}

// isWeekday reports whether w is the English name of a weekday or its first three letters.
func isWeekday(w string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(w, d.String()) || strings.EqualFold(w, d.String()[:3]) {
			return true
		}
	}
	return false
}

// clock takes 18:42, 18:42:07, 18:42:07.041 or 6:42:07 PM.
func (s *scanner) clock(c *civil) error {
	var ok bool
	if c.hour, _, ok = s.digits(2); !ok {
		return errNoDate
	}
	if _, ok = s.one(":"); !ok {
		return errNoDate
	}
	if c.minute, _, ok = s.digits(2); !ok {
		return errNoDate
	}
	if _, ok = s.one(":"); ok {
		if c.second, _, ok = s.digits(2); !ok {
			return errNoDate
		}
		if _, dot := s.one(".,"); dot {
			fraction, n, ok := s.digits(9)
			if !ok {
				return errNoDate
			}
			for ; n < 9; n++ {
				fraction *= 10
			}
			c.nano = fraction
		}
	}
	c.hasClock = true
	s.skip(" ")
	pm := s.word("PM") || s.word("p.m.")
	am := !pm && (s.word("AM") || s.word("a.m."))
	switch {
	case (am || pm) && (c.hour < 1 || c.hour > 12):
		return errNoSuchDate
	case pm && c.hour < 12:
		c.hour += 12
	case am && c.hour == 12:
		c.hour = 0
	}
	return nil
}
