package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
)

// requests is the screen with the erasure requests and the steps of one of them.
type requests struct {
	all []store.Request
	table
	open    bool // the detail has the whole body
	scroll  int  // of the detail
	loaded  int64
	reading bool          // the detail is still to come
	detail  requestDetail // of the request loaded
}

func (r *requests) set(all []store.Request) {
	onNewest := r.cursor == 0 && !r.open
	there := stay(&r.table, r.all, all, func(q store.Request) int64 { return q.ID })
	r.all, r.loaded, r.reading, r.open = all, 0, false, r.open && there
	if onNewest {
		r.cursor = 0
	}
}

func (r *requests) do(a *App, what action) tea.Cmd {
	if len(r.all) == 0 {
		return nil
	}
	if what == writeReport {
		return a.writeReport()
	}
	if r.open {
		page := a.layout.h / 2
		steps := table{r.scroll}
		switch last := len(r.lines(a, a.layout.w-2)) - page; {
		case what == clearAll || what == details:
			r.open = false
			return nil
		case steps.move(what, last, page):
			r.scroll = steps.cursor
			return nil
		}
	} else if r.move(what, len(r.all), a.layout.h/2) {
		r.scroll = 0
		return r.loadDetail(a)
	}
	request := r.all[r.cursor]
	switch what {
	case details:
		r.open, r.scroll = true, 0
	case writeFiles:
		return a.writeRequest(request)
	case openFolder:
		return a.openFolder(request)
	case markSent:
		return a.openSent(request)
	case followUp:
		return a.writeFollowup(request)
	case copyText:
		return a.readLetter(request)
	}
	return nil
}

func (r *requests) title(a *App) string {
	overdue := 0
	for _, q := range r.all {
		if deletion.Overdue(q, a.today()) {
			overdue++
		}
	}
	text := a.styles.quiet.Render(fmt.Sprintf("%s. %s writes the files to send, %s notes when it was sent.",
		countOf(len(r.all), "request"), a.keys.keyOf(writeFiles), a.keys.keyOf(markSent)))
	if overdue > 0 {
		text = a.styles.bad.Render(fmt.Sprintf("%d overdue", overdue)) + a.styles.quiet.Render(" of ") + text
	}
	return " " + text
}

func (r *requests) view(a *App) []string {
	st, w := &a.styles, a.layout.w
	if len(r.all) == 0 {
		return a.nothing("No requests yet. A deletion drafts one for each device it touches.")
	}
	if r.open {
		lines := r.lines(a, w-2)
		return indent(lines[min(r.scroll, len(lines)):])
	}
	columns := func(device, status, n, steps, created, sent, due string) string {
		if w < 90 {
			created = ""
		} else {
			created = fit(created, 13)
		}
		if w < 80 {
			return fit(device, 13) + fit(status, 13) + fitRight(n, 10) + "  " + fit(sent, 11) + due
		}
		return fit(device, 19) + fit(status, 13) + fitRight(n, 10) + fitRight(steps, 6) + "  " + created + fit(sent, 12) + due
	}
	lines := []string{"  " + st.quiet.Render(fit(columns("device", "status", "recordings", "steps", "drafted", "sent", "due"), w-2))}
	height := max(3, (a.layout.h-5)/2)
	from, to := r.seen(len(r.all), height)
	for i := from; i < to; i++ {
		q := r.all[i]
		lines = append(lines, a.row(columns(brief(q.Device.Name), a.where(q), fmt.Sprint(q.Recordings), fmt.Sprint(len(q.Steps)),
			q.Created.In(a.o.Zone).Format("2 Jan 2006"), orDash(q.SentOn), orDash(q.DueOn)), i == r.cursor, w))
	}
	lines = append(lines, st.quiet.Render(strings.Repeat("─", w)))
	return append(lines, indent(r.lines(a, w-2))...)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// where says where a request stands on the day that it is.
func (a *App) where(q store.Request) string {
	if q.Status == store.Sent && deletion.Overdue(q, a.today()) {
		return "overdue"
	}
	return standing(q.Status)
}

// today is the time now, where the user is.
func (a *App) today() time.Time { return a.o.Now().In(a.o.Zone) }
