package ui

import (
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

// filterMenu offers terms for the search. What is chosen in it stands in the search, so that whoever
// uses it learns how to write that.
type filterMenu struct{ widget.Table }

// choice is a row of the menu: a term, or a search that was saved.
type choice struct {
	section string
	name    string
	term    string
	count   int
	known   bool // whether count is
	saved   bool // term is all of a search, name its name
}

// openFilter shows the menu.
func (a *App) openFilter() tea.Cmd {
	a.dialog = &filterMenu{}
	return a.AskFacets()
}

// choices are the rows of the menu. There are none until all were counted, so that no row moves away
// under the cursor.
func (a *App) choices() []choice {
	var all []choice
	if a.Facets.Groups == nil {
		return nil
	}
	for _, s := range a.library.saved {
		all = append(all, choice{section: "Saved searches", name: s.Name, term: s.Query, saved: true})
	}
	groups := func(section string, by store.Grouping) {
		for _, g := range a.Facets.Groups[by] {
			if g.Term != "" && g.Name != "" {
				all = append(all, choice{section: section, name: g.Name, term: g.Term, count: g.Recordings, known: true})
			}
		}
	}
	terms := func(section string, named ...[2]string) {
		for _, n := range named {
			c := choice{section: section, name: n[0], term: n[1]}
			c.count, c.known = a.CountOf(c.term)
			all = append(all, c)
		}
	}
	groups("Device", store.ByDevice)
	groups("Person", store.ByPerson)
	all = append(all, periodChoices(a.Days, a.Today())...)
	terms("What it is", [2]string{"unintended", "is:unintended"}, [2]string{"typed", "is:typed"})
	groups("The maker's word for it", store.ByKind)
	terms("What it has", [2]string{"sound", "has:audio"}, [2]string{"no sound", "no:audio"}, [2]string{"words", "has:transcript"},
		[2]string{"no words", "no:transcript"}, [2]string{"a reply", "has:reply"})
	terms("What became of it", [2]string{"marked", "is:marked"}, [2]string{"asked the maker to delete it", "is:requested"},
		[2]string{"still there, though it was asked", "is:still-there"})
	if len(a.Facets.Groups[store.BySource]) > 1 {
		groups("Maker", store.BySource)
	}
	return all
}

// maxYears is how many years the menu offers; on: in the search knows more.
const maxYears = 12

// periodChoices are the periods that people mean most: these days, and the years that hold recordings.
func periodChoices(days map[store.Day]int, today store.Day) []choice {
	found := []choice{
		{name: "this month", term: "on:" + today.String()[:len("2006-01")]},
		{name: "last 30 days", term: "after:" + (today - 29).String()},
	}
	years := periods(days, "on", "")
	for _, y := range years[:min(len(years), maxYears)] {
		found = append(found, choice{name: strings.TrimPrefix(y.term, "on:"), term: y.term})
	}
	for d, n := range days {
		day := d.String()
		for i := range found {
			p := &found[i]
			if on, is := strings.CutPrefix(p.term, "on:"); is && strings.HasPrefix(day, on) || !is && day >= strings.TrimPrefix(p.term, "after:") {
				p.count += n
			}
		}
	}
	for i := range found {
		found[i].section, found[i].known = "When", true
	}
	return found
}

func (m *filterMenu) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	all := a.choices()
	m.Keep(len(all))
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if index, ok := m.at(a, all, msg.Y); ok {
			m.Cursor = index
			return m.choose(a, all[index]), all[index].saved
		}
	case tea.KeyPressMsg:
		switch key := msg.String(); {
		case key == "esc" || key == "q" || key == "f":
			return nil, true
		case key == "C":
			return a.askForget(m), false
		case !m.Move(a.Keys.Action(keys.LibraryScreen, key), len(all), m.height(a)/2) && len(all) > 0:
			return m.key(a, all[m.Cursor], key)
		}
	}
	return nil, false
}

// key does what a key does to the choice at the cursor.
func (m *filterMenu) key(a *App, c choice, key string) (cmd tea.Cmd, done bool) {
	switch {
	case key == "space" || key == "x":
		return m.choose(a, c), c.saved
	case key == "enter" && !c.saved && hasTerm(a.library.input.Value(), c.term):
		return nil, true
	case key == "enter":
		return m.choose(a, c), true
	case key == "-" && !c.saved:
		return a.library.toggle(&a.Common, "-"+c.term), false
	case key == "R" && c.saved:
		return a.renameSearch(c.name), false
	case key == "D" && c.saved:
		ctx, db := a.Ctx, a.o.DB
		return func() tea.Msg {
			return a.Undoable(db.DropSearch(ctx, c.name))
		}, false
	}
	return nil, false
}

// askForget asks before past searches are forgotten.
func (a *App) askForget(back openDialog) tea.Cmd {
	return a.askWord(wordQuestion{
		word: "forget", title: "Forget all past searches?", keep: "keep", back: back,
		body: []string{"Searches that you saved stay. This has no undo."},
		do: func() tea.Cmd {
			ctx, db := a.Ctx, a.o.DB
			return func() tea.Msg {
				return common.Changed{Text: "Past searches are forgotten", Err: db.ForgetSearches(ctx)}
			}
		},
	})
}

// choose puts a choice into the search, or takes it out again.
func (m *filterMenu) choose(a *App, c choice) tea.Cmd {
	if c.saved {
		return a.searchFor(c.term)
	}
	return a.library.toggle(&a.Common, c.term)
}

// toggle adds a term to the search, in place of those that contradict it, or takes it out.
func (l *library) toggle(c *common.Common, term string) tea.Cmd {
	query := l.input.Value()
	if hasTerm(query, term) {
		query = store.WithoutTerms(query, func(t store.TermText) bool { return strings.EqualFold(t.Text, term) })
	} else {
		added := store.Terms(term)[0]
		query = store.WithoutTerms(query, func(t store.TermText) bool { return contradicts(t, added) })
		query = store.WithTerm(query, term)
	}
	l.input.SetValue(query)
	l.typing = true
	return l.find(c)
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
func (m *filterMenu) height(a *App) int { return a.Layout.H - menuHead - 6 }

// layout is the rows that are seen, each an index of the choices or heading, and how many sections'
// names come before them.
func (m *filterMenu) layout(a *App, all []choice) []int {
	var rows []int
	cursor := 0
	for i, c := range all {
		if i == 0 || c.section != all[i-1].section {
			rows = append(rows, heading)
		}
		if i == m.Cursor {
			cursor = len(rows)
		}
		rows = append(rows, i)
	}
	at := widget.Table{Cursor: cursor}
	from, to := at.Seen(len(rows), m.height(a))
	return rows[from:to]
}

// at is the choice in a line of the menu.
func (m *filterMenu) at(a *App, all []choice, line int) (index int, ok bool) {
	rows := m.layout(a, all)
	line -= menuHead
	if line < 0 || line >= len(rows) || rows[line] == heading {
		return 0, false
	}
	return rows[line], true
}

func (m *filterMenu) view(a *App) string {
	st, w, all := &a.Styles, min(72, a.Layout.W-8), a.choices()
	m.Keep(len(all))
	query, found := text.Brief(a.library.input.Value()), phrase.Count(len(a.library.list.ids), "recording")+" found"
	switch {
	case a.library.wrong != nil:
		found = "✗ " + ansi.Truncate(text.Brief(a.library.wrong.Term), w/3, "…")
	case a.library.busy:
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
	for _, row := range m.layout(a, all) {
		lines = append(lines, m.line(a, all, row, len(lines)-menuHead, w))
	}
	hints := [][2]string{{"space", "on, off"}, {"-", "not"}, {"enter", "choose"}, {"esc", "close"}, {"C", "forget history"}}
	if len(all) > 0 && all[m.Cursor].saved {
		hints = [][2]string{{"enter", "choose"}, {"R", "rename"}, {"D", "drop"}, {"esc", "close"}, {"C", "forget history"}}
	}
	return strings.Join(append(lines, "", widget.Hints(st, w, 1, hints)[0]), "\n")
}

// line draws a row of the menu; a section's name is that of the choice below.
func (m *filterMenu) line(a *App, all []choice, row, at, w int) string {
	st := &a.Styles
	if row == heading {
		rows := m.layout(a, all)
		next := slices.IndexFunc(rows[at:], func(r int) bool { return r != heading })
		if next < 0 {
			return strings.Repeat(" ", w)
		}
		return text.Fit(st.Strong.Render(all[rows[at+next]].section), w)
	}
	c, count, box := all[row], "", "[ ] "
	switch query := a.library.input.Value(); {
	case c.saved:
		return widget.Row(st, text.Fit(text.Brief(c.name), (w-2)/2)+" "+st.Quiet.Render(text.Brief(c.term)), row == m.Cursor, w)
	case hasTerm(query, c.term):
		box = "[x] "
	case hasTerm(query, "-"+c.term):
		box = "[-] "
	}
	if c.known {
		count = phrase.Comma(c.count)
	}
	words := text.Fit(text.Brief(c.name), w-20)
	if c.known && c.count == 0 {
		words = st.Quiet.Render(words)
	}
	return widget.Row(st, box+words+st.Quiet.Render(text.FitRight(count, 11)), row == m.Cursor, w)
}
