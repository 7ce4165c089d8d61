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
		if deletion.Overdue(q, a.now()) {
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

// height is how many requests are seen above the detail of one.
func (r *requests) height(l layout) int { return max(3, (l.h-5)/2) }

func (r *requests) view(a *App) []string {
	st, w := &a.styles, a.layout.w
	if len(r.all) == 0 {
		return a.nothing("No requests yet. A deletion drafts one for each device it touches.")
	}
	if r.open {
		lines := r.lines(a, w-2)
		return indent(lines[min(r.scroll, len(lines)):])
	}
	rows, _ := rowsOf(r.columns(a), w-2)
	lines := []string{"  " + st.quiet.Render(rows[0])}
	from, to := r.seen(len(r.all), r.height(a.layout))
	for i := from; i < to; i++ {
		lines = append(lines, a.row(rows[1+i], i == r.cursor, w))
	}
	lines = append(lines, st.quiet.Render(strings.Repeat("─", w)))
	return append(lines, indent(r.lines(a, w-2))...)
}

// columns are what is told of each request, as far as there is room.
func (r *requests) columns(a *App) []column {
	return []column{
		columnOf("device", r.all, func(q store.Request) string { return brief(q.Device.Name) }).from(13, 0),
		columnOf("status", r.all, a.where).from(0, 1),
		columnOf("recordings", r.all, func(q store.Request) string { return comma(q.Recordings) }).number(2),
		columnOf("steps", r.all, func(q store.Request) string { return comma(len(q.Steps)) }).number(6),
		columnOf("drafted", r.all, func(q store.Request) string { return q.Created.In(a.o.Zone).Format("2 Jan 2006") }).from(0, 7).beyond(),
		columnOf("sent", r.all, func(q store.Request) string { return orDash(q.SentOn) }).from(0, 4),
		columnOf("due", r.all, func(q store.Request) string { return orDash(q.DueOn) }).from(0, 3),
		columnOf("", r.all, func(q store.Request) string { return a.dueIn(q) }).from(0, 5),
		columnOf("maker", r.all, func(q store.Request) string { return makerName(q.Device.Vendor) }).from(0, 8).beyond(),
		columnOf("serial", r.all, func(q store.Request) string { return brief(q.Device.Serial) }).from(0, 9).beyond(),
	}
}

// dueIn says in words when an answer is due to a request that waits for one, "" for others.
func (a *App) dueIn(q store.Request) string {
	due, err := store.ParseDay(q.DueOn)
	if err != nil || q.Status != store.Sent {
		return ""
	}
	return daysAgo(due, a.today())
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// where says where a request stands on the day that it is.
func (a *App) where(q store.Request) string {
	if q.Status == store.Sent && deletion.Overdue(q, a.now()) {
		return "overdue"
	}
	return standing(q.Status)
}

// ago says in words how long ago something was, "" if it is not known when.
func (a *App) ago(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return daysAgo(store.DayOf(t, a.o.Zone), a.today())
}

// now is the time where the user is.
func (a *App) now() time.Time { return a.o.Now().In(a.o.Zone) }

// today is the local day that it is.
func (a *App) today() store.Day { return store.DayOf(a.o.Now(), a.o.Zone) }
