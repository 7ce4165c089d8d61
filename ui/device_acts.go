package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// deviceDialog asks which other device is meant in what is to be done to one.
type deviceDialog struct {
	question string
	others   []store.DeviceSummary
	effect   func(other store.Device) string // what it comes to
	verb     string
	leave    string
	do       func(a *App, other store.Device) tea.Msg
	widget.Table
}

func openMerge(device store.DeviceSummary, others []store.DeviceSummary) *deviceDialog {
	name := text.Brief(device.Name)
	return &deviceDialog{
		others: others, question: "Merge " + name + " into which device?", verb: "merge", leave: "leave them",
		effect: func(into store.Device) string {
			return fmt.Sprintf("All of %s becomes %s's, now and in later imports. Requests go on to name both serial numbers.", name, text.Brief(into.Name))
		},
		do: func(a *App, into store.Device) tea.Msg {
			return a.Undoable(a.o.DB.MergeDevices(a.Ctx, device.ID, into.ID))
		},
	}
}

// openSplit offers what was merged into a device.
func openSplit(device store.DeviceSummary) *deviceDialog {
	name := text.Brief(device.Name)
	d := &deviceDialog{
		question: "Which device is not " + name + " after all?", verb: "split off", leave: "leave it",
		effect: func(part store.Device) string {
			return fmt.Sprintf("What exports name %s for is a device of its own again, also what was imported since it was merged.", text.Brief(part.Name))
		},
		do: func(a *App, part store.Device) tea.Msg {
			return a.Undoable(a.o.DB.SplitDevice(a.Ctx, part.ID))
		},
	}
	for _, part := range device.Parts {
		d.others = append(d.others, store.DeviceSummary{Device: part})
	}
	return d
}

func (d *deviceDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || d.Move(a.Keys.Action(keys.DevicesScreen, key.String()), len(d.others), d.height(a)) {
		return nil, false
	}
	switch key.String() {
	case "esc", "q", "n":
		return nil, true
	case "enter", "y":
		other := d.others[d.Cursor].Device
		return func() tea.Msg { return d.do(a, other) }, true
	}
	return nil, false
}

// height is how many devices there is room for.
func (d *deviceDialog) height(a *App) int { return max(1, min(len(d.others), a.Layout.H-13)) }

func (d *deviceDialog) view(a *App) string {
	st, w := &a.Styles, min(72, a.Layout.W-8)
	lines := []string{text.Fit(st.Strong.Render(d.question), w), ""}
	rows, _ := widget.Rows([]widget.Column{
		widget.ColumnOf("", d.others, func(other store.DeviceSummary) string { return text.Brief(other.Name) }).From(14, 0),
		widget.ColumnOf("", d.others, func(other store.DeviceSummary) string {
			if other.Recordings == 0 {
				return ""
			}
			return phrase.Count(other.Recordings, "recording")
		}).Number(1),
		widget.ColumnOf("", d.others, func(other store.DeviceSummary) string { return text.Brief(other.Serial) }).From(6, 2),
	}, w-2)
	from, to := d.Seen(len(d.others), d.height(a))
	for i := from; i < to; i++ {
		lines = append(lines, widget.Row(st, rows[1+i], i == d.Cursor, w))
	}
	lines = append(lines, "")
	lines = append(lines, text.Wrap(d.effect(d.others[d.Cursor].Device), w, 3)...)
	return strings.Join(append(lines, "", st.Key.Render(a.ConfirmKey())+" "+d.verb+"   "+st.Key.Render("esc")+" "+d.leave), "\n")
}
