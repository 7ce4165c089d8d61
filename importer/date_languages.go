package importer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// cldrDates are the words of dates in the languages of CLDR, a key and a word a line: the months, those that
// mean another month in dates whose year is followed by a dot (Croatian), the halves of the day, the words
// that join the parts of a date, and those for Greenwich before an offset.
//
//go:embed cldr_dates.txt
var cldrDates string

// olderDates are words that CLDR no longer has, and those of dates in tables.
const olderDates = `
month 2	fevr
month 8	aout
month 11	noi
join	t
join	di
join	об
join	mon
join	tue
join	wed
join	thu
join	fri
join	sat
join	sun
join	monday
join	tuesday
join	wednesday
join	thursday
join	friday
join	saturday
join	sunday
`

// dateLanguage are the words of dates in all languages, as [dateTokens] spells them. No word means different
// months, but for the dotted ones.
type dateLanguage struct {
	month, dotted map[string]int
	joins         map[string]bool
	halves        []halfDayWord // the longest first
	greenwich     []string      // the longest first
}

// halfDayWord is a word for a half of the day, before or after the clock.
type halfDayWord struct {
	word string
	pm   bool
}

var dateWords = sync.OnceValue(func() *dateLanguage {
	l := &dateLanguage{month: map[string]int{}, dotted: map[string]int{}, joins: map[string]bool{}}
	for line := range strings.Lines(cldrDates + olderDates) {
		key, word, found := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		kind, month, _ := strings.Cut(key, " ")
		switch {
		case !found || strings.HasPrefix(line, "#"):
		case kind == "month":
			l.month[word] = atoi(month)
		case kind == "dotted":
			l.dotted[word] = atoi(month)
		case kind == "join":
			l.joins[word] = true
		case kind == "gmt":
			l.greenwich = append(l.greenwich, word)
		default:
			l.halves = append(l.halves, halfDayWord{word, kind == "pm"})
		}
	}
	slices.SortFunc(l.halves, func(a, b halfDayWord) int { return len(b.word) - len(a.word) })
	slices.SortFunc(l.greenwich, func(a, b string) int { return len(b) - len(a) })
	return l
})

// joinsDate reports whether a word is one of those around the numbers of a date.
func (l *dateLanguage) joinsDate(word string) bool {
	return l.joins[word] || slices.ContainsFunc(l.halves, func(h halfDayWord) bool { return h.word == word })
}

// monthAt returns the month whose name begins the tokens, and of how many tokens the name is; 0 if none is.
func (l *dateLanguage) monthAt(tokens []string, dotted bool) (month, length int) {
	for n := min(maxMonthTokens, len(tokens)); n > 0; n-- {
		word := strings.Join(tokens[:n], " ")
		if m := l.dotted[word]; m != 0 && dotted {
			return m, n
		}
		if m := l.month[word]; m != 0 {
			return m, n
		}
	}
	return 0, 0
}

// maxMonthTokens is of how many tokens the name of a month can be: Vietnamese has tháng 1, Mongolian 1-р сарын.
const maxMonthTokens = 4
