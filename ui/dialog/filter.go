package dialog

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Filter offers terms for the search. What is chosen in it stands in the search, so that whoever
// uses it learns how to write that.
type Filter struct{ widget.Table }

// choice is a row of the menu: a term, or a search that was saved.
type choice struct {
	section string
	name    string
	term    string
	count   int
	known   bool // whether count is
	saved   bool // term is all of a search, name its name
}

// choices are the rows of the menu. There are none until all were counted, so that no row moves away
// under the cursor.
func choices(c *common.Common) []choice {
	var all []choice
	if c.Facets.Groups == nil {
		return nil
	}
	for _, saved := range c.Search.Saved {
		all = append(all, choice{section: "Saved searches", name: saved.Name, term: saved.Query, saved: true})
	}
	groups := func(section string, by store.Grouping) {
		for _, g := range c.Facets.Groups[by] {
			if g.Term != "" && g.Name != "" {
				all = append(all, choice{section: section, name: g.Name, term: g.Term, count: g.Recordings, known: true})
			}
		}
	}
	terms := func(section string, named ...[2]string) {
		for _, n := range named {
			count, known := c.CountOf(n[1])
			all = append(all, choice{section: section, name: n[0], term: n[1], count: count, known: known})
		}
	}
	if len(c.Facets.Groups[store.ByAccount]) > 1 {
		groups("Account", store.ByAccount)
	}
	groups("Device", store.ByDevice)
	groups("Person", store.ByPerson)
	all = append(all, periods(c.Days, c.Today())...)
	terms("Kind", [2]string{"unintended", "is:unintended"}, [2]string{"typed", "is:typed"})
	groups("Kind, in the maker's words", store.ByKind)
	terms("Parts", [2]string{"sound", "has:audio"}, [2]string{"no sound", "no:audio"}, [2]string{"words", "has:transcript"},
		[2]string{"no words", "no:transcript"}, [2]string{"a reply", "has:reply"})
	terms("Requests", [2]string{"marked", "is:marked"}, [2]string{"deletion requested", "is:requested"},
		[2]string{"still there after a request", "is:still-there"})
	if len(c.Facets.Groups[store.BySource]) > 1 {
		groups("Maker", store.BySource)
	}
	return all
}

// maxYears is how many years the menu offers; on: in the search knows more.
const maxYears = 12

// periods are those that people mean most: these days, and the years that hold recordings, the newest first.
func periods(days map[store.Day]int, today store.Day) []choice {
	month, since := today.String()[:len("2006-01")], today-29
	all := []choice{{name: "this month", term: "on:" + month}, {name: "last 30 days", term: "after:" + since.String()}}
	years := map[string]int{}
	for d, n := range days {
		day := d.String()
		years[day[:len("2006")]] += n
		if strings.HasPrefix(day, month) {
			all[0].count += n
		}
		if d >= since {
			all[1].count += n
		}
	}
	newest := slices.Sorted(maps.Keys(years))
	slices.Reverse(newest)
	for _, year := range newest[:min(len(newest), maxYears)] {
		all = append(all, choice{name: year, term: "on:" + year, count: years[year]})
	}
	for i := range all {
		all[i].section, all[i].known = "When", true
	}
	return all
}

// Update takes a key, or a click on a choice.
func (m *Filter) Update(c *common.Common, msg tea.Msg) common.Action {
	all := choices(c)
	m.Keep(len(all))
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if index, ok := m.at(c, all, msg.Y); ok {
			m.Cursor = index
			return choose(c.Search.Text, all[index])
		}
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case key == "esc" || key == "q" || key == "f":
			return common.Close{}
		case key == "C":
			return common.Show{Dialog: askForget(c)}
		case !m.Move(keys.InDialog(key), len(all), m.height(c)/2) && len(all) > 0:
			return m.key(c, all[m.Cursor], key)
		}
	}
	return nil
}

// key does what a key does to the choice at the cursor.
func (m *Filter) key(c *common.Common, at choice, key string) common.Action {
	query := c.Search.Text
	switch {
	case key == "space" || key == "x":
		return choose(query, at)
	case key == "enter" && !at.saved && hasTerm(query, at.term):
		return common.Close{}
	case key == "enter":
		return common.Actions{common.Close{}, at.searchFor(query)}
	case key == "-" && !at.saved:
		return common.EditSearch{Query: toggle(query, "-"+at.term)}
	case key == "R" && at.saved:
		return common.Show{Dialog: newRenameSearch(c, at.name)}
	case key == "D" && at.saved:
		return tea.Cmd(func() tea.Msg { return c.Undoable(c.DB.DropSearch(c.Ctx, at.name)) })
	}
	return nil
}

// askForget asks before past searches are forgotten.
func askForget(c *common.Common) *Prompt {
	return AskWord("forget", "Forget all past searches?", []string{"Saved searches stay. This cannot be undone."}, tea.Cmd(func() tea.Msg {
		return common.Changed{Text: "Past searches are forgotten", Err: c.DB.ForgetSearches(c.Ctx)}
	}))
}

// choose puts a choice into a search or takes it out again. One that was saved is the whole of it, and closes the menu.
func choose(query string, at choice) common.Action {
	if at.saved {
		return common.Actions{common.Close{}, at.searchFor(query)}
	}
	return at.searchFor(query)
}

func (at choice) searchFor(query string) common.Action {
	if at.saved {
		return common.SearchFor{Query: at.term}
	}
	return common.EditSearch{Query: toggle(query, at.term)}
}

// toggle adds a term to a query, in place of those that contradict it, or takes it out.
func toggle(query, term string) string {
	if hasTerm(query, term) {
		return store.WithoutTerms(query, func(t store.TermText) bool { return strings.EqualFold(t.Text, term) })
	}
	added := store.Terms(term)[0]
	query = store.WithoutTerms(query, func(t store.TermText) bool { return contradicts(t, added) })
	return store.WithTerm(query, term)
}

func hasTerm(query, term string) bool {
	return slices.ContainsFunc(store.Terms(query), func(t store.TermText) bool { return strings.EqualFold(t.Text, term) })
}

// contradicts reports whether a term gives way to one that is added: another period, or its reverse.
func contradicts(t, added store.TermText) bool {
	date := func(t store.TermText) bool {
		return slices.Contains([]string{"on", "during", "after", "before"}, t.Field)
	}
	switch {
	case date(t) && date(added):
		return !t.Not && !added.Not
	case t.Not != added.Not:
		return t.Field == added.Field && strings.EqualFold(t.Value, added.Value)
	}
	reverse := t.Field == "has" && added.Field == "no" || t.Field == "no" && added.Field == "has"
	return reverse && strings.EqualFold(t.Value, added.Value)
}

// menuHead is how many lines stand above the rows.
const menuHead = 2

// height is how many lines the rows have.
func (m *Filter) height(c *common.Common) int { return c.Layout.H - menuHead - 6 }

// layout is the rows that are seen: each the index of a choice, or the complement of one whose section is named
// above it.
func (m *Filter) layout(c *common.Common, all []choice) []int {
	var rows []int
	cursor := 0
	for i, c := range all {
		if i == 0 || c.section != all[i-1].section {
			rows = append(rows, ^i)
		}
		if i == m.Cursor {
			cursor = len(rows)
		}
		rows = append(rows, i)
	}
	at := widget.Table{Cursor: cursor}
	from, to := at.Seen(len(rows), m.height(c))
	return rows[from:to]
}

// at is the choice in a line of the menu.
func (m *Filter) at(c *common.Common, all []choice, line int) (index int, ok bool) {
	rows := m.layout(c, all)
	line -= menuHead
	if line < 0 || line >= len(rows) || rows[line] < 0 {
		return 0, false
	}
	return rows[line], true
}

// View draws the search, and the choices with how many recordings each finds.
func (m *Filter) View(c *common.Common) string {
	now := &c.Search
	st, w, all := &c.Styles, min(72, c.Layout.W-8), choices(c)
	m.Keep(len(all))
	query, found := text.Brief(now.Text), phrase.Count(now.Found, "recording")+" found"
	switch {
	case now.Wrong != nil:
		found = "✗ " + ansi.Truncate(text.Brief(now.Wrong.Term), w/3, "…")
	case now.Busy:
		found = "…"
	}
	if query == "" {
		query = "everything"
	}
	query = ansi.Truncate(query, w-ansi.StringWidth(found)-5, "…")
	lines := []string{text.Sides(st.Key.Render("/")+" "+query, st.Quiet.Render(found), w+1), ""}
	if len(all) == 0 {
		lines = append(lines, st.Quiet.Render("  counting …"))
	}
	rows := m.layout(c, all)
	for i, row := range rows {
		switch {
		case row >= 0:
			lines = append(lines, m.line(c, now.Text, all[row], row == m.Cursor, w))
		case i == len(rows)-1: // none of its choices is seen
			lines = append(lines, strings.Repeat(" ", w))
		default:
			lines = append(lines, text.Fit(st.Strong.Render(all[^row].section), w))
		}
	}
	hints := [][2]string{{"space", "on, off"}, {"-", "not"}, {"enter", "choose"}, {"esc", "close"}, {"C", "forget history"}}
	if len(all) > 0 && all[m.Cursor].saved {
		hints = [][2]string{{"enter", "choose"}, {"R", "rename"}, {"D", "drop"}, {"esc", "close"}, {"C", "forget history"}}
	}
	return strings.Join(append(lines, "", widget.Hints(st, w, 1, hints)[0]), "\n")
}

// line draws a choice.
func (m *Filter) line(c *common.Common, query string, at choice, selected bool, w int) string {
	st, count, box := &c.Styles, "", "[ ] "
	switch {
	case at.saved:
		return widget.Row(st, text.Fit(text.Brief(at.name), (w-2)/2)+" "+st.Quiet.Render(text.Brief(at.term)), selected, w)
	case hasTerm(query, at.term):
		box = "[x] "
	case hasTerm(query, "-"+at.term):
		box = "[-] "
	}
	if at.known {
		count = phrase.Comma(at.count)
	}
	words := text.Fit(text.Brief(at.name), w-20)
	if at.known && at.count == 0 {
		words = st.Quiet.Render(words)
	}
	return widget.Row(st, box+words+st.Quiet.Render(text.FitRight(count, 11)), selected, w)
}
