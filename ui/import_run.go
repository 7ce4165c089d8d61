package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// importRun is the import that runs, or the last one that did.
type importRun struct {
	stop      context.CancelFunc // nil when none runs
	updates   chan tea.Msg
	questions chan *dateQuestion
	question  *dateQuestion // that the import waits for, nil if none
	asked     time.Time     // when it came up
	progress  importer.Progress
	shown     time.Time // when the library was last read anew for it
	rate      string    // how fast it is and, in left, how long the rest takes; "" while it is too early to tell
	left      string
	paced     time.Time // when these were written; that is once a second, so that they can be read
	stopping  bool
	quitting  bool
	paths     []string // what is imported
	typed     string   // as it was typed, "" if it was picked
	folder    string   // the folder that the picker showed last
	report    store.ImportReport
	lost      int    // whole members that failed
	way       wayOut // out of what failed
	err       error
}

func (r *importRun) running() bool { return r.stop != nil }

// share is how much of the import is done, from 0 to 1.
func (r *importRun) share() float64 {
	if r.opening() {
		return 0
	}
	return min(1, float64(r.progress.BytesRead)/float64(r.progress.BytesTotal))
}

// opening reports whether it is not known yet what there is to import.
func (r *importRun) opening() bool { return r.progress.Opening || r.progress.BytesTotal <= 0 }

// short is the import for the status row.
func (r *importRun) short(a *App) string {
	switch {
	case r.stopping:
		return "stopping the import …"
	case r.question != nil:
		return "the import asks a question · " + a.Keys.KeyOf(keys.OpenImport)
	case r.opening():
		return "importing · opening …"
	}
	return fmt.Sprintf("importing %.0f %% · %s", 100*r.share(), phrase.Count(r.progress.Counts.Added, "recording")) + r.left
}

// what names what is imported.
func (r *importRun) what() string { return text.Brief(phrase.Paths(r.paths)) }

// start begins an import, which brings what may be purged, too, if doubtful is set. Its progress comes through a channel that never makes it wait: what
// the screen has not taken yet is replaced by what is newer.
func (r *importRun) start(a *App, typed string, paths []string, doubtful bool) tea.Cmd {
	ctx, stop := context.WithCancel(a.Ctx)
	*r = importRun{stop: stop, updates: make(chan tea.Msg, 1), questions: make(chan *dateQuestion), paths: paths, typed: typed, folder: r.folder}
	updates, questions, o := r.updates, r.questions, a.o
	return tea.Batch(func() tea.Msg {
		imported, err := o.Import(ctx, importer.Options{
			Paths: paths, Doubtful: doubtful, AskDates: askDates(questions),
			Progress: func(p importer.Progress) {
				select {
				case <-updates:
				default:
				}
				updates <- progressMsg{p}
			},
		})
		stop()
		close(updates)
		close(questions)
		return importedMsg{imported.Report, err}
	}, r.next(), r.nextQuestion())
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
	now := a.o.Now()
	if now.Sub(r.paced) >= time.Second && !r.opening() {
		r.paced = now
		r.rate, r.left = paceOf(msg.progress)
	}
	// What takes longer than a second to read would never be read if that was begun anew each second.
	if now.Sub(r.shown) > time.Second && !r.opening() && !a.reading() {
		r.shown = now
		cmds = append(cmds, a.reload())
	}
	return tea.Batch(cmds...)
}

// paceOf tells how fast an import is, and how long the rest takes, as soon as that can be told.
func paceOf(p importer.Progress) (rate, left string) {
	if p.Elapsed < 2*time.Second || p.Rate() <= 0 {
		return "", ""
	}
	if eta := p.ETA(); eta > 0 {
		left = " · " + phrase.Duration(max(time.Second, eta)) + " left"
	}
	return " · " + phrase.Size(int64(p.Rate())) + "/s", left
}

// take shows how the import ended.
func (r *importRun) take(a *App, msg importedMsg) tea.Cmd {
	r.stop, r.question, r.report, r.err = nil, nil, msg.report, msg.err
	if r.quitting {
		return a.leave()
	}
	r.count(a)
	if _, open := a.dialog.(*importsDialog); open {
		return a.reload() // which lists it
	}
	d, open := a.dialog.(*importDialog)
	switch {
	case a.free():
		d = &importDialog{}
		a.dialog = d
	case !open && r.failed():
		return tea.Batch(a.fail(r.err), a.reload())
	case !open:
		return tea.Batch(a.say("The import ended: %s new. %s and then a show its account.", phrase.Comma(r.report.Added), a.Keys.KeyOf(keys.OpenImport)), a.reload())
	}
	if r.failed() && r.report.ID == 0 { // nothing was read: what was chosen can be put right at once
		return tea.Batch(d.again(a), a.reload())
	}
	return a.reload()
}

// count works out what the report shows besides.
func (r *importRun) count(a *App) {
	r.lost = 0
	remedies := []store.Remedy{store.RemedyOf(r.err)}
	for _, m := range r.report.Failed {
		remedies = append(remedies, m.Remedy)
		if !m.Record {
			r.lost++
		}
	}
	r.way = newWayOut(a.o.DB.Path(), r.paths, remedies...)
}

// failed reports whether the last import came to nothing.
func (r *importRun) failed() bool { return r.err != nil && !errors.Is(r.err, context.Canceled) }

// cancel ends the import, which keeps what it read.
func (r *importRun) cancel() {
	r.stopping = true
	r.stop()
}

// stopAndQuit cancels the import and quits when it has kept what it read.
func (r *importRun) stopAndQuit(a *App) tea.Cmd {
	r.quitting = true
	r.cancel()
	return a.say("Stopping the import; what was read stays …")
}

// lines draw the running import.
func (r *importRun) lines(a *App, w int) []string {
	st, p := &a.Styles, r.progress
	done := int(r.share() * float64(w))
	title, amount := "Importing …", fmt.Sprintf("%.0f %% · %s of %s%s%s", 100*r.share(), phrase.Size(p.BytesRead), phrase.Size(p.BytesTotal), r.rate, r.left)
	closing := [][2]string{{"esc", "browse meanwhile"}, {"c", "stop; what was read stays"}}
	if r.opening() {
		amount = "Opening it: " + phrase.Count(p.Members, "file") + " so far …"
		if p.BytesTotal > 0 {
			amount = "Unpacking it: " + phrase.Size(p.BytesRead) + " of " + phrase.Size(p.BytesTotal) + ", " + phrase.Count(p.Members, "file") + " so far …"
		}
	}
	if r.stopping {
		title, closing = "Stopping; what was read stays …", closing[:1]
	}
	lines := []string{
		text.Fit(st.Strong.Render(title)+st.Quiet.Render(" · "+r.what()), w), "",
		st.Good.Render(strings.Repeat("█", done)) + st.Quiet.Render(strings.Repeat("░", w-done)),
		text.Fit(amount, w),
		st.Quiet.Render(text.FitLeft(text.Brief(p.Member), w)), "",
	}
	lines = append(lines, text.Pad(text.Wrap(phrase.Imported(p.Counts), w, 2), w, 2)...)
	return append(append(lines, ""), widget.Hints(st, w, 1, closing)...)
}
