package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/importer"
	"unsaid/store"
)

// importRun is the import that runs, or the last one that did.
type importRun struct {
	stop     context.CancelFunc // nil when none runs
	updates  chan tea.Msg
	progress importer.Progress
	shown    time.Time // when the library was last read anew for it
	quitting bool
	path     string // what is imported
	report   store.ImportReport
	err      error
}

func (r *importRun) running() bool { return r.stop != nil }

// share is how much of the import is done, from 0 to 1.
func (r *importRun) share() float64 {
	if r.progress.BytesTotal <= 0 {
		return 0
	}
	return min(1, float64(r.progress.BytesRead)/float64(r.progress.BytesTotal))
}

// short is the import for the status row.
func (r *importRun) short() string {
	return fmt.Sprintf("importing %.0f %% · %s", 100*r.share(), countOf(r.progress.Counts.Added, "recording"))
}

// start begins an import. Its progress comes through a channel that never makes it wait: what
// the screen has not taken yet is replaced by what is newer.
func (r *importRun) start(a *App, path string) tea.Cmd {
	ctx, stop := context.WithCancel(a.ctx)
	*r = importRun{stop: stop, updates: make(chan tea.Msg, 1), path: path}
	updates, o := r.updates, a.o
	return tea.Batch(func() tea.Msg {
		report, err := importer.Run(ctx, o.DB, importer.Options{
			Paths: []string{path}, Zone: o.Zone, Probe: o.Probe,
			Progress: func(p importer.Progress) {
				select {
				case <-updates:
				default:
				}
				updates <- progressMsg{p}
			},
		})
		_, unverified := deletion.VerifyAll(context.WithoutCancel(ctx), o.DB) // what a stopped import saw counts, too
		err = errors.Join(err, unverified)
		stop()
		close(updates)
		return importedMsg{report, err}
	}, r.next())
}

// next waits for the next progress.
func (r *importRun) next() tea.Cmd {
	updates := r.updates
	return func() tea.Msg {
		msg, open := <-updates
		if !open {
			return nil
		}
		return msg
	}
}

// takeProgress shows the progress, and every second what has come in meanwhile.
func (r *importRun) takeProgress(a *App, msg progressMsg) tea.Cmd {
	r.progress = msg.progress
	cmds := []tea.Cmd{r.next()}
	if now := a.o.Now(); now.Sub(r.shown) > time.Second {
		r.shown = now
		cmds = append(cmds, a.library.find(a), a.loadTotals(), a.loadDevices())
	}
	return tea.Batch(cmds...)
}

// take shows how the import ended.
func (r *importRun) take(a *App, msg importedMsg) tea.Cmd {
	r.stop, r.report, r.err = nil, msg.report, msg.err
	if r.quitting {
		return tea.Quit
	}
	d, open := a.dialog.(*importDialog)
	if !open && a.dialog == nil {
		d = &importDialog{}
		a.dialog = d
	}
	if d != nil && r.failed() { // the path can be put right at once
		return tea.Batch(d.ask(a, r.path), a.reload())
	}
	return a.reload()
}

// failed reports whether the last import came to nothing.
func (r *importRun) failed() bool { return r.err != nil && !errors.Is(r.err, context.Canceled) }

// stopAndQuit cancels the import and quits when it has kept what it read.
func (r *importRun) stopAndQuit(a *App) tea.Cmd {
	r.quitting = true
	r.stop()
	return a.say("Stopping the import; what was read stays …")
}

// importDialog asks for what to import, shows the progress of it, and then its report.
type importDialog struct {
	input  textinput.Model
	asking bool
	paths  []string // completions of what is typed
	wrong  string
}

// openImport asks what to import, or shows the import that runs. path is filled in.
func (a *App) openImport(path string) tea.Cmd {
	d := &importDialog{}
	a.dialog = d
	if a.imports.running() {
		return nil
	}
	return d.ask(a, path)
}

func (d *importDialog) ask(a *App, path string) tea.Cmd {
	d.asking, d.input = true, textinput.New()
	d.input.Prompt = "› "
	d.input.CharLimit = maxTyped
	d.input.Placeholder = "a file, a folder or an archive"
	d.input.SetWidth(min(60, a.layout.w-14))
	d.input.SetValue(droppedPath(path))
	d.input.CursorEnd()
	return d.input.Focus()
}

// droppedPath is the path in what a terminal pastes when a file is dropped on it: perhaps
// quoted, with escaped spaces, or as a file URL.
func droppedPath(text string) string {
	path := strings.TrimSpace(text)
	if len(path) > 1 && (path[0] == '\'' || path[0] == '"') && path[len(path)-1] == path[0] {
		return path[1 : len(path)-1]
	}
	if os.PathSeparator == '/' {
		path = strings.ReplaceAll(path, `\ `, " ")
	}
	return strings.TrimPrefix(path, "file://")
}

func (d *importDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case completionsMsg:
		d.complete(msg)
		return nil, false
	case tea.KeyPressMsg:
		if !d.asking {
			return d.key(a, msg.String())
		}
		switch msg.String() {
		case "esc":
			return nil, true
		case "tab":
			return completions(d.input.Value()), false
		case "enter":
			return d.begin(a), false
		}
	case tea.PasteMsg:
		if d.asking && d.input.Value() == "" {
			d.input.SetValue(droppedPath(msg.Content))
			d.input.CursorEnd()
			return nil, false
		}
	}
	if !d.asking {
		return nil, false
	}
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	d.wrong, d.paths, a.imports.err = "", nil, nil
	return cmd, false
}

// key takes a key while an import runs or its report is shown.
func (d *importDialog) key(a *App, key string) (tea.Cmd, bool) {
	switch key {
	case "c":
		if a.imports.running() {
			a.imports.stop()
		}
		return nil, false
	case "i":
		if !a.imports.running() {
			return d.ask(a, ""), false
		}
	}
	return nil, key == "esc" || key == "enter" || key == "q"
}

// begin starts to import what was typed.
func (d *importDialog) begin(a *App) tea.Cmd {
	path := expandHome(strings.TrimSpace(d.input.Value()))
	if path == "" {
		d.wrong = "Type the path of what the maker sent you; tab completes it."
		return nil
	}
	d.asking = false
	return a.imports.start(a, path)
}

func expandHome(path string) string {
	home, err := os.UserHomeDir()
	if rest, found := strings.CutPrefix(path, "~"); found && err == nil && (rest == "" || os.IsPathSeparator(rest[0])) {
		return home + rest
	}
	return path
}

// completions looks for the paths that begin like the one typed.
func completions(typed string) tea.Cmd {
	return func() tea.Msg {
		dir, name := filepath.Split(expandHome(typed))
		look := dir
		if look == "" {
			look = "."
		}
		entries, _ := os.ReadDir(look) // a folder that cannot be read completes nothing
		var paths []string
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), name) && (name != "" || e.Name()[0] != '.') {
				path := dir + e.Name()
				if e.IsDir() {
					path += string(os.PathSeparator)
				}
				paths = append(paths, path)
			}
		}
		return completionsMsg{typed, paths}
	}
}

// complete extends what is typed as far as all completions agree.
func (d *importDialog) complete(msg completionsMsg) {
	if !d.asking || d.input.Value() != msg.prefix || len(msg.paths) == 0 {
		return
	}
	common := msg.paths[0]
	for _, p := range msg.paths {
		for !strings.HasPrefix(p, common) {
			common = common[:len(common)-1]
		}
	}
	d.input.SetValue(strings.ToValidUTF8(common, ""))
	d.input.CursorEnd()
	d.paths = msg.paths
	if len(msg.paths) == 1 {
		d.paths = nil
	}
}

func (d *importDialog) view(a *App) string {
	w := min(66, a.layout.w-8)
	lines := d.reportLines(a, w)
	switch {
	case d.asking:
		lines = d.askLines(a, w)
	case a.imports.running():
		lines = d.progressLines(a, w)
	}
	return strings.Join(pad(lines, w, len(lines)), "\n")
}

func (d *importDialog) askLines(a *App, w int) []string {
	st := &a.styles
	lines := []string{st.strong.Render("Import what the maker sent you"), "", shown(d.input.View()), ""}
	for i, p := range d.paths {
		if i == max(2, min(8, a.layout.h-14)) {
			lines = append(lines, st.quiet.Render("… "+comma(len(d.paths)-i)+" more"))
			break
		}
		lines = append(lines, st.quiet.Render(fit(brief(p), w)))
	}
	wrong := d.wrong
	if a.imports.failed() {
		wrong = brief(a.imports.err.Error())
	}
	for _, line := range wrap(wrong, w, 8) {
		lines = append(lines, st.warn.Render(line))
	}
	return append(lines, st.key.Render("enter")+" import   "+st.key.Render("tab")+" complete   "+st.key.Render("esc")+" close")
}

func (d *importDialog) progressLines(a *App, w int) []string {
	st, p := &a.styles, a.imports.progress
	done := int(a.imports.share() * float64(w))
	lines := []string{
		st.strong.Render("Importing …"), "",
		st.good.Render(strings.Repeat("█", done)) + st.quiet.Render(strings.Repeat("░", w-done)),
		fmt.Sprintf("%s of %s · %s/s · %s left", size(p.BytesRead), size(p.BytesTotal), size(int64(p.Rate())), span(p.ETA())),
		st.quiet.Render(fit(brief(p.Member), w)), "",
	}
	lines = append(lines, counts(p.Counts)...)
	return append(lines, "", st.key.Render("esc")+" browse meanwhile   "+st.key.Render("c")+" stop; what was read stays")
}

func counts(c store.ImportCounts) []string {
	return []string{
		fmt.Sprintf("%s new · %s completed · %s known already", comma(c.Added), comma(c.Completed), comma(c.Known)),
		fmt.Sprintf("%s purged before · %s without sound · %s without words", comma(c.Tombstoned),
			comma(c.WithoutAudio), comma(c.AudioWithoutText)),
	}
}

func (d *importDialog) reportLines(a *App, w int) []string {
	st, r := &a.styles, a.imports.report
	closing := st.key.Render("esc") + " close   " + st.key.Render("i") + " import something else"
	title := st.good.Render("Imported")
	if r.State == store.ImportCancelled || a.imports.err != nil {
		title = st.warn.Render("Stopped; what was read is in your library")
	}
	lines := append([]string{title, ""}, counts(r.ImportCounts)...)
	imported := r.Members - r.Ignored - len(slices.DeleteFunc(slices.Clone(r.Failed), func(m store.MemberOutcome) bool { return m.Record }))
	lines = append(lines, st.quiet.Render(fmt.Sprintf("%s: %s imported, %s ignored, %s failed",
		countOf(r.Members, "member"), comma(imported), comma(r.Ignored), comma(r.Members-r.Ignored-imported))))
	if len(r.Failed) > 0 {
		lines = append(lines, "", st.warn.Render(countOf(len(r.Failed), "failure")+":"))
	}
	for i, m := range r.Failed {
		if i == max(2, a.layout.h-16) {
			lines = append(lines, st.quiet.Render(fmt.Sprintf("… and %s more; unsaid imports %d lists them", comma(len(r.Failed)-i), r.ID)))
			break
		}
		lines = append(lines, fit(brief(m.Member)+": "+brief(m.Reason), w))
	}
	return append(lines, "", closing)
}
