package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// trash is the screen with the deletions that can be undone, and the recordings of one of them.
type trash struct {
	all []store.Deletion
	table
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

func (t *trash) resize(to layout) { t.list.resize(to.list.h) }

func (t *trash) take(a *App, msg trashMsg) tea.Cmd {
	if msg.epoch != a.epoch {
		return nil
	}
	if msg.err != nil {
		return a.fail(msg.err)
	}
	onNewest := t.cursor == 0 && !t.open
	there := stay(&t.table, t.all, msg.trash, func(d store.Deletion) int64 { return d.ID })
	t.all, t.open = msg.trash, t.open && there
	if onNewest {
		t.cursor = 0
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

func (t *trash) do(a *App, what action) tea.Cmd {
	if len(t.all) == 0 {
		return nil
	}
	if t.open {
		if what == clearAll || what == details {
			t.open = false
			return nil
		}
		if t.list.move(what) {
			return nil
		}
	} else if t.move(what, len(t.all), a.layout.h/2) {
		return nil
	}
	d := t.all[t.cursor]
	switch what {
	case details:
		return t.show(a, d)
	case restore:
		ctx, db, again := a.ctx, a.o.DB, a.keys.keyOf(redo)
		return func() tea.Msg { return takeBack(ctx, db, d.ID, false, again) }
	case purge:
		a.dialog = &purgeDialog{deletion: d}
	}
	return nil
}

// show opens the recordings of a deletion.
func (t *trash) show(a *App, d store.Deletion) tea.Cmd {
	t.open, t.shown = true, d.ID
	t.list.ids, t.list.cursor, t.list.top = nil, 0, 0
	ctx, db, epoch := a.ctx, a.o.DB, a.epoch
	return func() tea.Msg {
		ids, err := db.IDs(ctx, store.Query{State: store.Trashed, Deletion: d.ID})
		return trashIDsMsg{epoch, d.ID, ids, err}
	}
}

func (t *trash) title(a *App) string {
	st := &a.styles
	if t.open && len(t.all) > 0 {
		return " " + st.strong.Render(t.name(a, t.all[t.cursor])) + st.quiet.Render(fmt.Sprintf("  %s goes back, %s plays", a.keys.keyOf(clearAll), a.keys.keyOf(playPause)))
	}
	n := 0
	for _, d := range t.all {
		n += d.Recordings
	}
	return " " + st.quiet.Render(fmt.Sprintf("%s in the trash. %s restores, %s erases beyond recovery.", countOf(n, "recording"),
		a.keys.keyOf(restore), a.keys.keyOf(purge)))
}

// name says what a deletion was.
func (t *trash) name(a *App, d store.Deletion) string {
	text := d.Created.In(a.o.Zone).Format(minuteLayout) + "  " + countOf(d.Recordings, "recording")
	if d.Query != "" {
		text += "  " + brief(d.Query)
	}
	return text
}

// height is how many deletions are seen.
func (t *trash) height(l layout) int { return l.h - 5 }

func (t *trash) view(a *App) []string {
	st, w := &a.styles, a.layout.w
	if len(t.all) == 0 {
		return a.nothing("The trash is empty. What you delete waits here, and " + a.keys.keyOf(undo) + " takes it back.")
	}
	if t.open {
		r, ok := t.list.selected()
		return a.withDetail(pad(a.listRows(&t.list, a.layout.list.w, true), a.layout.list.w, a.layout.list.h), r, ok)
	}
	rows, _ := rowsOf(t.columns(a), w-2)
	lines := []string{"  " + st.quiet.Render(rows[0])}
	from, to := t.seen(len(t.all), t.height(a.layout))
	for i := from; i < to; i++ {
		lines = append(lines, a.row(rows[1+i], i == t.cursor, w))
	}
	return lines
}

// columns are what is told of each deletion, as far as there is room.
func (t *trash) columns(a *App) []column {
	return []column{
		columnOf("deleted", t.all, func(d store.Deletion) string { return d.Created.In(a.o.Zone).Format(minuteLayout) }).from(0, 0),
		columnOf("", t.all, func(d store.Deletion) string { return a.ago(d.Created) }).from(0, 6).beyond(),
		columnOf("recordings", t.all, func(d store.Deletion) string { return comma(d.Recordings) }).number(1),
		columnOf("devices", t.all, func(d store.Deletion) string { return comma(d.Devices) }).number(4).beyond(),
		columnOf("sound", t.all, func(d store.Deletion) string { return size(d.Bytes) }).number(5).beyond(),
		columnOf("from – to", t.all, func(d store.Deletion) string { return days(d.From, d.To, a.o.Zone) }).from(0, 3),
		columnOf("chosen by", t.all, func(d store.Deletion) string { return brief(d.Query) }).from(16, 2),
	}
}
