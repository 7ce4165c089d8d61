package ui

import (
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

// groupsDialog counts what a search finds by something, and narrows the search to a group.
type groupsDialog struct {
	seq    int
	title  string
	query  string // what is counted
	by     int    // index of groupings
	whole  string // the name of a row for all of it, "" for none
	groups []store.Group
	read   bool // whether groups were counted
	widget.Table
}

// groupings are by what the dialog counts.
var groupings = []store.Grouping{store.ByDay, store.ByMonth, store.ByHour, store.ByDevice, store.ByPerson, store.ByKind}

const byDevice = 3 // index of groupings

// groupsMsg is what was counted.
type groupsMsg struct {
	seq    int
	groups []store.Group
	err    error
}

// openGroups counts what is found.
func (a *App) openGroups() tea.Cmd {
	if a.library.wrong != nil {
		return a.say("The search has to be put right first")
	}
	d := &groupsDialog{title: "What is found", query: a.library.input.Value(), by: byDevice}
	a.dialog = d
	return d.count(a)
}

// openMarked counts what is marked by device.
func (a *App) openMarked() tea.Cmd {
	n := len(a.Marked)
	if n == 0 {
		return a.say("Nothing is marked: %s marks a recording", a.Keys.KeyOf(keys.MarkOne))
	}
	d := &groupsDialog{title: "Marked: " + phrase.Count(n, "recording"), query: "is:marked", by: byDevice, whole: "all that is marked"}
	a.dialog = d
	return d.count(a)
}

func (d *groupsDialog) count(a *App) tea.Cmd {
	d.seq, d.read, d.groups, d.Cursor = a.ask(), false, nil, 0
	query, err := a.library.parse(&a.Common, d.query)
	if err != nil {
		return a.fail(err)
	}
	ctx, db, seq, by := a.Ctx, a.o.DB, d.seq, groupings[d.by]
	return func() tea.Msg {
		groups, err := db.Groups(ctx, query, by)
		return groupsMsg{seq, groups, err}
	}
}

func (d *groupsDialog) take(a *App, msg groupsMsg) tea.Cmd {
	if msg.seq != d.seq {
		return nil
	}
	d.groups, d.read = msg.groups, msg.err == nil
	if d.whole != "" && d.read {
		d.groups = append([]store.Group{{Name: d.whole, Recordings: len(a.Marked)}}, d.groups...)
	}
	return a.failed(true, msg.err)
}

func (d *groupsDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case groupsMsg:
		return d.take(a, msg), false
	case tea.MouseClickMsg:
		from, to := d.Seen(len(d.groups), d.height(a))
		if index := from + msg.Y - groupsHead; msg.Y >= groupsHead && index < to {
			d.Cursor = index
			return d.narrow(a)
		}
	case tea.KeyPressMsg:
		switch key := msg.String(); key {
		case "esc", "q", "b":
			return nil, true
		case "enter":
			return d.narrow(a)
		case "tab", "right", "l":
			d.by = (d.by + 1) % len(groupings)
			return d.count(a), false
		case "left", "h":
			d.by = (d.by + len(groupings) - 1) % len(groupings)
			return d.count(a), false
		default:
			d.Move(a.Keys.Action(keys.LibraryScreen, key), len(d.groups), d.height(a)-1)
		}
	}
	return nil, false
}

// narrow shows the group at the cursor.
func (d *groupsDialog) narrow(a *App) (cmd tea.Cmd, done bool) {
	if d.Cursor >= len(d.groups) {
		return nil, false
	}
	g, field := d.groups[d.Cursor], string(groupings[d.by])
	query := d.query
	switch {
	case g.Term != "":
		// Another term of the field would not narrow it further, but add to it.
		query = store.WithoutTerms(query, func(t store.TermText) bool { return t.Field == field && !t.Not })
		query = store.WithTerm(query, g.Term)
	case d.whole == "" || d.Cursor > 0:
		return a.say(noTerm), false
	}
	return a.searchFor(query), true
}

// groupsHead is how many lines stand above the groups, maxGroups how many are seen at most.
const (
	groupsHead = 4
	maxGroups  = 24
)

// height is how many groups are seen.
func (d *groupsDialog) height(a *App) int { return min(maxGroups, a.Layout.H-groupsHead-6) }

func (d *groupsDialog) view(a *App) string {
	st, w := &a.Styles, min(64, a.Layout.W-8)
	about := text.Brief(d.query)
	if about == "" {
		about = "everything"
	}
	lines := []string{text.Fit(st.Strong.Render(d.title), w), text.Fit(st.Quiet.Render("/ "+about), w), d.tabs(a, w), strings.Repeat(" ", w)}
	switch {
	case !d.read:
		lines = append(lines, st.Quiet.Render("  counting …"))
	case len(d.groups) == 0:
		lines = append(lines, st.Quiet.Render("  Nothing to count."))
	}
	most := 1
	for i, g := range d.groups {
		if i > 0 || d.whole == "" {
			most = max(most, g.Recordings)
		}
	}
	from, to := d.Seen(len(d.groups), d.height(a))
	name, bar := w-32, 18
	for i := from; i < to; i++ {
		g := d.groups[i]
		share := strings.Repeat("▇", min(bar, (g.Recordings*bar+most-1)/most))
		row := text.Fit(d.name(a, g), name) + text.FitRight(phrase.Comma(g.Recordings), 9) + "  " + st.Accent.Render(text.Fit(share, bar))
		lines = append(lines, widget.Row(st, row, i == d.Cursor, w))
	}
	foot := widget.Hints(st, w, 1, [][2]string{{"enter", "show it"}, {"→", "other counts"}, {"esc", "close"}})[0]
	if rest := len(d.groups) - (to - from); rest > 0 {
		foot = text.Sides(foot, st.Quiet.Render(phrase.Comma(rest)+" more"), w)
	}
	return strings.Join(append(text.Pad(lines, w, groupsHead+d.height(a)), "", foot), "\n")
}

// tabs draws by what can be counted.
func (d *groupsDialog) tabs(a *App, w int) string {
	var tabs []string
	for i, by := range groupings {
		if i == d.by {
			tabs = append(tabs, a.Styles.Tab.Render("["+string(by)+"]"))
		} else {
			tabs = append(tabs, a.Styles.Quiet.Render(" "+string(by)+" "))
		}
	}
	return ansi.Truncate("by "+strings.Join(tabs, ""), w, "…")
}

// name is what a group is called.
func (d *groupsDialog) name(a *App, g store.Group) string {
	switch by := groupings[d.by]; {
	case g.Name == "" && by == store.ByPerson:
		return a.Styles.Quiet.Render("nobody was recognised")
	case g.Name == "":
		return a.Styles.Quiet.Render("the maker has no word for it")
	case by == store.ByHour && (d.whole == "" || g.Term != ""):
		return fmt.Sprintf("%s:00 – %s:59", g.Name, g.Name)
	case by == store.ByDay && g.Term != "":
		return dayNamed(g.Name)
	}
	if g.Name = text.Brief(g.Name); g.Name == "" {
		return a.Styles.Quiet.Render("(a name that cannot be shown)")
	}
	return g.Name
}
