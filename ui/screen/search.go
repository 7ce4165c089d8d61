package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
)

// past is the searches that are remembered, and where one is among them.
type past struct {
	all     []string // the newest first
	seq     int      // of the question about them that was asked last
	at      int      // index of the one in the search box, -1 if none was fetched
	before  string   // what stood there before one was fetched
	changed bool     // whether the box was typed into since it was opened or one was fetched
}

func (l *library) Editing() bool { return l.input.Focused() }

func (l *library) StartSearch(c *common.Common) tea.Cmd {
	l.full = false
	l.input.CursorEnd()
	l.past.at, l.past.changed = -1, false
	return tea.Batch(l.input.Focus(), c.AskFacets())
}

func (l *library) TextCursor(c *common.Common) *tea.Cursor {
	field, _ := l.field(c)
	return tea.NewCursor(l.column(field, l.input.Position()), 1)
}

func (l *library) Typed(c *common.Common, msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if cmd, was := l.searchKey(c, key.String()); was {
			return cmd
		}
	}
	before, at := l.input.Value(), l.input.Position()
	var cmd tea.Cmd
	l.input, cmd = l.input.Update(msg)
	if l.input.Value() == before {
		if l.input.Position() != at {
			l.suggested = suggestions{}
		}
		return cmd
	}
	l.past.changed, l.typing = true, true
	l.suggest(c)
	return tea.Batch(cmd, l.find(c))
}

// searchKey does what a key that types nothing is for, and reports whether it was one.
func (l *library) searchKey(c *common.Common, key string) (cmd tea.Cmd, was bool) {
	open := len(l.suggested.all) > 0
	switch {
	case key == "enter" && (!open || c.Search.Wrong == nil): // else it is only not finished
		return l.Leave(c), true
	case open && (key == "tab" || key == "enter" || key == "right" && l.input.Position() == len([]rune(l.input.Value()))):
		return l.accept(c, l.suggested.all[l.suggested.Cursor]), true
	case open && (key == "up" || key == "down"):
		l.suggested.Move(c.Keys.Action(keys.LibraryScreen, key), len(l.suggested.all), 1)
	case open && key == "esc":
		l.suggested = suggestions{}
	case key == "tab", key == "down" && (l.past.changed || l.past.at < 0):
		return l.Leave(c), true
	case key == "down":
		return l.fetch(c, l.past.at-1), true
	case key == "up" && !l.past.changed:
		return l.fetch(c, l.past.at+1), true
	case key == "esc" && l.input.Value() == "":
		return l.Leave(c), true
	case key == "esc":
		l.list.moved = true // to what the search has found
		l.input.SetValue("")
		l.past.at, l.past.changed = -1, false
		return l.find(c), true
	default:
		return nil, false
	}
	return nil, true
}

// fetch puts a past search into the box, or what stood there before if index is -1.
func (l *library) fetch(c *common.Common, index int) tea.Cmd {
	p := &l.past
	if p.at < 0 {
		p.before = l.input.Value()
		if index < len(p.all) && p.all[index] == p.before {
			index++ // it is there already
		}
	}
	if index >= len(p.all) {
		return nil
	}
	p.at = index
	text := p.before
	if index >= 0 {
		text = p.all[index]
	}
	l.input.SetValue(text)
	l.input.CursorEnd()
	l.typing = true
	return l.find(c)
}

func (l *library) Leave(c *common.Common) tea.Cmd {
	if !l.Editing() {
		return nil
	}
	l.input.Blur()
	l.suggested = suggestions{}
	query := strings.TrimSpace(l.input.Value())
	if query == "" || c.Search.Wrong != nil || len(l.past.all) > 0 && l.past.all[0] == query {
		return nil
	}
	l.past.all = append([]string{query}, slices.DeleteFunc(l.past.all, func(other string) bool { return other == query })...)
	ctx, db := c.Ctx, c.DB
	return common.Try(func() error { return db.Remember(ctx, query) }, func(err error) common.Action {
		return common.Actions{common.Failed(err), l.loadSearches(c)}
	})
}

// searches is the past and the saved ones.
type searches struct {
	past  []string
	saved []store.SavedSearch
}

func (l *library) loadSearches(c *common.Common) tea.Cmd {
	l.past.seq++
	ctx, db, seq := c.Ctx, c.DB, l.past.seq
	return common.Ask(nil, func() (all searches, err error) {
		if all.past, err = db.Searches(ctx); err == nil {
			all.saved, err = db.SavedSearches(ctx)
		}
		return all, err
	}, func(all searches, err error) common.Action {
		switch {
		case seq != l.past.seq:
			return nil
		case err != nil:
			return common.Fail{Err: err}
		case l.past.at >= 0: // the one that was fetched may have another place now
			l.past.at = slices.Index(all.past, l.input.Value())
		}
		l.past.all, c.Search.Saved = all.past, all.saved
		return nil
	})
}

func (l *library) Hints(c *common.Common) [][2]string {
	if len(l.suggested.all) > 0 {
		enter := "to the list"
		if c.Search.Wrong != nil {
			enter = "complete"
		}
		return [][2]string{{"tab", "complete"}, {"↑ ↓", "choose"}, {"enter", enter}, {"esc", "no completion"}}
	}
	hints := [][2]string{{"enter", "to the list"}, {"esc", "clear"}}
	if l.input.Value() == "" {
		hints[1][1] = "close"
	}
	if !l.past.changed && len(l.past.all) > 0 {
		hints = append(hints, [2]string{"↑ ↓", "past searches"})
	}
	return hints
}

func (l *library) Title(c *common.Common) string {
	st := &c.Styles
	field, right := l.field(c)
	if l.input.Value() == "" {
		text := l.input.Placeholder
		if l.Editing() {
			text = strings.TrimPrefix(text, "search: ")
		}
		field.text = st.Quiet.Render(ansi.Truncate(text, field.width, "…"))
	}
	return text.Sides(" "+st.Key.Render(c.Keys.KeyOf(keys.Search))+" "+field.text, right, c.Layout.W)
}

// searchField is the part of the search that is seen.
type searchField struct {
	at    int // the column of its first cell
	text  string
	from  int // how many runes of the search are left of it
	width int // cells that it has
}

// field is the search as far as it is seen beside the text at its right, and that text.
func (l *library) field(c *common.Common) (field searchField, right string) {
	st := &c.Styles
	switch {
	case len(l.suggested.all) > 0 && c.Search.Wrong != nil: // it is not finished
	case c.Search.Wrong != nil:
		right = st.Bad.Render("✗")
	case c.Search.Busy:
		right = st.Quiet.Render(c.Spinner.View())
	case c.Search.Failed:
		right = st.Bad.Render("the search failed")
	default:
		right = st.Quiet.Render(phrase.Count(len(l.list.IDs), "recording") + " found" + orderName(l.query.Sort))
	}
	field.at = 2 + ansi.StringWidth(c.Keys.KeyOf(keys.Search))
	field.width = max(10, c.Layout.W-ansi.StringWidth(right)-field.at-4)
	runes := []rune(l.input.Value())
	// The search begins so far to the left that its cursor is seen.
	for over := cells(runes[:l.input.Position()]) - field.width + 1; over > 0; field.from++ {
		over -= cells(runes[field.from : field.from+1])
	}
	field.text = ansi.Truncate(text.Field(string(runes[field.from:])), field.width, "")
	return field, right
}

// cells is how wide runes of the search are drawn.
func cells(runes []rune) int { return ansi.StringWidth(text.Field(string(runes))) }

// column is where on the screen a rune of the search is.
func (l *library) column(field searchField, index int) int {
	runes := []rune(l.input.Value())
	return field.at + cells(runes[min(field.from, index):index])
}

func (l *library) Under(c *common.Common) (lines []string, x int) {
	field, _ := l.field(c)
	switch {
	case len(l.suggested.all) > 0:
		return l.suggestionLines(c, l.column(field, l.suggested.from))
	case c.Search.Wrong != nil:
		return l.wrongLines(c, field), 0
	}
	return nil, 0
}

// wrongLines draw a caret below each letter of the wrong term, and what would be right.
func (l *library) wrongLines(c *common.Common, field searchField) []string {
	st, w := &c.Styles, c.Layout.W
	before := []rune(l.input.Value()[:c.Search.Wrong.At])
	at := min(l.column(field, len(before)), w-2)
	carets := max(1, min(cells([]rune(c.Search.Wrong.Term)), w-at-1))
	lines := []string{text.Fit(strings.Repeat(" ", at)+st.Bad.Render(strings.Repeat("^", carets)), w)}
	hint := text.Wrap("✗ "+text.Brief(c.Search.Wrong.Hint), w-2, 3)
	indent := max(1, min(at, w-lipgloss.Width(strings.Join(hint, "\n"))-1))
	for _, line := range hint {
		lines = append(lines, text.Fit(strings.Repeat(" ", indent)+st.Bad.Render(line), w))
	}
	return lines
}

// orderName tells an order that is not the usual one.
func orderName(sort store.Sorting) string {
	return map[store.Sorting]string{store.Oldest: ", oldest first", store.Longest: ", longest first"}[sort]
}
