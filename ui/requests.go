package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
)

// requests is the screen with the erasure requests and the steps of one of them.
type requests struct {
	all []store.Request
	table
	open   bool                      // the steps have the whole body
	scroll int                       // of the steps
	loaded int64                     // the request whose single recordings are in rows
	rows   map[int64]store.Recording // of single steps
}

func (r *requests) set(all []store.Request) {
	onNewest := r.cursor == 0 && !r.open
	there := stay(&r.table, r.all, all, func(q store.Request) int64 { return q.ID })
	r.all, r.loaded, r.open = all, 0, r.open && there
	if onNewest {
		r.cursor = 0
	}
}

func (r *requests) do(a *App, what action) tea.Cmd {
	if len(r.all) == 0 {
		return nil
	}
	if r.open {
		page := a.layout.h / 2
		steps := table{r.scroll}
		switch last := len(r.detail(a, a.layout.w)) - page; {
		case what == clearAll || what == details:
			r.open = false
			return nil
		case steps.move(what, last, page):
			r.scroll = steps.cursor
			return nil
		}
	} else if r.move(what, len(r.all), a.layout.h/2) {
		r.scroll = 0
		return r.loadSteps(a)
	}
	request := r.all[r.cursor]
	switch what {
	case details:
		r.open, r.scroll = true, 0
	case writeFiles:
		return a.writeRequest(request)
	case markSent:
		return a.markSent(request)
	case copyText:
		if request.Folder == "" {
			return a.say("No files were written yet: w writes them")
		}
		return tea.Batch(tea.SetClipboard(request.Folder), a.say("Copied %s", request.Folder))
	}
	return nil
}

// maxSingles is how many recordings of single steps the screen shows; the files have all.
const maxSingles = 200

// loadSteps reads the recordings that the request at the cursor removes one by one.
func (r *requests) loadSteps(a *App) tea.Cmd {
	if len(r.all) == 0 || r.loaded == r.all[r.cursor].ID {
		return nil
	}
	request := r.all[r.cursor]
	r.loaded, r.rows = request.ID, nil
	var ids []int64
	for _, s := range request.Steps {
		if s.Kind == store.Single && len(ids) < maxSingles {
			ids = append(ids, s.Recordings...)
		}
	}
	ctx, db := a.ctx, a.o.DB
	return func() tea.Msg {
		found, err := db.Recordings(ctx, ids)
		rows := make(map[int64]store.Recording, len(found))
		for _, recording := range found {
			rows[recording.ID] = recording
		}
		return stepsMsg{request.ID, rows, err}
	}
}

func (r *requests) takeSteps(a *App, msg stepsMsg) tea.Cmd {
	if msg.request != r.loaded {
		return nil
	}
	r.rows = msg.rows
	return a.failed(true, msg.err)
}

// writeRequest writes the files of a request.
func (a *App) writeRequest(request store.Request) tea.Cmd {
	ctx, o := a.ctx, a.o
	return func() tea.Msg {
		folder, err := o.Correspondence.WriteRequest(ctx, o.DB, request.ID, o.RequestsDir, o.Now())
		return requestMsg{"Written to " + folder, err}
	}
}

// markSent notes that a request was sent today.
func (a *App) markSent(request store.Request) tea.Cmd {
	if request.Status != store.Draft {
		return a.say("It was marked as sent on %s already", request.SentOn)
	}
	ctx, o := a.ctx, a.o
	return func() tea.Msg {
		today := o.Now().In(o.Zone)
		on, due := today.Format("2006-01-02"), deletion.Due(o.Correspondence.Law, today)
		text := "Sent on " + on
		if due != "" {
			text += ", an answer is due by " + due
		}
		return requestMsg{text, o.DB.MarkSent(ctx, request.ID, on, due)}
	}
}

func (r *requests) title(a *App) string {
	return " " + a.styles.quiet.Render(countOf(len(r.all), "request")+". w writes the files to send, s notes that it was sent.")
}

func (r *requests) view(a *App) []string {
	st, w := &a.styles, a.layout.w
	if len(r.all) == 0 {
		return a.nothing("No requests yet. A deletion drafts one for each device it touches.")
	}
	if r.open {
		lines := r.detail(a, w-2)
		return indent(lines[min(r.scroll, len(lines)):])
	}
	columns := func(device, status, n, steps, created, sent, due string) string {
		if w < 90 {
			created = ""
		} else {
			created = fit(created, 13)
		}
		return fit(device, 19) + fit(status, 12) + fitRight(n, 10) + fitRight(steps, 6) + "  " + created + fit(sent, 12) + due
	}
	lines := []string{"  " + st.quiet.Render(fit(columns("device", "status", "recordings", "steps", "drafted", "sent", "due"), w-2))}
	height := max(3, (a.layout.h-5)/2)
	from, to := r.seen(len(r.all), height)
	for i := from; i < to; i++ {
		q := r.all[i]
		lines = append(lines, a.row(columns(brief(q.Device.Name), standing(q.Status), fmt.Sprint(q.Recordings), fmt.Sprint(len(q.Steps)),
			q.Created.In(a.o.Zone).Format("2 Jan 2006"), orDash(q.SentOn), orDash(q.DueOn)), i == r.cursor, w))
	}
	lines = append(lines, st.quiet.Render(strings.Repeat("─", w)))
	return append(lines, indent(r.detail(a, w-2))...)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// detail draws the request at the cursor: where its files are, and its steps.
func (r *requests) detail(a *App, w int) []string {
	st, q := &a.styles, r.all[r.cursor]
	files := st.quiet.Render("no files written yet: w writes request.md, letter.txt, letter.eml and the manifests")
	if q.Folder != "" {
		files = "files in " + brief(q.Folder)
	}
	lines := []string{st.strong.Render(brief(q.Device.Name)) + st.quiet.Render(fmt.Sprintf(" · request %d · %s · %s",
		q.ID, standing(q.Status), countOf(q.Recordings, "recording")))}
	lines = append(lines, wrap(files, w, 3)...)
	for i, s := range q.Steps {
		if i == maxSingles {
			return append(lines, st.quiet.Render("… and "+countOf(len(q.Steps)-i, "more step")+"; the files have all of them"))
		}
		lines = append(lines, fit(fmt.Sprintf("%3d. %s", i+1, r.step(a, s)), w))
	}
	return lines
}

// step says what a step asks for.
func (r *requests) step(a *App, s store.Step) string {
	switch s.Kind {
	case store.WholeDevice:
		return fmt.Sprintf("everything of the device (%s)", countOf(len(s.Recordings), "recording"))
	case store.DayRange:
		if s.From == s.To {
			return fmt.Sprintf("all of %s (%s)", s.From, countOf(len(s.Recordings), "recording"))
		}
		return fmt.Sprintf("all of %s to %s (%s)", s.From, s.To, countOf(len(s.Recordings), "recording"))
	}
	when := store.IDTime(s.Recordings[0]).In(a.o.Zone).Format(momentLayout)
	recording, ok := r.rows[s.Recordings[0]]
	if !ok {
		return "one recording: " + when
	}
	return "one recording: " + when + "  " + a.styles.quiet.Render(brief(recording.Transcript))
}
