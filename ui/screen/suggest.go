package screen

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// suggestions are what the term that is being typed may become.
type suggestions struct {
	all  []suggestion
	from int // rune of the search where the term begins
	widget.Table
}

// suggestion is what a term may become.
type suggestion struct {
	term  string
	count int
	known bool // whether count is
	more  bool // something has to, or may, follow: a value, a month
}

// maxSuggestions is how many are shown at a time.
const maxSuggestions = 8

// suggest finds what the term before the cursor may become.
func (l *library) suggest(c *common.Common) {
	l.suggested = suggestions{}
	typed := []rune(l.input.Value())
	before, after := string(typed[:l.input.Position()]), typed[l.input.Position():]
	terms := store.Terms(before)
	if len(terms) == 0 || len(after) > 0 && !unicode.IsSpace(after[0]) {
		return
	}
	t := terms[len(terms)-1]
	if t.At+len(t.Text) != len(before) {
		return // it is finished
	}
	for _, s := range suggestionsFor(c, t) {
		if t.Not {
			s.term = "-" + s.term
		}
		if !strings.EqualFold(s.term, t.Text) {
			l.suggested.all = append(l.suggested.all, s)
		}
	}
	l.suggested.from = len([]rune(before[:t.At]))
}

func (l *library) SuggestAgain(c *common.Common) {
	if l.Editing() && l.past.changed {
		at := l.suggested.Cursor
		l.suggest(c)
		l.suggested.Cursor = at
		l.suggested.Keep(len(l.suggested.all))
	}
}

// suggestionsFor are the terms that a term may become.
func suggestionsFor(c *common.Common, t store.TermText) []suggestion {
	var found []suggestion
	value := strings.ToLower(t.Value)
	switch t.Field {
	case "":
		for _, field := range store.QueryFields() {
			if value != "" && !strings.HasSuffix(t.Text, `"`) && strings.HasPrefix(field, value) {
				found = append(found, suggestion{term: field + ":", more: true})
			}
		}
	case "device", "person", "kind", "source":
		for _, g := range c.Facets.Groups[store.Grouping(t.Field)] {
			if strings.HasPrefix(g.Term, t.Field+":") && strings.Contains(strings.ToLower(g.Name), strings.TrimPrefix(value, "=")) {
				found = append(found, suggestion{term: g.Term, count: g.Recordings, known: true})
			}
		}
	case "is", "has", "no":
		for _, known := range store.QueryValues(t.Field) {
			if strings.HasPrefix(known, value) {
				s := suggestion{term: t.Field + ":" + known}
				s.count, s.known = c.CountOf(s.term)
				found = append(found, s)
			}
		}
	case "on", "after", "before", "during":
		found = periods(c.Days, t.Field, value)
	}
	return found
}

// periods are the years that hold recordings, the months of a year that was typed, the days of a
// month, the newest first.
func periods(days map[store.Day]int, field, value string) []suggestion {
	const year, month, day = len("2006"), len("2006-01"), len("2006-01-02")
	size := year
	switch {
	case len(value) >= month:
		size = day
	case len(value) >= year:
		size = month
	}
	counts := map[string]int{}
	for d, n := range days {
		if text := d.String(); strings.HasPrefix(text, value) {
			counts[text[:size]] += n
		}
	}
	var found []suggestion
	for period, n := range counts {
		found = append(found, suggestion{field + ":" + period, n, true, size < day})
	}
	slices.SortFunc(found, func(a, b suggestion) int { return cmp.Compare(b.term, a.term) })
	return found
}

// accept puts a suggestion in place of the term before the cursor.
func (l *library) accept(c *common.Common, s suggestion) tea.Cmd {
	typed := []rune(l.input.Value())
	after := string(typed[l.input.Position():])
	before := string(typed[:l.suggested.from]) + s.term
	if !s.more && after == "" {
		before += " "
	}
	l.input.SetValue(before + after)
	l.input.SetCursor(len([]rune(before)))
	l.typing = true
	l.suggest(c)
	return l.find(c)
}

// suggestionLines draw the suggestions below column x, or further left if they would not fit.
func (l *library) suggestionLines(c *common.Common, x int) (lines []string, at int) {
	st, s := &c.Styles, &l.suggested
	width := 0
	for _, one := range s.all {
		width = max(width, ansi.StringWidth(text.Brief(one.term)))
	}
	width = min(width, c.Layout.W-20)
	from, to := s.Seen(len(s.all), suggestionRows(c))
	for i := from; i < to; i++ {
		one, count := s.all[i], ""
		if one.known {
			count = phrase.Comma(one.count)
		}
		row := text.Fit(text.Brief(one.term), width) + st.Quiet.Render(text.FitRight(count, 9)) + " "
		if i == s.Cursor {
			lines = append(lines, st.Accent.Render("▌")+widget.OnRow(st, true, row))
		} else {
			lines = append(lines, st.Quiet.Render("│")+widget.OnRow(st, false, row))
		}
	}
	foot := "tab completes"
	if more := len(s.all) - to + from; more > 0 {
		foot += ", " + phrase.Comma(more) + " more"
	}
	lines = append(lines, st.Quiet.Render("╰ "+text.Fit(foot, width+9)))
	return lines, max(0, min(x-1, c.Layout.W-width-11))
}

// suggestionRows is how many suggestions are seen.
func suggestionRows(c *common.Common) int { return min(maxSuggestions, c.Layout.H-6) }

// suggestionAt is the suggestion at a place on the screen.
func (l *library) suggestionAt(c *common.Common, x, y int) (index int, ok bool) {
	if len(l.suggested.all) == 0 {
		return 0, false
	}
	lines, at := l.Under(c)
	from, to := l.suggested.Seen(len(l.suggested.all), suggestionRows(c))
	index = from + y - 2
	return index, x >= at && x < at+ansi.StringWidth(lines[0]) && index >= from && index < to
}
