package importer

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The types in this file take what dumps really hold where their makers' code expects one type:
// null, a number for a string, a string for a number, one object for a list. What they cannot
// read is as if it were absent, so that one odd field does not cost a record.

// looseText is a string, or a number or a boolean as its text.
type looseText string

func (t looseText) text() string { return string(t) }

// meant is the text unless it is one of Amazon's placeholders for nothing.
func (t looseText) meant() string {
	if isPlaceholder(string(t)) {
		return ""
	}
	return string(t)
}

func (t *looseText) UnmarshalJSON(b []byte) error {
	*t = ""
	if len(b) == 0 || b[0] == '{' || b[0] == '[' || string(b) == "null" {
		return nil
	}
	if b[0] != '"' {
		*t = looseText(b)
		return nil
	}
	s := string(b[1 : len(b)-1])
	if strings.Contains(s, `\`) || !utf8.ValidString(s) {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	*t = looseText(strings.TrimSpace(s))
	return nil
}

// looseMillis is a time in milliseconds since 1970, as a number or as a string of one; the zero
// Time if it is absent, 0, or beyond what can be a recording's time.
type looseMillis struct{ time.Time }

func (m *looseMillis) UnmarshalJSON(b []byte) error {
	m.Time = time.Time{}
	f, err := strconv.ParseFloat(strings.Trim(string(b), `" `), 64)
	if err == nil && !math.IsNaN(f) {
		m.Time, _ = fromMillis(f)
	}
	return nil
}

// looseSeconds is a time in seconds since 1970, with a fraction; otherwise as [looseMillis].
type looseSeconds struct{ time.Time }

func (s *looseSeconds) UnmarshalJSON(b []byte) error {
	s.Time = time.Time{}
	if f, err := strconv.ParseFloat(strings.Trim(string(b), `" `), 64); err == nil && !math.IsNaN(f) {
		s.Time, _ = fromMillis(math.Round(f * 1000))
	}
	return nil
}

// lastMillis is the end of the year 2199: later times are mistakes.
const lastMillis = 7_258_118_399_999

func fromMillis(ms float64) (time.Time, bool) {
	if ms <= 0 || ms > lastMillis {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(ms)).UTC(), true
}

// looseList is a list, a single value in place of one, or nothing.
type looseList[T any] []T

func (l *looseList[T]) UnmarshalJSON(b []byte) error {
	*l = nil
	if len(b) > 0 && b[0] == '[' {
		var raws []json.RawMessage
		if err := json.Unmarshal(b, &raws); err != nil {
			return err
		}
		for _, raw := range raws {
			l.add(raw)
		}
		return nil
	}
	l.add(b)
	return nil
}

func (l *looseList[T]) add(raw json.RawMessage) {
	var v T
	if string(raw) != "null" && json.Unmarshal(raw, &v) == nil {
		*l = append(*l, v)
	}
}
