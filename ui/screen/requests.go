package screen

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// requests is the screen with the erasure requests and the steps of one of them.
type requests struct {
	rows[store.Request]               // the detail of an open one has the whole body
	scroll              int           // of the detail
	loaded              int64         // the request that detail is of, or will be
	asked               int           // counts the questions for a detail; answers to older ones are dropped
	reading             bool          // the detail is still to come
	detail              requestDetail // of the request loaded
}

func (r *requests) Waits(*common.Common) bool { return r.reading }

func (r *requests) Load(c *common.Common) tea.Cmd {
	return common.Read(c, c.Requests, func(all []store.Request) common.Action {
		r.set(all, func(q store.Request) int64 { return q.ID })
		r.reading = false
		return r.loadDetail(c)
	})
}

func (r *requests) Acts(c *common.Common) Acts {
	why := unless(func() bool { return len(r.all) > 0 }, "There are no requests yet: a deletion drafts them")
	// of is an act on the request at the cursor.
	of := func(do func(q store.Request) common.Action) Act {
		return Act{func() common.Action { return do(r.all[r.Cursor]) }, why}
	}
	all := Acts{
		keys.Details:     {just(func() { r.open, r.scroll = !r.open, 0 }), why},
		keys.ClearAll:    {Do: just(func() { r.open = false })},
		keys.WriteFiles:  of(func(q store.Request) common.Action { return writeRequest(c, q) }),
		keys.MarkSent:    of(func(q store.Request) common.Action { return common.AskSent{Request: q} }),
		keys.CopyText:    of(func(q store.Request) common.Action { return copyLetter(c, q) }),
		keys.WriteReport: {func() common.Action { return writeReport(c) }, why},
		keys.OpenFolder:  of(func(q store.Request) common.Action { return openFolder(c, q) }),
		keys.SayComplete: of(func(store.Request) common.Action { return r.sayComplete(c) }),
		keys.CompareBoth: of(func(store.Request) common.Action {
			return common.Compare{Pairs: r.detail.verdict.Alike()}
		}),
		keys.FollowUp: of(func(q store.Request) common.Action { return writeFollowup(c, q) }),
	}
	return all.guarded(keys.OpenFolder, func() bool { return r.all[r.Cursor].Written.Folder != "" }, "No files were written yet: "+c.Keys.KeyOf(keys.WriteFiles)+" writes them").
		guarded(keys.FollowUp, func() bool { return deletion.WhyNoFollowup(r.all[r.Cursor], c.Local()) == "" }, "No export shows a recording of this request still there, and no answer is overdue").
		guarded(keys.SayComplete, func() bool { export, _ := r.undecided(); return export != 0 }, "Nothing here depends on whether an export is complete").
		guarded(keys.CompareBoth, func() bool { return len(r.detail.verdict.Alike()) > 0 }, "No export has another recording that may be the same")
}

// undecided returns the export of which the verdict depends on whether it is all that the account has, 0 if there is
// none, and what the user would answer: that it is, or, if that was said already, nothing any more.
func (r *requests) undecided() (export int64, answer store.Answer) {
	for _, reason := range r.detail.verdict.Reasons {
		if reason.Settles() == deletion.SayComplete {
			return reason.Export, store.Yes
		}
	}
	for _, proof := range r.detail.verdict.Grounds() {
		if proof.Ground == deletion.ByWord {
			return proof.Export.ExportID, store.NotAnswered
		}
	}
	return 0, store.NotAnswered
}

// sayComplete notes, or takes back, that an export is all that the account has.
func (r *requests) sayComplete(c *common.Common) tea.Cmd {
	export, answer := r.undecided()
	return func() tea.Msg {
		_, err := c.SetComplete(c.Ctx, answer, export)
		text := fmt.Sprintf("Export %d counts as complete, by your word", export)
		if answer == store.NotAnswered {
			text = fmt.Sprintf("Export %d no longer counts as complete", export)
		}
		return common.Changed{Text: text, Err: err}
	}
}

func (r *requests) Move(c *common.Common, what keys.Action) common.Action {
	page := c.Layout.H / 2
	if r.open {
		steps := widget.Table{Cursor: r.scroll}
		steps.Move(what, len(r.lines(c, c.Layout.W-2))-page, page)
		r.scroll = steps.Cursor
		return nil
	}
	if len(r.all) == 0 || !r.Table.Move(what, len(r.all), page) {
		return nil
	}
	r.scroll = 0
	return r.showDetail(c)
}

func (r *requests) Press(c *common.Common, _, y int) (Press, common.Action) {
	if r.open {
		return Press{}, nil
	}
	p, chosen := clickRow(&r.Table, y, len(r.all), r.height(c.Layout))
	if !chosen {
		return p, nil
	}
	r.scroll = 0
	return p, r.showDetail(c)
}

func (r *requests) Wheel(c *common.Common, _, _, by int) common.Action { return r.Move(c, toward(by)) }

func (r *requests) Title(c *common.Common) string {
	overdue := 0
	for _, q := range r.all {
		if deletion.Overdue(q, c.Local()) {
			overdue++
		}
	}
	text := c.Styles.Quiet.Render(fmt.Sprintf("%s. %s writes the files to send, %s notes when it was sent.",
		phrase.Count(len(r.all), "request"), c.Keys.KeyOf(keys.WriteFiles), c.Keys.KeyOf(keys.MarkSent)))
	if overdue > 0 {
		text = c.Styles.Bad.Render(fmt.Sprintf("%d overdue", overdue)) + c.Styles.Quiet.Render(" of ") + text
	}
	return " " + text
}

// height is how many requests are seen above the detail of one.
func (r *requests) height(l common.Layout) int { return max(3, (l.H-5)/2) }

func (r *requests) View(c *common.Common) []string {
	st, w := &c.Styles, c.Layout.W
	if len(r.all) == 0 {
		return c.Notice("No requests yet. A deletion drafts one for each device it touches.")
	}
	if r.open {
		lines := r.lines(c, w-2)
		return text.Indent(lines[min(r.scroll, len(lines)):])
	}
	lines, _ := r.Table.View(st, r.columns(c), w, r.height(c.Layout))
	lines = append(lines, st.Quiet.Render(strings.Repeat("─", w)))
	return append(lines, text.Indent(r.lines(c, w-2))...)
}

// columns are what is told of each request, as far as there is room.
func (r *requests) columns(c *common.Common) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("device", r.all, func(q store.Request) string { return text.Brief(phrase.Device(q.Device)) }).From(13, 0),
		widget.ColumnOf("status", r.all, func(q store.Request) string { return phrase.RequestStanding(q, c.Local()) }).From(0, 1),
		widget.ColumnOf("recordings", r.all, func(q store.Request) string { return phrase.Comma(q.Recordings) }).Number(2),
		widget.ColumnOf("steps", r.all, func(q store.Request) string { return phrase.Comma(len(q.Steps)) }).Number(6),
		widget.ColumnOf("drafted", r.all, func(q store.Request) string { return c.Dates().Of(q.Created) }).From(0, 7).Beyond(),
		widget.ColumnOf("sent", r.all, func(q store.Request) string { return orDash(c.Dates().Day(q.SentOn)) }).From(0, 4),
		widget.ColumnOf("due", r.all, func(q store.Request) string { return orDash(c.Dates().Day(q.DueOn)) }).From(0, 3),
		widget.ColumnOf("", r.all, func(q store.Request) string { return dueIn(c, q) }).From(0, 5),
		widget.ColumnOf("maker", r.all, func(q store.Request) string { return phrase.Maker(q.Device.Vendor) }).From(0, 8).Beyond(),
		widget.ColumnOf("serial", r.all, func(q store.Request) string { return text.Brief(q.Device.Serial) }).From(0, 9).Beyond(),
	}
}

// dueIn says in words when an answer is due to a request that waits for one, "" for others.
func dueIn(c *common.Common, q store.Request) string {
	due, err := store.ParseDay(q.DueOn)
	if err != nil || q.Status != store.Sent || q.Undone == q.Recordings {
		return ""
	}
	return phrase.Ago(due, c.Today())
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// ago says in words how long ago something was, "" if it is not known when.
func ago(c *common.Common, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return phrase.Ago(store.DayOf(t, c.Zone), c.Today())
}
