package dialog

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Suggestions lists what may be worth deleting. It deletes nothing: a suggestion is looked at, or
// goes to the dialog in which every deletion is agreed to.
type Suggestions struct {
	all  []deletion.Suggestion
	read bool
	err  error
	widget.Table
}

// Start looks what may be worth deleting.
func (d *Suggestions) Start(c *common.Common) tea.Cmd {
	return common.Ask(d, func() ([]deletion.Suggestion, error) { return c.Suggest(c.Ctx) }, func(all []deletion.Suggestion, err error) common.Action {
		d.all, d.err, d.read = all, err, true
		return nil
	})
}

// Update takes a key.
func (d *Suggestions) Update(c *common.Common, msg tea.Msg) common.Action {
	pressed, ok := msg.(tea.KeyPressMsg)
	if !ok || d.Move(keys.InDialog(pressed.String()), len(d.all), d.height(c)) {
		return nil
	}
	switch key := pressed.String(); {
	case key == "esc" || key == "q" || key == "D":
		return common.Close{}
	case len(d.all) == 0:
	case key == "enter":
		return common.Actions{common.Close{}, common.SearchFor{Query: d.all[d.Cursor].Query}}
	case key == "d" || key == "delete":
		return common.Actions{common.Close{}, d.delete(c, d.all[d.Cursor])}
	}
	return nil
}

// delete proposes to delete what a suggestion finds.
func (d *Suggestions) delete(c *common.Common, s deletion.Suggestion) common.Action {
	query, err := store.ParseQuery(s.Query, c.Local())
	if err != nil {
		return common.Fail{Err: err}
	}
	return common.ProposeDelete{Selection: common.Selection{
		How: s.Query, N: s.Recordings, Find: func(ctx context.Context) ([]int64, error) { return c.DB.IDs(ctx, query) },
	}}
}

// Waits reports whether they are still being looked for.
func (d *Suggestions) Waits() bool { return !d.read }

// height is how many suggestions there is room for.
func (d *Suggestions) height(c *common.Common) int { return max(1, c.Layout.H-14) }

// View draws what is due by the rules first.
func (d *Suggestions) View(c *common.Common) string {
	st, w := &c.Styles, min(66, c.Layout.W-8)
	lines := []string{st.Strong.Render("Suggested deletions"), ""}
	all := d.all
	switch {
	case d.err != nil:
		lines = append(lines, text.Wrap(text.Brief(d.err.Error()), w, 4)...)
	case !d.read:
		lines = append(lines, st.Quiet.Render(c.Spinner.Of("looking …")))
	case len(all) == 0:
		lines = append(lines, widget.Wrap(st.Quiet, phrase.NoSuggestion, w, 2)...)
	}
	from, to := d.Seen(len(all), d.height(c))
	for i := from; i < to; i++ {
		switch {
		case i == from && all[i].Due:
			lines = append(lines, st.Warn.Render("Due by your retention rules"))
		case i > from && all[i-1].Due && !all[i].Due:
			lines = append(lines, "", st.Quiet.Render("Also"))
		}
		lines = append(lines, widget.Row(st, text.Sides(text.Brief(all[i].Title), phrase.Comma(all[i].Recordings)+" ", w-3), i == d.Cursor, w))
	}
	hints := [][2]string{{"enter", "show them"}, {"d", "delete …"}, {"esc", "close"}}
	if len(all) == 0 {
		hints = hints[2:]
	} else {
		lines = append(lines, "", st.Quiet.Render(text.Fit("search: "+text.Brief(all[d.Cursor].Query), w)))
	}
	return strings.Join(append(append(lines, ""), widget.Hints(st, w, 1, hints)...), "\n")
}
