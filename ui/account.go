package ui

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// account is what became of every member of an import. It knows the ids of all, and reads the
// rest of a member only where it is seen.
type account struct {
	seq    int
	of     store.ImportSummary
	state  string
	filter int // index of filters
	ids    []int64
	read   bool // whether ids were found
	widget.Table
	rows  map[int64]store.MemberOutcome
	asked map[int64]bool
	full  bool // whether the member at the cursor has the whole room
	way   wayOut
}

// filters are the outcomes that an account can be cut down to, "" for all.
var filters = []store.Outcome{"", store.MemberFailed, store.MemberImported, store.MemberIgnored}

// newAccount begins with what failed, if anything did.
func newAccount(of store.ImportSummary, state string) *account {
	c := &account{of: of, state: state}
	if of.FailedMembers+of.FailedRecords > 0 {
		c.filter = 1
	}
	return c
}

// find asks for the members that the filter leaves.
func (c *account) find(a *App) tea.Cmd {
	c.seq = a.ask()
	c.ids, c.read, c.Cursor, c.full, c.way = nil, false, 0, false, wayOut{}
	c.rows, c.asked = map[int64]store.MemberOutcome{}, map[int64]bool{}
	ctx, db, seq, id, outcome := a.Ctx, a.o.DB, c.seq, c.of.ID, filters[c.filter]
	return func() tea.Msg {
		ids, err := db.MemberIDs(ctx, id, outcome)
		return memberIDsMsg{seq, ids, err}
	}
}

// margin is how many members around those that are seen are read with them.
const margin = 100

// load reads the members that are seen, or soon will be.
func (c *account) load(a *App) tea.Cmd {
	from, to := c.Seen(len(c.ids), c.height(a))
	var ids []int64
	for _, id := range c.ids[max(0, from-1):to] {
		if _, known := c.rows[id]; !known && !c.asked[id] {
			ids = nil
			for _, near := range c.ids[max(0, from-margin):min(len(c.ids), to+margin)] {
				if _, known := c.rows[near]; !known && !c.asked[near] {
					ids, c.asked[near] = append(ids, near), true
				}
			}
			break
		}
	}
	if len(ids) == 0 {
		return nil
	}
	ctx, db, seq := a.Ctx, a.o.DB, c.seq
	return func() tea.Msg {
		members, err := db.Members(ctx, ids)
		return membersMsg{seq, ids, members, err}
	}
}

func (c *account) take(a *App, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case memberIDsMsg:
		if msg.seq != c.seq {
			return nil
		}
		c.ids, c.read = msg.ids, true
		return tea.Batch(a.failed(true, msg.err), c.load(a))
	case membersMsg:
		if msg.seq != c.seq {
			return nil
		}
		if len(c.rows)+len(msg.members) > cachedRows {
			clear(c.rows)
		}
		for _, id := range msg.asked {
			delete(c.asked, id)
			if m, found := msg.members[id]; found {
				c.rows[id] = m
			}
		}
		c.rest(a)
		return a.failed(true, msg.err)
	}
	return nil
}

// rest finds the way out for the member at the cursor.
func (c *account) rest(a *App) {
	c.way = wayOut{}
	if m, known := c.current(); known {
		c.way = newWayOut(a.o.DB.Path(), c.of.Paths, m.Remedy)
	}
}

func (c *account) current() (store.MemberOutcome, bool) {
	if c.Cursor >= len(c.ids) {
		return store.MemberOutcome{}, false
	}
	m, known := c.rows[c.ids[c.Cursor]]
	return m, known
}

func (c *account) key(a *App, key string) (cmd tea.Cmd, done bool) {
	switch key {
	case "esc", "q":
		done = !c.full
		c.full = false
		return nil, done
	case "enter":
		c.full = !c.full && len(c.ids) > 0
	case "tab", "right", "l":
		c.filter = (c.filter + 1) % len(filters)
		return c.find(a), false
	case "left", "h":
		c.filter = (c.filter + len(filters) - 1) % len(filters)
		return c.find(a), false
	case "y":
		return c.way.copy(a), false
	default:
		if c.Move(keys.InDialog(key), len(c.ids), c.height(a)) {
			c.rest(a)
			return c.load(a), false
		}
	}
	return nil, false
}

// below is how many rows are told of the member at the cursor.
func (c *account) below(a *App) int { return max(3, (accountHeight(a)-5)*2/5) }

// height is how many members are seen.
func (c *account) height(a *App) int { return accountHeight(a) - c.below(a) - 6 }

func (c *account) lines(a *App, w int) []string {
	st := &a.Styles
	style := map[store.ImportState]func(...string) string{store.ImportDone: st.Good.Render, store.ImportFailed: st.Bad.Render}[c.of.State]
	if style == nil {
		style = st.Warn.Render
	}
	lines := []string{text.Fit(st.Strong.Render("Import of "+c.of.Started.In(a.o.Zone).Format(minuteLayout))+"  "+style(c.state)+"  "+
		st.Quiet.Render(text.Brief(phrase.Paths(c.of.Paths))), w)}
	foot := [][2]string{{"→", "filter"}, {"enter", "all of its reason"}, {"esc", "back"}}
	if c.full {
		lines = append(append(lines, ""), c.about(a, w, accountHeight(a)-3)...)
		foot = [][2]string{{"enter", "back to the list"}}
	} else {
		lines = append(lines, text.Fit(phrase.Imported(c.of.ImportCounts), w), c.tabs(a, w), "")
		lines = append(lines, text.Pad(c.members(a, w), w, c.height(a))...)
		lines = append(lines, st.Quiet.Render(strings.Repeat("─", w)))
		lines = append(lines, c.about(a, w, c.below(a))...)
	}
	if len(c.way.options) > 0 {
		foot = append([][2]string{{"y", "copy the command"}}, foot...)
	}
	return append(text.Pad(lines, w, accountHeight(a)-1), widget.Hints(st, w, 1, foot)[0])
}

// tabs draws the filters with how many members each leaves, or only of the chosen one if there is no more room.
func (c *account) tabs(a *App, w int) string {
	counts := []int{c.of.Members + c.of.FailedRecords, c.of.FailedMembers + c.of.FailedRecords, c.of.Imported(), c.of.Ignored}
	draw := func(all bool) string {
		var tabs []string
		for i, outcome := range filters {
			name := cmp.Or(string(outcome), "all")
			if all || i == c.filter {
				name += " " + phrase.Comma(counts[i])
			}
			if i == c.filter {
				tabs = append(tabs, a.Styles.Tab.Render("["+name+"]"))
			} else {
				tabs = append(tabs, a.Styles.Quiet.Render(" "+name+" "))
			}
		}
		return strings.Join(tabs, " ")
	}
	if tabs := draw(true); ansi.StringWidth(tabs) <= w {
		return tabs
	}
	return draw(false)
}

// members draws those that are seen.
func (c *account) members(a *App, w int) []string {
	st := &a.Styles
	switch {
	case !c.read:
		return []string{st.Quiet.Render("  " + a.Spinner.Of("reading …"))}
	case len(c.ids) == 0 && c.filter == 1:
		return []string{st.Quiet.Render("  Nothing failed.")}
	case len(c.ids) == 0:
		return []string{st.Quiet.Render("  None.")}
	}
	var lines []string
	from, to := c.Seen(len(c.ids), c.height(a))
	for i := from; i < to; i++ {
		m, known := c.rows[c.ids[i]]
		if !known {
			lines = append(lines, widget.Row(st, st.Quiet.Render("…"), i == c.Cursor, w))
			continue
		}
		outcome := text.Fit(string(m.Outcome), 10)
		switch m.Outcome {
		case store.MemberFailed:
			outcome = st.Bad.Render(outcome)
		case store.MemberIgnored:
			outcome = st.Quiet.Render(outcome)
		case store.MemberImported:
			outcome = st.Good.Render(outcome)
		}
		lines = append(lines, widget.Row(st, outcome+c.name(i, m)+st.Quiet.Render(reason(m)), i == c.Cursor, w))
	}
	return lines
}

func reason(m store.MemberOutcome) string {
	if m.Reason == "" {
		return ""
	}
	return ": " + text.Brief(m.Reason)
}

// name is what a member is called. A record is written under its member, or under one of its neighbours.
func (c *account) name(index int, m store.MemberOutcome) string {
	if !m.Record || index == 0 {
		return text.Brief(m.Member)
	}
	above, known := c.rows[c.ids[index-1]]
	member, place := recordIn(m.Member)
	if above.Record {
		above.Member, _ = recordIn(above.Member)
	}
	if !known || above.Member != member {
		return text.Brief(m.Member)
	}
	if line, is := strings.CutPrefix(place, ":"); is {
		return "  └ line " + line
	}
	return "  └ record " + strings.TrimPrefix(place, "#")
}

// recordIn parts the name of a record: that of its member, and where in it the record is.
func recordIn(name string) (member, place string) {
	member = strings.TrimRight(name, "0123456789")
	if member == "" {
		return name, ""
	}
	return member[:len(member)-1], name[len(member)-1:]
}

// about tells all of the member at the cursor.
func (c *account) about(a *App, w, rows int) []string {
	m, known := c.current()
	if !known {
		return nil
	}
	lines := text.Wrap(text.Brief(m.Member), w, max(1, rows/3))
	for i := range lines {
		lines[i] = a.Styles.Strong.Render(lines[i])
	}
	words := text.Brief(m.Reason)
	if words == "" {
		words = fmt.Sprintf("It was %s, and there is nothing to tell of it.", m.Outcome)
	}
	way := c.way.lines(a, w, rows-len(lines)-1)
	lines = append(lines, text.Wrap(words, w, max(1, rows-len(lines)-len(way)))...)
	return append(lines, way...)
}
