package ui

import (
	"fmt"
	"strings"
	"time"

	"unsaid/ui/common"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// requests is the screen with the erasure requests and the steps of one of them.
type requests struct {
	read bool // once
	all  []store.Request
	widget.Table
	open    bool          // the detail has the whole body
	scroll  int           // of the detail
	loaded  int64         // the request that detail is of, or will be
	asked   int           // counts the questions for a detail; answers to older ones are dropped
	reading bool          // the detail is still to come
	detail  requestDetail // of the request loaded
}

func (r *requests) set(all []store.Request) {
	onNewest := r.Cursor == 0 && !r.open
	there := widget.Stay(&r.Table, r.all, all, func(q store.Request) int64 { return q.ID })
	r.read, r.all, r.reading, r.open = true, all, false, r.open && there
	if onNewest {
		r.Cursor = 0
	}
}

func (r *requests) do(a *App, what keys.Action) tea.Cmd {
	if len(r.all) == 0 {
		return nil
	}
	if what == keys.WriteReport {
		return a.writeReport()
	}
	if r.open {
		page := a.Layout.H / 2
		steps := widget.Table{Cursor: r.scroll}
		switch last := len(r.lines(a, a.Layout.W-2)) - page; {
		case what == keys.ClearAll || what == keys.Details:
			r.open = false
			return nil
		case steps.Move(what, last, page):
			r.scroll = steps.Cursor
			return nil
		}
	} else if r.Move(what, len(r.all), a.Layout.H/2) {
		r.scroll = 0
		return r.showDetail(a)
	}
	request := r.all[r.Cursor]
	switch what {
	case keys.Details:
		r.open, r.scroll = true, 0
	case keys.WriteFiles:
		return a.writeRequest(request)
	case keys.OpenFolder:
		return a.openFolder(request)
	case keys.MarkSent:
		return a.openSent(request)
	case keys.FollowUp:
		return a.writeFollowup(request)
	case keys.CopyText:
		return a.readLetter(request)
	}
	return nil
}

func (r *requests) title(a *App) string {
	overdue := 0
	for _, q := range r.all {
		if deletion.Overdue(q, a.Local()) {
			overdue++
		}
	}
	text := a.Styles.Quiet.Render(fmt.Sprintf("%s. %s writes the files to send, %s notes when it was sent.",
		countOf(len(r.all), "request"), a.Keys.KeyOf(keys.WriteFiles), a.Keys.KeyOf(keys.MarkSent)))
	if overdue > 0 {
		text = a.Styles.Bad.Render(fmt.Sprintf("%d overdue", overdue)) + a.Styles.Quiet.Render(" of ") + text
	}
	return " " + text
}

// height is how many requests are seen above the detail of one.
func (r *requests) height(l common.Layout) int { return max(3, (l.H-5)/2) }

func (r *requests) view(a *App) []string {
	st, w := &a.Styles, a.Layout.W
	if len(r.all) == 0 {
		return a.nothing("No requests yet. A deletion drafts one for each device it touches.")
	}
	if r.open {
		lines := r.lines(a, w-2)
		return text.Indent(lines[min(r.scroll, len(lines)):])
	}
	rows, _ := widget.Rows(r.columns(a), w-2)
	lines := []string{"  " + st.Quiet.Render(rows[0])}
	from, to := r.Seen(len(r.all), r.height(a.Layout))
	for i := from; i < to; i++ {
		lines = append(lines, widget.Row(st, rows[1+i], i == r.Cursor, w))
	}
	lines = append(lines, st.Quiet.Render(strings.Repeat("─", w)))
	return append(lines, text.Indent(r.lines(a, w-2))...)
}

// columns are what is told of each request, as far as there is room.
func (r *requests) columns(a *App) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("device", r.all, func(q store.Request) string { return text.Brief(q.Device.Name) }).From(13, 0),
		widget.ColumnOf("status", r.all, a.where).From(0, 1),
		widget.ColumnOf("recordings", r.all, func(q store.Request) string { return comma(q.Recordings) }).Number(2),
		widget.ColumnOf("steps", r.all, func(q store.Request) string { return comma(len(q.Steps)) }).Number(6),
		widget.ColumnOf("drafted", r.all, func(q store.Request) string { return q.Created.In(a.o.Zone).Format("2 Jan 2006") }).From(0, 7).Beyond(),
		widget.ColumnOf("sent", r.all, func(q store.Request) string { return orDash(q.SentOn) }).From(0, 4),
		widget.ColumnOf("due", r.all, func(q store.Request) string { return orDash(q.DueOn) }).From(0, 3),
		widget.ColumnOf("", r.all, func(q store.Request) string { return a.dueIn(q) }).From(0, 5),
		widget.ColumnOf("maker", r.all, func(q store.Request) string { return makerName(q.Device.Vendor) }).From(0, 8).Beyond(),
		widget.ColumnOf("serial", r.all, func(q store.Request) string { return text.Brief(q.Device.Serial) }).From(0, 9).Beyond(),
	}
}

// dueIn says in words when an answer is due to a request that waits for one, "" for others.
func (a *App) dueIn(q store.Request) string {
	due, err := store.ParseDay(q.DueOn)
	if err != nil || q.Status != store.Sent {
		return ""
	}
	return daysAgo(due, a.Today())
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// where says where a request stands on the day that it is.
func (a *App) where(q store.Request) string {
	if q.Status == store.Sent && deletion.Overdue(q, a.Local()) {
		return "overdue"
	}
	return standing(q.Status)
}

// ago says in words how long ago something was, "" if it is not known when.
func (a *App) ago(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return daysAgo(store.DayOf(t, a.o.Zone), a.Today())
}
