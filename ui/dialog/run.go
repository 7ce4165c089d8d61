package dialog

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
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Run is the import that runs, or the last one that did. It goes on while no dialog shows it.
type Run struct {
	Paths    []string // what is imported
	Progress importer.Progress
	Report   store.ImportReport
	Err      error
	Quitting bool // whether the program ends when the import has kept what it read

	stop      context.CancelFunc // nil when none runs
	updates   chan tea.Msg
	questions chan tea.Msg
	question  *Question // that the import waits for, nil if none
	asked     time.Time // when it came up
	shown     time.Time // when the library was last read anew for it
	rate      string    // how fast it is and, in left, how long the rest takes; "" while it is too early to tell
	left      string
	paced     time.Time // when these were written; that is once a second, so that they can be read
	stopping  bool
	typed     string // the paths as they were typed, "" if they were picked
	folder    string // that the picker showed last
	undecided []store.Export
	way       wayOut // out of what failed
}

// ProgressMsg is the progress of the import.
type ProgressMsg struct{ Progress importer.Progress }

// ImportedMsg tells how the import ended.
type ImportedMsg struct {
	Report    store.ImportReport
	Undecided []store.Export // if they would settle what became of a request, were they all that the maker gave
	Err       error
}

// Begin notes that an import of paths has begun, which stop cancels. [Run.Close] has to follow.
func (r *Run) Begin(paths []string, stop context.CancelFunc) {
	*r = Run{stop: stop, updates: make(chan tea.Msg, 1), questions: make(chan tea.Msg), Paths: paths, folder: r.folder}
}

// Close ends the updates of an import.
func (r *Run) Close() {
	close(r.updates)
	close(r.questions)
}

// Running reports whether an import runs.
func (r *Run) Running() bool { return r.stop != nil }

// Share is how much of the import is done, from 0 to 1.
func (r *Run) Share() float64 {
	if r.Opening() {
		return 0
	}
	return min(1, float64(r.Progress.BytesRead)/float64(r.Progress.BytesTotal))
}

// Opening reports whether it is not known yet what there is to import.
func (r *Run) Opening() bool { return r.Progress.Opening || r.Progress.BytesTotal <= 0 }

// Failed reports whether the last import came to nothing.
func (r *Run) Failed() bool { return r.Err != nil && !errors.Is(r.Err, context.Canceled) }

// nothingRead reports whether the last import failed before it read anything.
func (r *Run) nothingRead() bool { return !r.Running() && r.Failed() && r.Report.ID == 0 }

// Short is the import for the status row.
func (r *Run) Short(c *common.Common) string {
	switch {
	case r.stopping:
		return "stopping the import …"
	case r.question != nil:
		return "the import asks a question · " + c.Keys.KeyOf(keys.OpenImport)
	case r.Opening():
		return "importing · opening …"
	}
	return fmt.Sprintf("importing %.0f %% · %s", 100*r.Share(), phrase.Count(r.Progress.Counts.Added, "recording")) + r.left
}

// start begins an import. Its progress comes through a channel that never makes it wait: what the screen has not taken
// yet is replaced by what is newer.
func (r *Run) start(c *common.Common, typed string, o importer.Options) tea.Cmd {
	ctx, stop := context.WithCancel(c.Ctx)
	r.Begin(o.Paths, stop)
	r.typed = typed
	begun := *r
	o.AskDates = askDates(begun.questions)
	o.Progress = func(p importer.Progress) {
		select {
		case <-begun.updates:
		default:
		}
		begun.updates <- ProgressMsg{p}
	}
	return tea.Batch(func() tea.Msg {
		imported, err := c.Import(ctx, o)
		stop()
		begun.Close()
		undecided, failed := c.Undecided(c.Ctx, imported)
		return ImportedMsg{imported.Report, undecided, errors.Join(err, failed)}
	}, next(r.updates), next(r.questions))
}

// next waits for the next message, nil if there is none any more.
func next(messages <-chan tea.Msg) tea.Cmd { return func() tea.Msg { return <-messages } }

// Update takes the progress, and reports whether it is time to show what has come in meanwhile.
func (r *Run) Update(c *common.Common, msg ProgressMsg) (cmd tea.Cmd, stale bool) {
	r.Progress = msg.Progress
	now := c.Now()
	if now.Sub(r.paced) >= time.Second && !r.Opening() {
		r.paced = now
		r.rate, r.left = paceOf(msg.Progress)
	}
	return next(r.updates), now.Sub(r.shown) > time.Second && !r.Opening()
}

// Shown notes that what has come in is being shown.
func (r *Run) Shown(now time.Time) { r.shown = now }

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

// End takes how the import ended.
func (r *Run) End(c *common.Common, msg ImportedMsg) {
	r.stop, r.question, r.Report, r.Err = nil, nil, msg.Report, msg.Err
	r.undecided, r.asked = msg.Undecided, c.Now()
	remedies := []store.Remedy{store.RemedyOf(r.Err)}
	for _, m := range r.Report.Failed {
		remedies = append(remedies, m.Remedy)
	}
	r.way = newWayOut(c.DB.Path(), r.Paths, remedies...)
}

// Cancel ends the import, which keeps what it read.
func (r *Run) Cancel() {
	r.stopping = true
	r.stop()
}

// lines draws the running import.
func (r *Run) lines(c *common.Common, w int) []string {
	st, p := &c.Styles, r.Progress
	done := int(r.Share() * float64(w))
	title, amount := "Importing …", fmt.Sprintf("%.0f %% · %s of %s%s%s", 100*r.Share(), phrase.Size(p.BytesRead), phrase.Size(p.BytesTotal), r.rate, r.left)
	closing := [][2]string{{"esc", "browse"}, {"c", "stop; what was read is kept"}}
	if r.Opening() {
		amount = "Opening: " + phrase.Count(p.Members, "file") + " so far …"
		if p.BytesTotal > 0 {
			amount = "Unpacking: " + phrase.Size(p.BytesRead) + " of " + phrase.Size(p.BytesTotal) + ", " + phrase.Count(p.Members, "file") + " so far …"
		}
	}
	if r.stopping {
		title, closing = "Stopping; what was read is kept …", closing[:1]
	}
	lines := []string{
		text.Fit(st.Strong.Render(title)+st.Quiet.Render(" · "+text.Brief(phrase.Paths(r.Paths))), w), "",
		st.Good.Render(strings.Repeat("█", done)) + st.Quiet.Render(strings.Repeat("░", w-done)),
		text.Fit(amount, w),
		st.Quiet.Render(text.FitLeft(text.Brief(p.Member), w)), "",
	}
	lines = append(lines, text.Pad(text.Wrap(phrase.Imported(p.Counts), w, 2), w, 2)...)
	return append(append(lines, ""), widget.Hints(st, w, 1, closing)...)
}
