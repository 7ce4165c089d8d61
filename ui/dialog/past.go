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

// Past lists past imports.
type Past struct {
	run     *Run
	all     []store.ImportReport
	exports map[int64][]store.Export // by import: what it read of what makers handed out
	read    bool
	widget.Table
}

// Start reads them.
func (p *Past) Start(c *common.Common) tea.Cmd {
	exports := map[int64][]store.Export{}
	return common.Ask(p, func() ([]store.ImportReport, error) {
		made, err := c.MakerExports(c.Ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range made {
			exports[e.ImportID] = append(exports[e.ImportID], e)
		}
		return c.DB.Imports(c.Ctx)
	}, func(imports []store.ImportReport, err error) common.Action {
		if err != nil {
			return common.Fail{Err: err}
		}
		widget.Stay(&p.Table, p.all, imports, func(s store.ImportReport) int64 { return s.ID })
		p.all, p.exports, p.read = imports, exports, true
		return nil
	})
}

// Read reads them anew after a change of the library.
func (p *Past) Read(c *common.Common) tea.Cmd { return p.Start(c) }

// Waits reports whether they are being read.
func (p *Past) Waits() bool { return !p.read }

// Update takes a key.
func (p *Past) Update(c *common.Common, msg tea.Msg) common.Action {
	pressed, ok := msg.(tea.KeyPressMsg)
	if !ok || p.Move(keys.InDialog(pressed.String()), len(p.all), p.height(c)) {
		return nil
	}
	switch key := pressed.String(); {
	case key == "esc" || key == "q" || key == "left":
		return common.Close{}
	case len(p.all) == 0:
	case key == "enter" || key == "right":
		return common.Show{Dialog: newAccount(p.all[p.Cursor], p.state(p.Cursor))}
	case key == "f" && p.all[p.Cursor].Added > 0:
		return common.Actions{common.Close{}, common.Close{}, common.SearchFor{Query: importTerm(p.all[p.Cursor].ID)}}
	case key == "i" && !p.run.Running():
		again := &Import{run: p.run}
		again.ask(typedpath.Join(p.all[p.Cursor].Paths))
		return common.Actions{common.Close{}, common.Close{}, common.Show{Dialog: again}}
	case key == "c" && len(p.evidence()) > 0:
		return sayComplete(c, p.evidence())
	case key == "m" && len(p.evidence()) > 0:
		return common.Show{Dialog: newMadeOn(c, p.evidence())}
	}
	return nil
}

// evidence is what the import at the cursor read of what makers handed out, nil if that proves nothing.
func (p *Past) evidence() []store.Export {
	if p.Cursor >= len(p.all) {
		return nil
	}
	exports := p.exports[p.all[p.Cursor].ID]
	if slices.ContainsFunc(exports, func(e store.Export) bool { return e.Own }) {
		return nil
	}
	return exports
}

// pastWidth and pastHeight are how many columns and rows the list and an account have.
func pastWidth(c *common.Common) int { return min(108, c.Layout.W-8) }

func pastHeight(c *common.Common) int { return min(32, c.Layout.H-4) }

// height is how many imports are seen; below them are some rows about the one at the cursor.
func (p *Past) height(c *common.Common) int {
	return pastHeight(c) - max(4, min(9, pastHeight(c)*2/5)) - 5
}

// View draws the list.
func (p *Past) View(c *common.Common) string {
	st, w := &c.Styles, pastWidth(c)
	lines := []string{st.Strong.Render("Past imports"), ""}
	hints := [][2]string{{"esc", "back"}}
	switch {
	case !p.read:
		lines = append(lines, st.Quiet.Render(c.Spinner.Of("reading …")))
	case len(p.all) == 0:
		lines = append(lines, st.Quiet.Render("No imports yet."))
	default:
		lines = append(lines, p.rows(c, w)...)
		hints = [][2]string{{"enter", "details"}, {"f", "its recordings"}, {"i", "import again"}, {"esc", "back"}}
		if exports := p.evidence(); len(exports) > 0 {
			hints = slices.Insert(hints, 0, [2]string{"c", completeHint(exports)}, [2]string{"m", "when it was made"})
		}
	}
	return strings.Join(append(text.Pad(lines, w, pastHeight(c)-2), text.Pad(widget.Hints(st, w, 2, hints), w, 2)...), "\n")
}

// rows draws the list, and more of the import at the cursor below it.
func (p *Past) rows(c *common.Common, w int) []string {
	states := make([]string, len(p.all))
	for i := range p.all {
		states[i] = p.state(i)
	}
	count := func(title string, rank int, of func(store.ImportReport) int) widget.Column {
		return widget.ColumnOf(title, p.all, func(s store.ImportReport) string { return phrase.Comma(of(s)) }).Number(rank)
	}
	lines, _ := p.Table.View(&c.Styles, []widget.Column{
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
func (p *Past) about(c *common.Common, state string, w int) []string {
	st, s := &c.Styles, p.all[p.Cursor]
	lines := []string{text.Fit(text.Brief(strings.Join(s.Paths, ", ")), w)}
	if s.State == store.ImportRunning && state != string(s.State) {
		lines = append(lines, widget.Wrap(st.Warn, phrase.Interrupted+"; i imports it again and adds the rest.", w, 3)...)
		return lines
	}
	lines = append(lines, text.Wrap(phrase.Imported(s.ImportCounts), w, 2)...)
	for _, e := range p.exports[s.ID] {
		lines = append(lines, text.Wrap(text.Brief(phrase.Evidence(e, c.Dates())), w, 3)...)
	}
	return append(lines, st.Quiet.Render(text.Fit(phrase.Files(s), w)))
}

// state says how the import at an index stands. Of those that did not end only the newest can be the one that runs.
func (p *Past) state(index int) string {
	return phrase.ImportState(p.all[index].State, index == 0 && p.run.Running())
}
