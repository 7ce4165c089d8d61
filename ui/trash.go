package ui

import (
	"fmt"

	"unsaid/ui/common"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// trash is the screen with the deletions that can be undone, and the recordings of one of them.
type trash struct {
	read bool // once
	all  []store.Deletion
	widget.Table
	list  list  // the recordings of the open one
	open  bool  // whether the keys go to the recordings
	shown int64 // the deletion of list
}

// trashIDsMsg is the recordings of a deletion.
type trashIDsMsg struct {
	epoch    int
	deletion int64
	ids      []int64
	err      error
}

func (t *trash) resize(to common.Layout) { t.list.resize(to.List.H) }

func (t *trash) take(a *App, msg trashMsg) tea.Cmd {
	if msg.epoch != a.epoch {
		return nil
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	onNewest := t.Cursor == 0 && !t.open
	there := widget.Stay(&t.Table, t.all, msg.trash, func(d store.Deletion) int64 { return d.ID })
	t.read, t.all, t.open = true, msg.trash, t.open && there
	if onNewest {
		t.Cursor = 0
	}
	if t.open {
		return t.find(a)
	}
	return nil
}

func (t *trash) takeIDs(a *App, msg trashIDsMsg) tea.Cmd {
	if msg.epoch != a.epoch || msg.deletion != t.shown {
		return nil
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	t.list.setIDs(msg.ids)
	return nil
}

func (t *trash) do(a *App, what keys.Action) tea.Cmd {
	if len(t.all) == 0 {
		return nil
	}
	if t.open {
		if what == keys.ClearAll || what == keys.Details {
			t.open = false
			return nil
		}
		if t.list.move(what) {
			return nil
		}
	} else if t.Move(what, len(t.all), a.Layout.H/2) {
		return nil
	}
	d := t.all[t.Cursor]
	switch what {
	case keys.Details:
		return t.show(a, d)
	case keys.Restore:
		ctx, db, again := a.Ctx, a.o.DB, a.Keys.KeyOf(keys.Redo)
		return a.revert(func() tea.Msg { return takeBack(ctx, db, d.ID, false, again) })
	case keys.Purge:
		return a.askPurge(d)
	}
	return nil
}

// show opens the recordings of a deletion.
func (t *trash) show(a *App, d store.Deletion) tea.Cmd {
	t.open, t.shown = true, d.ID
	t.list.ids, t.list.cursor, t.list.top, t.list.moved = nil, 0, 0, false
	return t.find(a)
}

// find asks for the recordings of the deletion that is shown.
func (t *trash) find(a *App) tea.Cmd {
	ctx, db, epoch, deletion := a.Ctx, a.o.DB, a.epoch, t.shown
	return func() tea.Msg {
		ids, err := db.IDs(ctx, store.Query{State: store.Trashed, Deletion: deletion})
		return trashIDsMsg{epoch, deletion, ids, err}
	}
}

func (t *trash) title(a *App) string {
	st := &a.Styles
	if t.open && len(t.all) > 0 {
		return " " + st.Strong.Render(t.name(a, t.all[t.Cursor])) + st.Quiet.Render(fmt.Sprintf("  %s goes back, %s plays", a.Keys.KeyOf(keys.ClearAll), a.Keys.KeyOf(keys.PlayPause)))
	}
	n := 0
	for _, d := range t.all {
		n += d.Recordings
	}
	return " " + st.Quiet.Render(fmt.Sprintf("%s in the trash. %s restores, %s erases beyond recovery.", countOf(n, "recording"),
		a.Keys.KeyOf(keys.Restore), a.Keys.KeyOf(keys.Purge)))
}

// name says what a deletion was.
func (t *trash) name(a *App, d store.Deletion) string {
	words := d.Created.In(a.o.Zone).Format(minuteLayout) + "  " + countOf(d.Recordings, "recording")
	if d.Query != "" {
		words += "  " + text.Brief(d.Query)
	}
	return words
}

// height is how many deletions are seen.
func (t *trash) height(l common.Layout) int { return l.H - 5 }

func (t *trash) view(a *App) []string {
	st, w := &a.Styles, a.Layout.W
	if len(t.all) == 0 {
		return a.nothing("The trash is empty. What you delete waits here, and " + a.Keys.KeyOf(keys.Undo) + " takes it back.")
	}
	if t.open {
		r, ok := t.list.selected()
		return a.withDetail(text.Pad(a.listRows(&t.list, a.Layout.List.W, true), a.Layout.List.W, a.Layout.List.H), r, ok)
	}
	rows, _ := widget.Rows(t.columns(a), w-2)
	lines := []string{"  " + st.Quiet.Render(rows[0])}
	from, to := t.Seen(len(t.all), t.height(a.Layout))
	for i := from; i < to; i++ {
		lines = append(lines, widget.Row(st, rows[1+i], i == t.Cursor, w))
	}
	return lines
}

// columns are what is told of each deletion, as far as there is room.
func (t *trash) columns(a *App) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("deleted", t.all, func(d store.Deletion) string { return d.Created.In(a.o.Zone).Format(minuteLayout) }).From(0, 0),
		widget.ColumnOf("", t.all, func(d store.Deletion) string { return a.ago(d.Created) }).From(0, 6).Beyond(),
		widget.ColumnOf("recordings", t.all, func(d store.Deletion) string { return comma(d.Recordings) }).Number(1),
		widget.ColumnOf("devices", t.all, func(d store.Deletion) string { return comma(d.Devices) }).Number(4).Beyond(),
		widget.ColumnOf("sound", t.all, func(d store.Deletion) string { return size(d.Bytes) }).Number(5).Beyond(),
		widget.ColumnOf("from – to", t.all, func(d store.Deletion) string { return days(d.From, d.To, a.o.Zone) }).From(0, 3),
		widget.ColumnOf("chosen by", t.all, func(d store.Deletion) string { return text.Brief(d.Query) }).From(16, 2),
	}
}
