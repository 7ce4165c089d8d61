package dialog

import (
	"fmt"
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

// Groups counts what a search finds by something, and narrows the search to a group.
type Groups struct {
	seq    int
	title  string
	query  string        // what is counted
	by     int           // index of groupings
	whole  []store.Group // a row for all of it, nil for none
	groups []store.Group
	read   bool // whether groups were counted
	widget.Table
}

// groupings are by what the dialog counts.
var groupings = []store.Grouping{store.ByDay, store.ByMonth, store.ByHour, store.ByDevice, store.ByPerson, store.ByKind}

const byDevice = 3 // index of groupings

// NewGroups counts what a query finds.
func NewGroups(query string) *Groups {
	return &Groups{title: "Search results", query: query, by: byDevice}
}

// NewMarked counts what is marked, so many recordings, by device.
func NewMarked(marked int) *Groups {
	d := NewGroups("is:marked")
	d.title, d.whole = "Marked: "+phrase.Count(marked, "recording"), []store.Group{{Name: "all marked", Recordings: marked}}
	return d
}

// Start counts by what is chosen.
func (d *Groups) Start(c *common.Common) tea.Cmd {
	d.seq++
	d.read, d.groups, d.Cursor = false, nil, 0
	query, err := c.ParseSearch(d.query)
	seq, by := d.seq, groupings[d.by]
	return common.Ask(d, func() ([]store.Group, error) {
		if err != nil {
			return nil, err
		}
		return c.DB.Groups(c.Ctx, query, by)
	}, func(groups []store.Group, err error) common.Action { return d.take(seq, groups, err) })
}

func (d *Groups) take(seq int, groups []store.Group, err error) common.Action {
	switch {
	case seq != d.seq:
		return nil
	case err != nil:
		return common.Fail{Err: err}
	}
	d.groups, d.read = slices.Concat(d.whole, groups), true
	return nil
}

// Update takes a key, or a click on a group.
func (d *Groups) Update(c *common.Common, msg tea.Msg) common.Action {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if index, ok := d.At(msg.Y-groupsHead, len(d.groups), d.height(c)); ok {
			d.Cursor = index
			return d.narrow()
		}
	case tea.KeyPressMsg:
		switch key := msg.String(); key {
		case "esc", "q", "b":
			return common.Close{}
		case "enter":
			return d.narrow()
		case "tab", "right", "l":
			d.by = (d.by + 1) % len(groupings)
			return d.Start(c)
		case "left", "h":
			d.by = (d.by + len(groupings) - 1) % len(groupings)
			return d.Start(c)
		default:
			d.Move(keys.InDialog(key), len(d.groups), d.height(c)-1)
		}
	}
	return nil
}

// narrow shows the group at the cursor.
func (d *Groups) narrow() common.Action {
	if d.Cursor >= len(d.groups) {
		return nil
	}
	g, field := d.groups[d.Cursor], string(groupings[d.by])
	query := d.query
	switch {
	case g.Term != "":
		// Another term of the field would not narrow it further, but add to it.
		query = store.WithoutTerms(query, func(t store.TermText) bool { return t.Field == field && !t.Not })
		query = store.WithTerm(query, g.Term)
	case d.whole == nil || d.Cursor > 0:
		return common.Say{Text: "There is no search for this name"}
	}
	return common.Actions{common.Close{}, common.SearchFor{Query: query}}
}

// groupsHead is how many lines stand above the groups, maxGroups how many are seen at most.
const (
	groupsHead = 4
	maxGroups  = 24
)

// height is how many groups are seen.
func (d *Groups) height(c *common.Common) int { return min(maxGroups, c.Layout.H-groupsHead-6) }

// View draws the groups with their shares.
func (d *Groups) View(c *common.Common) string {
	st, w := &c.Styles, min(64, c.Layout.W-8)
	about := text.Brief(d.query)
	if about == "" {
		about = "everything"
	}
	by := make([]string, len(groupings))
	for i, one := range groupings {
		by[i] = string(one)
	}
	lines := []string{text.Fit(st.Strong.Render(d.title), w), text.Fit(st.Quiet.Render("/ "+about), w), ansi.Truncate("by "+widget.Tabs(st, by, d.by, ""), w, "…"), strings.Repeat(" ", w)}
	switch {
	case !d.read:
		lines = append(lines, st.Quiet.Render("  counting …"))
	case len(d.groups) == 0:
		lines = append(lines, st.Quiet.Render("  Nothing to count."))
	}
	most := 1
	for i, g := range d.groups {
		if i > 0 || d.whole == nil {
			most = max(most, g.Recordings)
		}
	}
	name, bar := w-32, 18
	lines = append(lines, d.Lines(st, len(d.groups), w, d.height(c), func(i int) string {
		g := d.groups[i]
		share := strings.Repeat("▇", min(bar, (g.Recordings*bar+most-1)/most))
		return text.Fit(d.name(c, g), name) + text.FitRight(phrase.Comma(g.Recordings), 9) + "  " + st.Accent.Render(text.Fit(share, bar))
	})...)
	foot := widget.Hints(st, w, 1, [][2]string{{"enter", "show it"}, {"→", "other counts"}, {"esc", "close"}})[0]
	if rest := len(d.groups) - d.height(c); rest > 0 {
		foot = text.Sides(foot, st.Quiet.Render(phrase.Comma(rest)+" more"), w)
	}
	return strings.Join(append(text.Pad(lines, w, groupsHead+d.height(c)), "", foot), "\n")
}

// name is what a group is called.
func (d *Groups) name(c *common.Common, g store.Group) string {
	switch by := groupings[d.by]; {
	case g.Name == "" && by == store.ByPerson:
		return c.Styles.Quiet.Render("nobody recognised")
	case g.Name == "":
		return c.Styles.Quiet.Render("no kind given")
	case by == store.ByHour && (d.whole == nil || g.Term != ""):
		return fmt.Sprintf("%s:00 – %s:59", g.Name, g.Name)
	case by == store.ByDay && g.Term != "":
		if day, err := store.ParseDay(g.Name); err == nil {
			return c.Dates().Weekday(day)
		}
	}
	if g.Name = text.Brief(g.Name); g.Name == "" {
		return c.Styles.Quiet.Render("(a name that cannot be shown)")
	}
	return g.Name
}
