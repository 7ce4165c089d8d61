package dialog

import (
	"cmp"
	"fmt"
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
	"unsaid/ui/widget"
)

// Account shows what became of every member of an import. It knows the ids of all, and reads the
// rest of a member only where it is seen.
type Account struct {
	of     store.ImportReport
	state  string
	filter int // index of filters
	ids    []int64
	read   bool // whether ids were found
	widget.Table
	rows    map[int64]store.MemberOutcome // those around the ones that are seen
	reading bool                          // whether others are being read
	full    bool                          // whether the member at the cursor has the whole room
	way     wayOut
}

// filters are the outcomes that an account can be cut down to, "" for all.
var filters = []store.Outcome{"", store.MemberFailed, store.MemberImported, store.MemberIgnored}

// newAccount begins with what failed, if anything did.
func newAccount(of store.ImportReport, state string) *Account {
	a := &Account{of: of, state: state}
	if of.FailedMembers+of.FailedRecords > 0 {
		a.filter = 1
	}
	return a
}

// Start finds the members that the filter leaves.
func (a *Account) Start(c *common.Common) tea.Cmd {
	filter := a.filter
	a.ids, a.rows, a.read, a.Cursor = nil, nil, false, 0
	return common.Ask(a, func() ([]int64, error) { return c.DB.MemberIDs(c.Ctx, a.of.ID, filters[filter]) }, func(ids []int64, err error) common.Action {
		if filter != a.filter {
			return nil
		}
		a.ids, a.read = ids, true
		return common.Actions{common.Failed(err), a.load(c)}
	})
}

// Waits reports whether they are being found.
func (a *Account) Waits() bool { return !a.read }

// margin is how many members around those that are seen are read with them.
const margin = 100

// load reads the members that are seen, with those around them, in place of the ones read before.
func (a *Account) load(c *common.Common) common.Action {
	from, to := a.Seen(len(a.ids), a.height(c))
	unread := func(id int64) bool { _, known := a.rows[id]; return !known }
	if a.reading || !slices.ContainsFunc(a.ids[max(0, from-1):to], unread) {
		return nil
	}
	a.reading = true
	ids := a.ids[max(0, from-margin):min(len(a.ids), to+margin)]
	return common.Ask(a, func() (map[int64]store.MemberOutcome, error) { return c.DB.Members(c.Ctx, ids) },
		func(members map[int64]store.MemberOutcome, err error) common.Action {
			if a.reading = false; err != nil {
				return common.Fail{Err: err}
			}
			a.take(c, ids, members)
			return a.load(c) // the cursor may have gone on
		})
}

func (a *Account) take(c *common.Common, ids []int64, members map[int64]store.MemberOutcome) {
	a.rows = map[int64]store.MemberOutcome{}
	for _, id := range ids {
		a.rows[id] = members[id]
	}
	a.rest(c)
}

// rest finds the way out for the member at the cursor.
func (a *Account) rest(c *common.Common) {
	a.way = wayOut{}
	if m, known := a.current(); known && m.Remedy != "" {
		a.way = newWayOut(c.DB.Path(), a.of.Paths, m.Remedy)
	}
}

func (a *Account) current() (store.MemberOutcome, bool) {
	if a.Cursor >= len(a.ids) {
		return store.MemberOutcome{}, false
	}
	m, known := a.rows[a.ids[a.Cursor]]
	return m, known
}

// Update takes a key.
func (a *Account) Update(c *common.Common, msg tea.Msg) common.Action {
	pressed, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch key := pressed.String(); key {
	case "esc", "q":
		if !a.full {
			return common.Close{}
		}
		a.full = false
	case "enter":
		a.full = !a.full && len(a.ids) > 0
	case "tab", "right", "l":
		a.filter = (a.filter + 1) % len(filters)
		return a.Start(c)
	case "left", "h":
		a.filter = (a.filter + len(filters) - 1) % len(filters)
		return a.Start(c)
	case "y":
		return a.way.copy()
	default:
		if a.Move(keys.InDialog(key), len(a.ids), a.height(c)) {
			a.rest(c)
			return a.load(c)
		}
	}
	return nil
}

// below is how many rows are told of the member at the cursor.
func (a *Account) below(c *common.Common) int { return max(3, (pastHeight(c)-5)*2/5) }

// height is how many members are seen.
func (a *Account) height(c *common.Common) int { return pastHeight(c) - a.below(c) - 6 }

// View draws the account.
func (a *Account) View(c *common.Common) string {
	st, w := &c.Styles, pastWidth(c)
	style, known := map[store.ImportState]lipgloss.Style{store.ImportDone: st.Good, store.ImportFailed: st.Bad}[a.of.State]
	if !known {
		style = st.Warn
	}
	lines := []string{text.Fit(st.Strong.Render("Import of "+c.Dates().Minute(a.of.Started))+"  "+style.Render(a.state)+"  "+
		st.Quiet.Render(text.Brief(phrase.Paths(a.of.Paths))), w)}
	foot := [][2]string{{"→", "filter"}, {"enter", "the whole reason"}, {"esc", "back"}}
	if a.full {
		lines = append(append(lines, ""), a.about(c, w, pastHeight(c)-3)...)
		foot = [][2]string{{"enter", "back to the list"}}
	} else {
		lines = append(lines, text.Fit(phrase.Imported(a.of.ImportCounts), w), a.tabs(c, w), "")
		lines = append(lines, text.Pad(a.members(c, w), w, a.height(c))...)
		lines = append(lines, st.Quiet.Render(strings.Repeat("─", w)))
		lines = append(lines, a.about(c, w, a.below(c))...)
	}
	if len(a.way.options) > 0 {
		foot = append([][2]string{{"y", "copy the command"}}, foot...)
	}
	lines = append(text.Pad(lines, w, pastHeight(c)-1), text.Fit(widget.Hints(st, w, 1, foot)[0], w))
	return strings.Join(lines, "\n")
}

// tabs draws the filters with how many members each leaves, or only of the chosen one if there is no more room.
func (a *Account) tabs(c *common.Common, w int) string {
	counts := []int{a.of.Members + a.of.FailedRecords, a.of.FailedMembers + a.of.FailedRecords, a.of.Imported(), a.of.Ignored}
	draw := func(all bool) string {
		names := make([]string, len(filters))
		for i, outcome := range filters {
			names[i] = cmp.Or(string(outcome), "all")
			if all || i == a.filter {
				names[i] += " " + phrase.Comma(counts[i])
			}
		}
		return widget.Tabs(&c.Styles, names, a.filter, " ")
	}
	if tabs := draw(true); ansi.StringWidth(tabs) <= w {
		return tabs
	}
	return draw(false)
}

// members draws those that are seen.
func (a *Account) members(c *common.Common, w int) []string {
	st := &c.Styles
	switch {
	case !a.read:
		return []string{st.Quiet.Render("  " + c.Spinner.Of("reading …"))}
	case len(a.ids) == 0 && a.filter == 1:
		return []string{st.Quiet.Render("  Nothing failed.")}
	case len(a.ids) == 0:
		return []string{st.Quiet.Render("  None.")}
	}
	styles := map[store.Outcome]lipgloss.Style{store.MemberFailed: st.Bad, store.MemberIgnored: st.Quiet, store.MemberImported: st.Good}
	return a.Lines(st, len(a.ids), w, a.height(c), func(i int) string {
		m, known := a.rows[a.ids[i]]
		if !known {
			return st.Quiet.Render("…")
		}
		return styles[m.Outcome].Render(text.Fit(string(m.Outcome), 10)) + a.name(i, m) + st.Quiet.Render(reason(m))
	})
}

func reason(m store.MemberOutcome) string {
	if m.Reason == "" {
		return ""
	}
	return ": " + text.Brief(m.Reason)
}

// name is what a member is called. A record is written under its member, or under one of its neighbours.
func (a *Account) name(index int, m store.MemberOutcome) string {
	if !m.Record || index == 0 {
		return text.Brief(m.Member)
	}
	above, known := a.rows[a.ids[index-1]]
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
func (a *Account) about(c *common.Common, w, rows int) []string {
	m, known := a.current()
	if !known {
		return nil
	}
	lines := widget.Wrap(c.Styles.Strong, text.Paragraph(m.Member), w, max(1, rows/3))
	words := text.Paragraph(m.Reason)
	if words == "" {
		words = fmt.Sprintf("It was %s; no reason was recorded.", m.Outcome)
	}
	way := a.way.lines(c, w, rows-len(lines)-1)
	lines = append(lines, text.Wrap(words, w, max(1, rows-len(lines)-len(way)))...)
	return append(lines, way...)
}
