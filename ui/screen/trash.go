package screen

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// trash is the screen with the deletions that can be undone, and the recordings of one of them.
type trash struct {
	rows[store.Deletion]
	list  List  // the recordings of the open one
	shown int64 // the deletion of list
}

func newTrash(c *common.Common) *trash {
	t := &trash{list: newList(c.Zone)}
	t.list.State = store.Trashed
	return t
}

func (t *trash) Hold(what keys.Action) {
	if t.open {
		t.list.hold(what)
	}
}

func (t *trash) Resize(to common.Layout) { t.list.resize(to.List) }

func (t *trash) Recordings() (l *List, focused bool) {
	if !t.open {
		return nil, false
	}
	return &t.list, true
}

func (t *trash) Load(c *common.Common) tea.Cmd {
	t.list.forget()
	return common.Read(c, c.DB.Trash, func(all []store.Deletion) common.Action {
		if t.set(all, func(d store.Deletion) int64 { return d.ID }); t.open {
			return t.find(c)
		}
		return nil
	})
}

func (t *trash) Acts(c *common.Common) Acts {
	why := unless(func() bool { return len(t.all) > 0 }, "The trash is empty")
	return Acts{
		keys.Details:  {func() common.Action { return t.show(c) }, why},
		keys.ClearAll: {Do: just(func() { t.open = false })},
		keys.Export: {Do: func() common.Action {
			var ids []int64
			if t.open {
				ids, _ = t.list.chosen()
			}
			return common.Export{IDs: ids}
		}},
		keys.Restore: {func() common.Action { return common.Restore{Deletion: t.all[t.Cursor].ID} }, why},
		keys.Purge: {func() common.Action { return common.AskPurge{Deletion: t.all[t.Cursor]} }, func() string {
			if reason := why(); reason != "" || !c.Erasing {
				return reason
			}
			return "Another purge is running"
		}},
	}
}

func (t *trash) Move(c *common.Common, what keys.Action) common.Action {
	if t.open {
		t.list.move(what)
	} else {
		t.Table.Move(what, len(t.all), c.Layout.H/2)
	}
	return nil
}

// show opens the recordings of the deletion at the cursor, or goes back to the deletions.
func (t *trash) show(c *common.Common) common.Action {
	if t.open = !t.open; !t.open {
		return nil
	}
	t.shown = t.all[t.Cursor].ID
	t.list.IDs, t.list.Cursor, t.list.top, t.list.moved = nil, 0, 0, false
	return t.find(c)
}

// find asks for the recordings of the deletion that is shown.
func (t *trash) find(c *common.Common) common.Action {
	query := store.Query{State: store.Trashed, Deletion: t.shown}
	return common.Read(c, func(ctx context.Context) ([]int64, error) { return c.DB.IDs(ctx, query) }, func(ids []int64) common.Action {
		if query.Deletion == t.shown {
			t.list.setIDs(ids)
		}
		return nil
	})
}

func (t *trash) Press(c *common.Common, x, y int) (Press, common.Action) {
	if t.open {
		return t.list.press(x, y), nil
	}
	p, _ := clickRow(&t.Table, y, len(t.all), t.height(c.Layout))
	return p, nil
}

func (t *trash) Wheel(c *common.Common, x, y, by int) common.Action {
	if t.open {
		t.list.wheel(x, y, by)
		return nil
	}
	return t.Move(c, toward(by))
}

func (t *trash) Title(c *common.Common) string {
	st := &c.Styles
	if t.open && len(t.all) > 0 {
		return " " + st.Strong.Render(t.name(c, t.all[t.Cursor])) + st.Quiet.Render(fmt.Sprintf("  %s goes back, %s plays", c.Keys.KeyOf(keys.ClearAll), c.Keys.KeyOf(keys.PlayPause)))
	}
	n := 0
	for _, d := range t.all {
		n += d.Recordings
	}
	return " " + st.Quiet.Render(fmt.Sprintf("%s in the trash. %s restores, %s erases beyond recovery.", phrase.Count(n, "recording"),
		c.Keys.KeyOf(keys.Restore), c.Keys.KeyOf(keys.Purge)))
}

// name says what a deletion was.
func (t *trash) name(c *common.Common, d store.Deletion) string {
	words := c.Dates().Minute(d.Created) + "  " + phrase.Count(d.Recordings, "recording")
	if d.Query != "" {
		words += "  " + text.Brief(d.Query)
	}
	return words
}

// height is how many deletions are seen.
func (t *trash) height(l common.Layout) int { return l.H - 5 }

func (t *trash) View(c *common.Common) []string {
	if len(t.all) == 0 {
		return c.Notice("The trash is empty. What you delete waits here, and " + c.Keys.KeyOf(keys.Undo) + " takes it back.")
	}
	if t.open {
		r, ok := t.list.Selected()
		return withDetail(c, text.Pad(listRows(c, &t.list, c.Layout.List.W, true), c.Layout.List.W, c.Layout.List.H), r, ok)
	}
	lines, _ := t.Table.View(&c.Styles, t.columns(c), c.Layout.W, t.height(c.Layout))
	return lines
}

// columns are what is told of each deletion, as far as there is room.
func (t *trash) columns(c *common.Common) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("deleted", t.all, func(d store.Deletion) string { return c.Dates().Minute(d.Created) }).From(0, 0),
		widget.ColumnOf("", t.all, func(d store.Deletion) string { return ago(c, d.Created) }).From(0, 6).Beyond(),
		widget.ColumnOf("recordings", t.all, func(d store.Deletion) string { return phrase.Comma(d.Recordings) }).Number(1),
		widget.ColumnOf("devices", t.all, func(d store.Deletion) string { return phrase.Comma(d.Devices) }).Number(4).Beyond(),
		widget.ColumnOf("sound", t.all, func(d store.Deletion) string { return phrase.Size(d.Bytes) }).Number(5).Beyond(),
		widget.ColumnOf("from – to", t.all, func(d store.Deletion) string { return c.Dates().Span(d.From, d.To) }).From(0, 3),
		widget.ColumnOf("chosen by", t.all, func(d store.Deletion) string { return text.Brief(d.Query) }).From(16, 2),
	}
}
