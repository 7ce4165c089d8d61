package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// past lists past imports, and opens the account of one.
type past struct {
	all     []store.ImportReport
	exports map[int64][]store.Export // by import: what it read of what makers handed out
	read    bool
	widget.Table
	only    int64    // the import whose account alone is shown, 0 for the list
	account *account // nil while the list is shown
}

// openPast lists past imports, or shows the account of only one.
func (d *Import) openPast(c *common.Common, only int64) common.Action {
	d.past = &past{only: only}
	return d.past.load(c, d)
}

// closePast goes back to what the dialog shows else.
func (d *Import) closePast(c *common.Common) common.Action {
	d.past = nil
	return d.Ended(c)
}

func (p *past) load(c *common.Common, d *Import) tea.Cmd {
	exports := map[int64][]store.Export{}
	return common.Ask(d, func() ([]store.ImportReport, error) {
		made, err := c.MakerExports(c.Ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range made {
			exports[e.ImportID] = append(exports[e.ImportID], e)
		}
		return c.DB.Imports(c.Ctx)
	}, func(imports []store.ImportReport, err error) common.Action {
		return p.take(c, d, imports, exports, err)
	})
}

func (p *past) waits() bool { return !p.read || p.account != nil && !p.account.read }

func (p *past) take(c *common.Common, d *Import, imports []store.ImportReport, exports map[int64][]store.Export, err error) common.Action {
	switch {
	case p != d.past: // it was closed
		return nil
	case err != nil:
		return common.Fail{Err: err}
	}
	again := p.read
	widget.Stay(&p.Table, p.all, imports, func(s store.ImportReport) int64 { return s.ID })
	p.all, p.exports, p.read = imports, exports, true
	for i, s := range p.all {
		if s.ID == p.only && !again {
			p.Cursor = i
			return p.open(c, d)
		}
	}
	return nil
}

// open opens the account of the import at the cursor.
func (p *past) open(c *common.Common, d *Import) common.Action {
	if p.Cursor >= len(p.all) {
		return nil
	}
	p.account = newAccount(p.all[p.Cursor], p.state(d.run, p.Cursor))
	return p.account.find(c, d)
}

func (p *past) key(c *common.Common, d *Import, key string) common.Action {
	if p.account != nil {
		return p.account.key(c, d, key)
	}
	switch key {
	case "esc", "q", "left":
		return d.closePast(c)
	case "enter", "right":
		return p.open(c, d)
	case "f":
		if p.Cursor < len(p.all) && p.all[p.Cursor].Added > 0 {
			return common.Actions{common.Close{}, common.SearchFor{Query: importTerm(p.all[p.Cursor].ID)}}
		}
	case "i":
		if p.Cursor < len(p.all) && !d.run.Running() {
			d.past, d.picker.marked = nil, nil
			d.ask(typedpath.Join(p.all[p.Cursor].Paths))
			return d.Start(c)
		}
	case "c":
		if exports := p.evidence(); len(exports) > 0 {
			return sayComplete(c, exports)
		}
	case "m":
		if exports := p.evidence(); len(exports) > 0 {
			return common.Show{Dialog: newMadeOn(c, exports)}
		}
	default:
		p.Move(keys.InDialog(key), len(p.all), p.height(c))
	}
	return nil
}

// evidence is what the import at the cursor read of what makers handed out, nil if that proves nothing.
func (p *past) evidence() []store.Export {
	if p.Cursor >= len(p.all) {
		return nil
	}
	exports := p.exports[p.all[p.Cursor].ID]
	if slices.ContainsFunc(exports, func(e store.Export) bool { return e.Own }) {
		return nil
	}
	return exports
}

// pastHeight is how many rows the list and an account have.
func pastHeight(c *common.Common) int { return min(32, c.Layout.H-4) }

// height is how many imports are seen; below them are some rows about the one at the cursor.
func (p *past) height(c *common.Common) int {
	return pastHeight(c) - max(4, min(9, pastHeight(c)*2/5)) - 5
}

func (p *past) lines(c *common.Common, run *Run, w int) []string {
	if p.account != nil {
		return p.account.lines(c, w)
	}
	st := &c.Styles
	lines := []string{st.Strong.Render("Past imports"), ""}
	hints := [][2]string{{"esc", "back"}}
	switch {
	case !p.read:
		lines = append(lines, st.Quiet.Render(c.Spinner.Of("reading …")))
	case len(p.all) == 0:
		lines = append(lines, st.Quiet.Render("No imports yet."))
	default:
		lines = append(lines, p.rows(c, run, w)...)
		hints = [][2]string{{"enter", "details"}, {"f", "its recordings"}, {"i", "import again"}, {"esc", "back"}}
		if exports := p.evidence(); len(exports) > 0 {
			hints = slices.Insert(hints, 0, [2]string{"c", completeHint(exports)}, [2]string{"m", "when it was made"})
		}
	}
	return append(text.Pad(lines, w, pastHeight(c)-2), text.Pad(widget.Hints(st, w, 2, hints), w, 2)...)
}

// rows draws the list, and more of the import at the cursor below it.
func (p *past) rows(c *common.Common, run *Run, w int) []string {
	states := make([]string, len(p.all))
	for i := range p.all {
		states[i] = p.state(run, i)
	}
	count := func(title string, rank int, of func(store.ImportReport) int) widget.Column {
		return widget.ColumnOf(title, p.all, func(s store.ImportReport) string { return phrase.Comma(of(s)) }).Number(rank)
	}
	lines, _ := p.View(&c.Styles, []widget.Column{
		widget.ColumnOf("started", p.all, func(s store.ImportReport) string { return c.Dates().Minute(s.Started) }),
		{Title: "state", Cells: states},
		count("new", 1, func(s store.ImportReport) int { return s.Added }),
		count("known", 3, func(s store.ImportReport) int { return s.Known }),
		count("failed", 2, func(s store.ImportReport) int { return s.FailedMembers + s.FailedRecords }),
		widget.ColumnOf("what", p.all, func(s store.ImportReport) string { return text.Brief(phrase.Paths(s.Paths)) }).From(12, 1),
	}, w, p.height(c))
	lines = append(text.Pad(lines, w, p.height(c)+1), c.Styles.Quiet.Render(strings.Repeat("─", w)))
	return append(lines, p.about(c, states[p.Cursor], w)...)
}

// about tells more of the import at the cursor.
func (p *past) about(c *common.Common, state string, w int) []string {
	st, s := &c.Styles, p.all[p.Cursor]
	lines := []string{text.Fit(text.Brief(strings.Join(s.Paths, ", ")), w)}
	if s.State == store.ImportRunning && state != string(s.State) {
		for _, line := range text.Wrap(phrase.Interrupted+"; i imports it again and adds the rest.", w, 3) {
			lines = append(lines, st.Warn.Render(line))
		}
		return lines
	}
	lines = append(lines, text.Wrap(phrase.Imported(s.ImportCounts), w, 2)...)
	for _, e := range p.exports[s.ID] {
		lines = append(lines, text.Wrap(text.Brief(phrase.Evidence(e, c.Dates())), w, 3)...)
	}
	return append(lines, st.Quiet.Render(text.Fit(phrase.Files(s), w)))
}

// state says how the import at an index stands. Of those that did not end only the newest can be the one that runs.
func (p *past) state(run *Run, index int) string {
	return phrase.ImportState(p.all[index].State, index == 0 && run.Running())
}
