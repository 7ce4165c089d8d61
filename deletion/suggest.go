package deletion

import (
	"strings"
	"time"
	"unicode"

	"unsaid/store"
)

// Suggestion is a choice of recordings that somebody may want to delete. It is a query, so that it
// can be looked at before, and narrowed down.
type Suggestion struct {
	Title      string // what it is, in a few words
	Query      string // what chooses the recordings
	Recordings int    // how many it chooses now
	Due        bool   // by a rule of the settings for keeping recordings
}

// mostPeople is how many people are suggested by name. An export may hold any number.
const mostPeople = 50

// Suggestions returns what there is to suggest, whether it chooses anything or not. Days are days of now's time zone.
func Suggestions(people []string, now time.Time) []Suggestion {
	today := store.DayOf(now, now.Location())
	list := []Suggestion{
		{Title: "everything unintended", Query: "is:unintended"},
		{Title: "everything older than 1 year", Query: "before:" + today.AddMonths(-12).String()},
		{Title: "everything older than 90 days", Query: "before:" + (today - 90).String()},
	}
	for i, name := range people {
		if i == mostPeople {
			break
		}
		if query, ok := condition("person", name); ok && !strings.HasPrefix(name, "=") {
			list = append(list, Suggestion{Title: "everything from " + alike(name, people), Query: query})
		}
	}
	return list
}

// alike names everybody whom a search for the person finds, since one name may be part of another.
func alike(name string, people []string) string {
	found := []string{short(name, longestName)}
	for _, other := range people {
		if other != name && strings.Contains(strings.ToLower(other), strings.ToLower(name)) {
			found = append(found, short(other, longestName))
		}
	}
	return English.wording().list(found)
}

// condition writes a term of a query. ok is false if there is no term for the value: the query language
// cannot quote a quotation mark, and invisible characters cannot be typed. An equals sign at the start asks
// for the exact name.
func condition(field, value string) (term string, ok bool) {
	if strings.TrimPrefix(value, "=") == "" || strings.Contains(value, `"`) || Line(value) != value {
		return "", false
	}
	if strings.IndexFunc(value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) >= 0 {
		value = `"` + value + `"`
	}
	return field + ":" + value, true
}
