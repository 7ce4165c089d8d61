package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// importsDialog lists past imports, and opens the account of one.
type importsDialog struct {
	seq  int
	back *importDialog // what esc goes back to
	all  []store.ImportSummary
	read bool
	widget.Table
	only    int64    // the import whose account alone is shown, 0 for the list
	account *account // nil while the list is shown
}

// openImports lists past imports.
func (a *App) openImports(back *importDialog) tea.Cmd { return a.openAccount(back, 0) }

// openAccount shows the account of one import.
func (a *App) openAccount(back *importDialog, id int64) tea.Cmd {
	d := &importsDialog{seq: a.ask(), back: back, only: id}
	a.dialog = d
	return d.load(a)
}

func (d *importsDialog) load(a *App) tea.Cmd {
	ctx, db, seq := a.Ctx, a.o.DB, d.seq
	return func() tea.Msg {
		imports, err := db.ImportSummaries(ctx)
		return importsMsg{seq, imports, err}
	}
}

func (d *importsDialog) take(a *App, msg importsMsg) tea.Cmd {
	if msg.seq != d.seq {
		return nil
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	again := d.read
	widget.Stay(&d.Table, d.all, msg.imports, func(s store.ImportSummary) int64 { return s.ID })
	d.all, d.read = msg.imports, true
	for i, s := range d.all {
		if s.ID == d.only && !again {
			d.Cursor = i
			return d.open(a)
		}
	}
	return nil
}

// open opens the account of the import at the cursor.
func (d *importsDialog) open(a *App) tea.Cmd {
	if d.Cursor >= len(d.all) {
		return nil
	}
	d.account = newAccount(d.all[d.Cursor], d.state(a, d.Cursor))
	return d.account.find(a)
}

func (d *importsDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case importsMsg:
		return d.take(a, msg), false
	case memberIDsMsg, membersMsg:
		if d.account != nil {
			return d.account.take(a, msg), false
		}
	case tea.KeyPressMsg:
		if msg.String() == "f" && d.account == nil && d.Cursor < len(d.all) && d.all[d.Cursor].Added > 0 {
			return a.searchFor(importTerm(d.all[d.Cursor].ID)), true
		}
		return d.key(a, msg.String()), false
	}
	return nil, false
}

func (d *importsDialog) key(a *App, key string) tea.Cmd {
	if d.account != nil {
		cmd, done := d.account.key(a, key)
		if done {
			d.account = nil
			if d.only != 0 {
				return a.backToImport(d.back)
			}
		}
		return cmd
	}
	switch key {
	case "esc", "q", "left":
		return a.backToImport(d.back)
	case "enter", "right":
		return d.open(a)
	case "i":
		if d.Cursor < len(d.all) && !a.imports.running() {
			d.back.picker.marked = nil
			a.dialog = d.back
			return d.back.ask(a, typedpath.Join(d.all[d.Cursor].Paths))
		}
	default:
		d.Move(keys.InDialog(key), len(d.all), d.height(a))
	}
	return nil
}

func (d *importsDialog) waiting(*App) bool { return !d.read || d.account != nil && !d.account.read }

// backToImport goes back to the import's dialog, which missed what happened meanwhile.
func (a *App) backToImport(d *importDialog) tea.Cmd {
	a.dialog = d
	switch {
	case d.asking:
		return d.picker.open(a, d.picker.folder, "")
	case !a.imports.running() && a.imports.failed() && a.imports.report.ID == 0:
		return d.again(a)
	}
	return nil
}

// accountWidth and accountHeight are the size of the list and of an account.
func accountWidth(a *App) int  { return min(108, a.Layout.W-8) }
func accountHeight(a *App) int { return min(32, a.Layout.H-4) }

// below is how many rows are told of the import at the cursor.
func (d *importsDialog) below(a *App) int { return max(4, min(7, accountHeight(a)/3)) }

// height is how many imports are seen.
func (d *importsDialog) height(a *App) int { return accountHeight(a) - d.below(a) - 5 }

func (d *importsDialog) view(a *App) string {
	w := accountWidth(a)
	if d.account != nil {
		return strings.Join(text.Pad(d.account.lines(a, w), w, accountHeight(a)), "\n")
	}
	st := &a.Styles
	lines := []string{st.Strong.Render("Past imports"), ""}
	hints := [][2]string{{"esc", "back"}}
	switch {
	case !d.read:
		lines = append(lines, st.Quiet.Render(a.Spinner.Of("reading …")))
	case len(d.all) == 0:
		lines = append(lines, st.Quiet.Render("Nothing was imported yet."))
	default:
		lines = append(lines, d.rows(a, w)...)
		hints = [][2]string{{"enter", "its account"}, {"f", "what it brought"}, {"i", "import again"}, {"esc", "back"}}
	}
	lines = text.Pad(lines, w, accountHeight(a)-1)
	return strings.Join(append(lines, text.Fit(widget.Hints(st, w, 1, hints)[0], w)), "\n")
}

// rows draws the list, and more of the import at the cursor below it.
func (d *importsDialog) rows(a *App, w int) []string {
	st := &a.Styles
	columns := func(when, state, added, known, failed, what string) string {
		switch {
		case w < 70:
			return text.Fit(when, 18) + text.Fit(state, 12) + text.FitRight(added, 8) + "  " + what
		case w < 90:
			return text.Fit(when, 18) + text.Fit(state, 12) + text.FitRight(added, 9) + text.FitRight(failed, 8) + "  " + what
		}
		return text.Fit(when, 18) + text.Fit(state, 12) + text.FitRight(added, 9) + text.FitRight(known, 9) + text.FitRight(failed, 8) + "  " + what
	}
	lines := []string{"  " + st.Quiet.Render(text.Fit(columns("started", "state", "new", "known", "failed", "what"), w-2))}
	from, to := d.Seen(len(d.all), d.height(a))
	for i := from; i < to; i++ {
		s := d.all[i]
		lines = append(lines, widget.Row(st, columns(s.Started.In(a.o.Zone).Format(minuteLayout), d.state(a, i), phrase.Comma(s.Added), phrase.Comma(s.Known),
			phrase.Comma(s.FailedMembers+s.FailedRecords), text.Brief(phrase.Paths(s.Paths))), i == d.Cursor, w))
	}
	lines = append(text.Pad(lines, w, d.height(a)+1), st.Quiet.Render(strings.Repeat("─", w)))
	return append(lines, d.about(a, w)...)
}

// about tells more of the import at the cursor.
func (d *importsDialog) about(a *App, w int) []string {
	st, s := &a.Styles, d.all[d.Cursor]
	lines := []string{text.Fit(text.Brief(strings.Join(s.Paths, ", ")), w)}
	if d.state(a, d.Cursor) == interrupted {
		for _, line := range text.Wrap("It did not come to its end, or another unsaid is at it. What it had read is in your library; i imports it again and adds the rest.", w, 3) {
			lines = append(lines, st.Warn.Render(line))
		}
		return lines
	}
	lines = append(lines, text.Wrap(phrase.Imported(s.ImportCounts), w, 2)...)
	return append(lines, st.Quiet.Render(text.Fit(filesOf(s), w)))
}

// filesOf says what became of the files of an import.
func filesOf(s store.ImportSummary) string {
	text := phrase.Files(s.Imported(), s.Ignored, s.FailedMembers)
	if s.FailedRecords > 0 {
		text += "; " + phrase.Count(s.FailedRecords, "single record") + " failed"
	}
	return text
}

// interrupted is the state of an import that nobody ended.
const interrupted = "interrupted"

// state says how the import at an index stands. Of those that did not end only the newest can be the one that runs.
func (d *importsDialog) state(a *App, index int) string {
	s := d.all[index]
	switch {
	case s.State == store.ImportRunning && index == 0 && a.imports.running():
		return "running"
	case s.State == store.ImportRunning:
		return interrupted
	case s.State == store.ImportCancelled:
		return "stopped"
	}
	return string(s.State)
}
