package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DeviceTerm is the term that finds what a device recorded and nothing that others did: by its name, by
// its serial where another one has that name, or else by its maker, too. It is "" if no term does.
func DeviceTerm(d Device, others []Device) string {
	among := func(name string, one func(other Device) bool) bool {
		return slices.ContainsFunc(others, func(other Device) bool { return other.ID != d.ID && one(other) && other.called(name) })
	}
	for _, name := range []string{d.Name, d.Serial} {
		anyOther := func(Device) bool { return true }
		if name = typed("=" + name); plain(name) != "=" && d.called(name) && !among(name, anyOther) {
			return Term(d.field(), name)
		}
	}
	name, ofMaker := typed("="+d.Name), func(other Device) bool { return other.Vendor == d.Vendor }
	if plain(name) == "=" || among(name, ofMaker) {
		return ""
	}
	return Term(d.field(), name) + " " + Term("source", d.Vendor)
}

// field is the field of a query by which what the device recorded is found.
func (d Device) field() string {
	if d.Type == Conversation {
		return "in"
	}
	return "device"
}

// called reports whether a name in a query means the device.
func (d Device) called(name string) bool {
	return holds(d.Name, name) || strings.EqualFold(d.Serial, strings.TrimPrefix(name, "="))
}

// nameTerm is the term that finds what has a name, and nothing of another name; "" if no term does.
func nameTerm(by Grouping, name string) string {
	switch {
	case name == "" && (by == ByPerson || by == ByKind):
		return "no:" + string(by)
	case plain(name) == "":
		return ""
	case by == BySource:
		return Term(string(by), name)
	case by != ByKind:
		return Term(string(by), "="+name)
	case strings.ContainsFunc(name, untypable):
		return ""
	case strings.ContainsFunc(name, unicode.IsSpace):
		return string(by) + `:"` + name + `"` // a maker's word is found as it is
	}
	return string(by) + ":" + name
}

// sameName is equal for two names that [nameTerm] does not tell from each other.
func sameName(by Grouping, name string) string {
	if by == ByKind {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' {
				return r + 'a' - 'A'
			}
			return r
		}, name)
	}
	if same := plain(name); same != "" {
		return same
	}
	return name
}

// phraseTerm finds the recordings that are counted for a phrase; "" if no term does.
func phraseTerm(words string) string {
	if !hasLetters(words) {
		return ""
	}
	return "-is:unintended " + `said:"` + strings.TrimSpace(strings.Map(func(r rune) rune {
		if untypable(r) {
			return ' '
		}
		return r
	}, words)) + `"`
}

// Term writes a term of a query, its value in quotes if it has to be.
func Term(field, value string) string {
	if value = typed(value); strings.Contains(value, " ") {
		value = `"` + value + `"`
	}
	return field + ":" + value
}

// typed is as much of a name as can be typed in a query.
func typed(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case untypable(r):
			return -1
		}
		return r
	}, name)
}

// untypable reports whether r cannot stand in a query's value.
func untypable(r rune) bool { return r == '"' || unicode.IsControl(r) || r == unicode.ReplacementChar }

// plain is a name as far as it can be typed, without case.
func plain(name string) string {
	return strings.Join(strings.Fields(strings.Map(unicode.ToLower, typed(name))), " ")
}

// spoken appends to a buffer what was said as a phrase: the case of letters and what stands between words
// make no other phrase of it, as they make no difference to a search.
func spoken(to []byte, transcript string) []byte {
	from := len(to)
	for _, r := range transcript {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			to = utf8.AppendRune(to, unicode.ToLower(r))
		case len(to) > from && to[len(to)-1] != ' ':
			to = append(to, ' ')
		}
	}
	return bytes.TrimSuffix(to, []byte(" "))
}

// saying adds the condition that certain words were said and nothing else.
func (db *DB) saying(ctx context.Context, s *statement, t term) error {
	hits := statement{where: []string{"true"}}
	hits.words(term{value: t.value})
	text, args := hits.sql(", r.transcript", "recordings r")
	rows, err := db.read.QueryContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("search %q: %w", t.value, err)
	}
	defer rows.Close()
	said, phrase := map[int64]bool{}, spoken(nil, t.value)
	for rows.Next() {
		var id int64
		var transcript string
		if err := rows.Scan(&id, &transcript); err != nil {
			return fmt.Errorf("search %q: %w", t.value, err)
		}
		said[id] = bytes.Equal(spoken(nil, transcript), phrase)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("search %q: %w", t.value, err)
	}
	s.only(func(id int64) bool { return said[id] != t.not })
	if !t.not {
		s.match = append(s.match, hits.match...) // which leaves fewer to look at
	}
	return nil
}
