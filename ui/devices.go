package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// devices is the screen with a row for each device.
type devices struct {
	read  bool // once
	all   []store.DeviceSummary
	shown []store.DeviceSummary // those of all that have what is typed
	widget.Table
	narrow textinput.Model
}

func newDevices() devices {
	d := devices{narrow: textinput.New()}
	d.narrow.Prompt, d.narrow.Placeholder = "", "part of a name, serial or type"
	d.narrow.SetVirtualCursor(false)
	d.narrow.CharLimit = 100
	return d
}

func (d *devices) typing() bool { return d.narrow.Focused() }

func (d *devices) set(all []store.DeviceSummary) {
	d.read, d.all = true, all
	d.filter()
}

// filter shows the devices that have what is typed in anything they are known by.
func (d *devices) filter() {
	before, typed := d.shown, strings.ToLower(strings.TrimSpace(d.narrow.Value()))
	d.shown = d.all
	if typed != "" {
		d.shown = nil
		for _, device := range d.all {
			known := strings.ToLower(strings.Join([]string{text.Brief(device.Name), makerName(device.Vendor), device.Serial, device.Type}, "\n"))
			if strings.Contains(known, typed) {
				d.shown = append(d.shown, device)
			}
		}
	}
	widget.Stay(&d.Table, before, d.shown, func(device store.DeviceSummary) int64 { return device.ID })
}

// typed takes what is typed to narrow the list.
func (d *devices) typed(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "enter", "down", "tab":
			d.narrow.Blur()
			return nil
		case "esc":
			d.narrow.Blur()
			d.narrow.SetValue("")
			d.filter()
			return nil
		}
	}
	var cmd tea.Cmd
	d.narrow, cmd = d.narrow.Update(msg)
	d.filter()
	return cmd
}

// nameWidth is how wide a column of device names has to be, at most limit.
func (d *devices) nameWidth(limit int) int {
	width := 8
	for _, device := range d.all {
		width = max(width, ansi.StringWidth(text.Brief(device.Name)))
	}
	return min(width, limit)
}

func (d *devices) do(a *App, what keys.Action) tea.Cmd {
	switch {
	case what == keys.Narrow:
		return d.narrow.Focus()
	case what == keys.ClearAll && d.narrow.Value() != "":
		d.narrow.SetValue("")
		d.filter()
		return nil
	case d.Move(what, len(d.shown), a.Layout.H/2) || len(d.shown) == 0:
		return nil
	}
	device := d.shown[d.Cursor]
	switch what {
	case keys.Details:
		return d.recordings(a, device.Device)
	case keys.Rename:
		return a.openRename(device.Device)
	case keys.Merge:
		a.dialog = openMerge(device, d.mergeable(device))
	case keys.Split:
		a.dialog = openSplit(device)
	case keys.DeleteChosen:
		db := a.o.DB
		return a.openDelete(common.Selection{How: "all of " + device.Name, N: device.Recordings, Find: func(ctx context.Context) ([]int64, error) {
			return db.IDs(ctx, store.Query{Device: device.ID})
		}})
	}
	return nil
}

func (d *devices) title(a *App) string {
	st := &a.Styles
	if !d.typing() && d.narrow.Value() == "" {
		return " " + st.Quiet.Render(fmt.Sprintf("%s in your library. enter shows what one recorded, d deletes all of it.",
			countOf(len(d.all), "device")))
	}
	input := d.field(a)
	left := text.Field(input.View())
	if !d.typing() {
		left = text.Brief(input.Value())
	}
	return text.Sides(" "+st.Key.Render(a.Keys.KeyOf(keys.Narrow))+" "+left, d.found(a), a.Layout.W)
}

// found says how many devices what is typed leaves.
func (d *devices) found(a *App) string {
	return a.Styles.Quiet.Render(fmt.Sprintf("%d of %s", len(d.shown), countOf(len(d.all), "device")))
}

// field is the text field with the width that there is for it.
func (d *devices) field(a *App) textinput.Model {
	input := d.narrow
	input.SetWidth(max(10, a.Layout.W-ansi.StringWidth(d.found(a))-7))
	return input
}

// height is how many devices are seen.
func (d *devices) height(l common.Layout) int { return l.H - 5 - deviceFoot }

// deviceFoot is the lines below the devices, which tell all of the one at the cursor.
const deviceFoot = 4

func (d *devices) view(a *App) []string {
	st, w := &a.Styles, a.Layout.W
	switch {
	case len(d.all) == 0:
		return a.nothing("No devices yet: " + a.Keys.KeyOf(keys.OpenImport) + " imports an export.")
	case len(d.shown) == 0:
		return a.nothing("No device has that in its name, serial or type. esc shows all of them.")
	}
	rows, whole := widget.Rows(d.columns(a), w-2)
	lines := []string{"  " + st.Quiet.Render(rows[0])}
	from, to := d.Seen(len(d.shown), d.height(a.Layout))
	for i := from; i < to; i++ {
		lines = append(lines, widget.Row(st, rows[1+i], i == d.Cursor, w))
	}
	if !whole || len(d.shown[d.Cursor].Parts) > 0 {
		lines = append(lines, "")
		for _, line := range text.Wrap(d.about(a, d.shown[d.Cursor]), w-2, deviceFoot-1) {
			lines = append(lines, " "+st.Quiet.Render(line))
		}
	}
	return lines
}

// columns are what is told of each device, as far as there is room.
func (d *devices) columns(a *App) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("device", d.shown, func(device store.DeviceSummary) string { return text.Brief(device.Name) }).From(22, 0),
		widget.ColumnOf("recordings", d.shown, func(device store.DeviceSummary) string { return comma(device.Recordings) }).Number(1),
		widget.ColumnOf("length", d.shown, lengthOf).Number(5),
		widget.ColumnOf("unintended", d.shown, unintendedShare).Number(3),
		widget.ColumnOf("at the maker", d.shown, func(device store.DeviceSummary) string { return makerStatus(device.Status) }).From(12, 2),
		widget.ColumnOf("from – to", d.shown, func(device store.DeviceSummary) string {
			return days(device.First, device.Last, a.o.Zone)
		}).From(0, 4),
		widget.ColumnOf("newest", d.shown, func(device store.DeviceSummary) string { return a.ago(device.Last) }).From(0, 7).Beyond(),
		widget.ColumnOf("sound", d.shown, soundOf).Number(9).Beyond(),
		widget.ColumnOf("maker", d.shown, func(device store.DeviceSummary) string { return makerName(device.Vendor) }).From(0, 6),
		widget.ColumnOf("serial", d.shown, func(device store.DeviceSummary) string { return text.Brief(device.Serial) }).From(0, 8).Beyond(),
		widget.ColumnOf("type", d.shown, func(device store.DeviceSummary) string { return text.Brief(device.Type) }).From(0, 10).Beyond(),
	}
}

// lengthOf and soundOf are how long all of a device's recordings are, and how large.
func lengthOf(d store.DeviceSummary) string {
	if d.Duration == 0 {
		return "–"
	}
	return span(d.Duration)
}

func soundOf(d store.DeviceSummary) string {
	if d.Bytes == 0 {
		return "–"
	}
	return size(d.Bytes)
}

// unintendedShare is how much of what a device recorded was not meant for it.
func unintendedShare(d store.DeviceSummary) string {
	if d.Recordings == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (100*d.Unintended+d.Recordings/2)/d.Recordings)
}

// about tells all of a device in one line.
func (d *devices) about(a *App, device store.DeviceSummary) string {
	sound := "no sound"
	if device.Bytes > 0 {
		sound = lengthOf(device) + " of sound, " + soundOf(device)
	}
	parts := []string{
		text.Brief(device.Name), makerName(device.Vendor), days(device.First, device.Last, a.o.Zone), a.ago(device.Last),
		sound, makerStatus(device.Status),
		strings.TrimSpace(text.Brief(device.Type + " " + device.Serial)),
	}
	for _, part := range device.Parts {
		parts = append(parts, strings.TrimSpace("with "+text.Brief(part.Name+" "+part.Serial)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// makerStatus says in a few words where a device's recordings stand with the maker.
func makerStatus(status map[store.RequestStatus]int) string {
	var parts []string
	for _, s := range []store.RequestStatus{store.StillThere, store.CannotTell, store.Sent, store.Draft, store.Gone} {
		if n := status[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, standing(s)))
		}
	}
	if parts == nil {
		return standing(store.NotAsked)
	}
	return strings.Join(parts, ", ")
}

// recordings shows what a device recorded.
func (d *devices) recordings(a *App, device store.Device) tea.Cmd {
	others := make([]store.Device, len(d.all))
	for i, other := range d.all {
		others[i] = other.Device
	}
	term := store.DeviceTerm(device, others)
	if term == "" {
		return a.say(noTerm)
	}
	return a.library.searchFor(a, term)
}
