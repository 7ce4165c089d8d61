package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// suggestionsDialog lists what may be worth deleting. It deletes nothing: a suggestion is looked at, or
// goes to the dialog in which every deletion is agreed to.
type suggestionsDialog struct {
	seq  int
	all  []app.Suggestion
	read bool
	err  error
	widget.Table
}

// dueNow looks what is due by the rules of the settings.
func (a *App) dueNow() tea.Cmd {
	if len(a.o.Keep) == 0 {
		return nil
	}
	ctx, o := a.Ctx, a.o
	return func() tea.Msg {
		due, err := o.Due(ctx)
		return dueMsg{due, err}
	}
}

// takeDue proposes at the start what is due by the rules. Where something else has the keys by then, a
// line says so.
func (a *App) takeDue(msg dueMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return a.fail(msg.err)
	case len(msg.due) == 0:
		return nil
	case !a.free():
		return a.say("By your rules for keeping, something is due: %s shows it.", a.Keys.KeyOf(keys.Suggest))
	}
	return a.openSuggestions()
}

// openSuggestions lists what may be worth deleting.
func (a *App) openSuggestions() tea.Cmd {
	d := &suggestionsDialog{seq: a.ask()}
	a.dialog = d
	ctx, o, seq := a.Ctx, a.o, d.seq
	return func() tea.Msg {
		all, err := o.Suggest(ctx)
		return suggestionsMsg{seq, all, err}
	}
}

func (d *suggestionsDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case suggestionsMsg:
		if msg.seq == d.seq {
			d.all, d.err, d.read = msg.all, msg.err, true
		}
	case tea.KeyPressMsg:
		all := d.all
		if d.Move(keys.InDialog(msg.String()), len(all), d.height(a)) {
			return nil, false
		}
		switch key := msg.String(); {
		case key == "esc" || key == "q" || key == "D":
			return nil, true
		case len(all) == 0:
		case key == "enter":
			return a.searchFor(all[d.Cursor].Query), true
		case key == "d" || key == "delete":
			return a.deleteSuggested(all[d.Cursor]), true
		}
	}
	return nil, false
}

// deleteSuggested proposes to delete what a suggestion finds.
func (a *App) deleteSuggested(s app.Suggestion) tea.Cmd {
	query, err := store.ParseQuery(s.Query, a.Local())
	if err != nil {
		return a.fail(err)
	}
	db := a.o.DB
	return a.openDelete(common.Selection{How: s.Query, N: s.Recordings, Find: func(ctx context.Context) ([]int64, error) { return db.IDs(ctx, query) }})
}

func (d *suggestionsDialog) waiting(*App) bool { return !d.read }

// height is how many suggestions there is room for.
func (d *suggestionsDialog) height(a *App) int { return max(1, a.Layout.H-14) }

func (d *suggestionsDialog) view(a *App) string {
	st, w := &a.Styles, min(66, a.Layout.W-8)
	lines := []string{st.Strong.Render("What may be worth deleting"), ""}
	all := d.all
	switch {
	case d.err != nil:
		lines = append(lines, text.Wrap(text.Brief(d.err.Error()), w, 4)...)
	case !d.read:
		lines = append(lines, st.Quiet.Render(a.Spinner.Of("looking …")))
	case len(all) == 0:
		for _, line := range text.Wrap("Nothing: no recording is unintended, or older than 90 days.", w, 2) {
			lines = append(lines, st.Quiet.Render(line))
		}
	}
	from, to := d.Seen(len(all), d.height(a))
	for i := from; i < to; i++ {
		switch {
		case i == from && all[i].Due:
			lines = append(lines, st.Warn.Render("Due by your rules for keeping"))
		case i > from && all[i-1].Due && !all[i].Due:
			lines = append(lines, "", st.Quiet.Render("Also"))
		}
		lines = append(lines, widget.Row(st, text.Sides(text.Brief(all[i].Title), phrase.Comma(all[i].Recordings)+" ", w-3), i == d.Cursor, w))
	}
	hints := [][2]string{{"enter", "look at them"}, {"d", "delete …"}, {"esc", "close"}}
	if len(all) == 0 {
		hints = hints[2:]
	} else {
		lines = append(lines, "", st.Quiet.Render(text.Fit("finds them: "+text.Brief(all[d.Cursor].Query), w)))
	}
	return strings.Join(append(append(lines, ""), widget.Hints(st, w, 1, hints)...), "\n")
}
