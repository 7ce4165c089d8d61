package dialog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// account is what became of every member of an import. It knows the ids of all, and reads the
// rest of a member only where it is seen.
type account struct {
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
func newAccount(of store.ImportReport, state string) *account {
	a := &account{of: of, state: state}
	if of.FailedMembers+of.FailedRecords > 0 {
		a.filter = 1
	}
	return a
}

// find asks for the members that the filter leaves, and shows them in place of these.
func (a *account) find(c *common.Common, d *Import) common.Action {
	other := &account{of: a.of, state: a.state, filter: a.filter}
	d.past.account = other
	return common.Ask(d, func() ([]int64, error) { return c.DB.MemberIDs(c.Ctx, a.of.ID, filters[a.filter]) }, func(ids []int64, err error) common.Action {
		if d.past == nil || d.past.account != other { // it was closed
			return nil
		}
		other.ids, other.read = ids, true
		return common.Actions{common.Failed(err), other.load(c, d)}
	})
}

// margin is how many members around those that are seen are read with them.
const margin = 100

// load reads the members that are seen, with those around them, in place of the ones read before.
func (a *account) load(c *common.Common, d *Import) common.Action {
	from, to := a.Seen(len(a.ids), a.height(c))
	unread := func(id int64) bool { _, known := a.rows[id]; return !known }
	if a.reading || !slices.ContainsFunc(a.ids[max(0, from-1):to], unread) {
		return nil
	}
	a.reading = true
	ids := a.ids[max(0, from-margin):min(len(a.ids), to+margin)]
	return common.Ask(d, func() (map[int64]store.MemberOutcome, error) { return c.DB.Members(c.Ctx, ids) },
		func(members map[int64]store.MemberOutcome, err error) common.Action {
			switch a.reading = false; {
			case d.past == nil || d.past.account != a: // it was closed
				return nil
			case err != nil:
				return common.Fail{Err: err}
			}
			a.take(c, ids, members)
			return a.load(c, d) // the cursor may have gone on
		})
}

func (a *account) take(c *common.Common, ids []int64, members map[int64]store.MemberOutcome) {
	a.rows = map[int64]store.MemberOutcome{}
	for _, id := range ids {
		a.rows[id] = members[id]
	}
	a.rest(c)
}

// rest finds the way out for the member at the cursor.
func (a *account) rest(c *common.Common) {
	a.way = wayOut{}
	if m, known := a.current(); known && m.Remedy != "" {
		a.way = newWayOut(c.DB.Path(), a.of.Paths, m.Remedy)
	}
}

func (a *account) current() (store.MemberOutcome, bool) {
	if a.Cursor >= len(a.ids) {
		return store.MemberOutcome{}, false
	}
	m, known := a.rows[a.ids[a.Cursor]]
	return m, known
}

func (a *account) key(c *common.Common, d *Import, key string) common.Action {
	switch key {
	case "esc", "q":
		switch {
		case a.full:
			a.full = false
		case d.past.only != 0:
			return d.closePast(c)
		default:
			d.past.account = nil
		}
	case "enter":
		a.full = !a.full && len(a.ids) > 0
	case "tab", "right", "l":
		a.filter = (a.filter + 1) % len(filters)
		return a.find(c, d)
	case "left", "h":
		a.filter = (a.filter + len(filters) - 1) % len(filters)
		return a.find(c, d)
	case "y":
		return a.way.copy()
	default:
		if a.Move(keys.InDialog(key), len(a.ids), a.height(c)) {
			a.rest(c)
			return a.load(c, d)
		}
	}
	return nil
}

// below is how many rows are told of the member at the cursor.
func (a *account) below(c *common.Common) int { return max(3, (pastHeight(c)-5)*2/5) }

// height is how many members are seen.
func (a *account) height(c *common.Common) int { return pastHeight(c) - a.below(c) - 6 }

func (a *account) lines(c *common.Common, w int) []string {
	st := &c.Styles
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
	return append(text.Pad(lines, w, pastHeight(c)-1), widget.Hints(st, w, 1, foot)[0])
}

// tabs draws the filters with how many members each leaves, or only of the chosen one if there is no more room.
func (a *account) tabs(c *common.Common, w int) string {
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
func (a *account) members(c *common.Common, w int) []string {
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
func (a *account) name(index int, m store.MemberOutcome) string {
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
func (a *account) about(c *common.Common, w, rows int) []string {
	m, known := a.current()
	if !known {
		return nil
	}
	lines := text.Wrap(text.Paragraph(m.Member), w, max(1, rows/3))
	for i := range lines {
		lines[i] = c.Styles.Strong.Render(lines[i])
	}
	words := text.Paragraph(m.Reason)
	if words == "" {
		words = fmt.Sprintf("It was %s; no reason was recorded.", m.Outcome)
	}
	way := a.way.lines(c, w, rows-len(lines)-1)
	lines = append(lines, text.Wrap(words, w, max(1, rows-len(lines)-len(way)))...)
	return append(lines, way...)
}
