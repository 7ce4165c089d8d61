package screen

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// devices is the screen with a row for each device.
type devices struct {
	plain
	read  bool // once
	all   []store.DeviceSummary
	shown []store.DeviceSummary // those of all that have what is typed
	widget.Table
	narrow textinput.Model
}

func newDevices() *devices {
	d := &devices{narrow: textinput.New()}
	d.narrow.Prompt, d.narrow.Placeholder = "", "part of a name, serial or type"
	d.narrow.SetVirtualCursor(false)
	d.narrow.CharLimit = 100
	return d
}

func (d *devices) Known() bool { return d.read }

func (d *devices) Load(c *common.Common) tea.Cmd {
	return common.Read(c, c.DB.Devices, func(all []store.DeviceSummary) common.Action {
		d.set(all)
		c.DeviceName = 0
		for _, device := range all {
			c.DeviceName = max(c.DeviceName, ansi.StringWidth(text.Brief(phrase.Device(device.Device))))
		}
		return nil
	})
}

func (d *devices) Editing() bool { return d.narrow.Focused() }

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
			known := strings.ToLower(strings.Join([]string{text.Brief(phrase.Device(device.Device)), phrase.Maker(device.Vendor), device.Serial, device.Type}, "\n"))
			if strings.Contains(known, typed) {
				d.shown = append(d.shown, device)
			}
		}
	}
	widget.Stay(&d.Table, before, d.shown, func(device store.DeviceSummary) int64 { return device.ID })
}

func (d *devices) Typed(_ *common.Common, msg tea.Msg) tea.Cmd {
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

func (d *devices) Leave(*common.Common) tea.Cmd {
	d.narrow.Blur()
	return nil
}

func (d *devices) TextCursor(c *common.Common) *tea.Cursor {
	input := d.field(c)
	cursor := input.Cursor()
	cursor.X, cursor.Y = cursor.X+2+ansi.StringWidth(c.Keys.KeyOf(keys.Search)), 1
	return cursor
}

func (d *devices) Hints(*common.Common) [][2]string {
	return [][2]string{{"enter", "to the list"}, {"esc", "all devices"}}
}

func (d *devices) Under(*common.Common) ([]string, int) { return nil, 0 }

func (d *devices) Acts(c *common.Common) Acts {
	// of is an act on the device at the cursor.
	of := func(do func(device store.DeviceSummary) common.Action) Act {
		return Act{func() common.Action { return do(d.shown[d.Cursor]) }, func() string {
			switch {
			case len(d.all) == 0:
				return "No devices yet: " + c.Keys.KeyOf(keys.OpenImport) + " imports an export"
			case len(d.shown) == 0:
				return nothingListed
			}
			return ""
		}}
	}
	all := Acts{
		keys.Narrow: {Do: func() common.Action { return d.narrow.Focus() }},
		keys.ClearAll: {Do: just(func() {
			d.narrow.SetValue("")
			d.filter()
		})},
		keys.Details: of(d.find),
		keys.Rename:  of(func(device store.DeviceSummary) common.Action { return common.AskName{Device: device.Device} }),
		keys.Merge: of(func(device store.DeviceSummary) common.Action {
			return common.AskMerge{Device: device, Into: d.mergeable(device)}
		}),
		keys.Split: of(func(device store.DeviceSummary) common.Action { return common.AskSplit{Device: device} }),
		keys.DeleteChosen: of(func(device store.DeviceSummary) common.Action {
			return common.ProposeDelete{Selection: common.Selection{
				How: "all of " + device.Name, N: device.Recordings,
				Find: func(ctx context.Context) ([]int64, error) { return c.DB.IDs(ctx, store.Query{Device: device.ID}) },
			}}
		}),
	}
	return all.guarded(keys.Merge, func() bool { return len(d.mergeable(d.shown[d.Cursor])) > 0 }, "There is no other device of the same maker to merge it into").
		guarded(keys.Split, func() bool { return len(d.shown[d.Cursor].Parts) > 0 }, "Nothing was merged into this device").
		guarded(keys.DeleteChosen, func() bool { return d.shown[d.Cursor].Recordings > 0 }, "Your library has no recordings of this device")
}

func (d *devices) Move(c *common.Common, what keys.Action) common.Action {
	d.Table.Move(what, len(d.shown), c.Layout.H/2)
	return nil
}

func (d *devices) Press(c *common.Common, _, y int) (Press, common.Action) {
	d.narrow.Blur()
	if y == 1 {
		return Press{}, d.narrow.Focus()
	}
	p, _ := clickRow(&d.Table, y, len(d.shown), d.height(c.Layout))
	return p, nil
}

func (d *devices) Wheel(c *common.Common, _, _, by int) common.Action { return d.Move(c, toward(by)) }

// mergeable are the devices that one can be merged into, those of the same maker: a request can only be
// to one.
func (d *devices) mergeable(device store.DeviceSummary) []store.DeviceSummary {
	return slices.DeleteFunc(slices.Clone(d.all), func(other store.DeviceSummary) bool {
		return other.Account.ID != device.Account.ID || other.ID == device.ID
	})
}

func (d *devices) Title(c *common.Common) string {
	st := &c.Styles
	if !d.Editing() && d.narrow.Value() == "" {
		return " " + st.Quiet.Render(fmt.Sprintf("%s in your library. %s shows the recordings of one, %s deletes them all.",
			phrase.Count(len(d.all), "device"), c.Keys.KeyOf(keys.Details), c.Keys.KeyOf(keys.DeleteChosen)))
	}
	input := d.field(c)
	left := text.Field(input.View())
	if !d.Editing() {
		left = text.Brief(input.Value())
	}
	return text.Sides(" "+st.Key.Render(c.Keys.KeyOf(keys.Narrow))+" "+left, d.found(c), c.Layout.W)
}

// found says how many devices what is typed leaves.
func (d *devices) found(c *common.Common) string {
	return c.Styles.Quiet.Render(fmt.Sprintf("%d of %s", len(d.shown), phrase.Count(len(d.all), "device")))
}

// field is the text field with the width that there is for it.
func (d *devices) field(c *common.Common) textinput.Model {
	input := d.narrow
	input.SetStyles(c.Styles.Field())
	input.SetWidth(max(10, c.Layout.W-ansi.StringWidth(d.found(c))-7))
	return input
}

// height is how many devices are seen.
func (d *devices) height(l common.Layout) int { return l.H - 5 - deviceFoot }

// deviceFoot is the lines below the devices, which tell all of the one at the cursor.
const deviceFoot = 4

func (d *devices) View(c *common.Common) []string {
	st, w := &c.Styles, c.Layout.W
	switch {
	case len(d.all) == 0:
		return c.Notice("No devices yet: " + c.Keys.KeyOf(keys.OpenImport) + " imports an export.")
	case len(d.shown) == 0:
		return c.Notice("No device has this in its name, serial or type. esc shows all devices.")
	}
	lines, whole := d.Table.View(st, d.columns(c), w, d.height(c.Layout))
	if !whole || len(d.shown[d.Cursor].Parts) > 0 {
		lines = append(lines, "")
		for _, line := range text.Wrap(d.about(c, d.shown[d.Cursor]), w-2, deviceFoot-1) {
			lines = append(lines, " "+st.Quiet.Render(line))
		}
	}
	return lines
}

// columns are what is told of each device, as far as there is room.
func (d *devices) columns(c *common.Common) []widget.Column {
	return []widget.Column{
		widget.ColumnOf("device", d.shown, func(device store.DeviceSummary) string { return text.Brief(phrase.Device(device.Device)) }).From(22, 0),
		widget.ColumnOf("recordings", d.shown, func(device store.DeviceSummary) string { return phrase.Comma(device.Recordings) }).Number(1),
		widget.ColumnOf("length", d.shown, lengthOf).Number(5),
		widget.ColumnOf("unintended", d.shown, unintendedShare).Number(3),
		widget.ColumnOf("at the maker", d.shown, func(device store.DeviceSummary) string { return phrase.DeviceStanding(device.Status) }).From(12, 2),
		widget.ColumnOf("from – to", d.shown, func(device store.DeviceSummary) string {
			return c.Dates().Span(device.First, device.Last)
		}).From(0, 4),
		widget.ColumnOf("newest", d.shown, func(device store.DeviceSummary) string { return ago(c, device.Last) }).From(0, 7).Beyond(),
		widget.ColumnOf("sound", d.shown, soundOf).Number(9).Beyond(),
		widget.ColumnOf("maker", d.shown, func(device store.DeviceSummary) string { return phrase.Maker(device.Vendor) }).From(0, 6),
		widget.ColumnOf("serial", d.shown, func(device store.DeviceSummary) string { return text.Brief(device.Serial) }).From(0, 8).Beyond(),
		widget.ColumnOf("type", d.shown, func(device store.DeviceSummary) string { return text.Brief(device.Type) }).From(0, 10).Beyond(),
	}
}

// lengthOf and soundOf are how long all of a device's recordings are, and how large.
func lengthOf(d store.DeviceSummary) string {
	if d.Duration == 0 {
		return "–"
	}
	return phrase.Duration(d.Duration)
}

func soundOf(d store.DeviceSummary) string {
	if d.Bytes == 0 {
		return "–"
	}
	return phrase.Size(d.Bytes)
}

// unintendedShare is how much of what a device recorded was not meant for it.
func unintendedShare(d store.DeviceSummary) string {
	if d.Recordings == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (100*d.Unintended+d.Recordings/2)/d.Recordings)
}

// about tells all of a device in one line.
func (d *devices) about(c *common.Common, device store.DeviceSummary) string {
	sound := "no sound"
	if device.Bytes > 0 {
		sound = lengthOf(device) + " of sound, " + soundOf(device)
	}
	parts := []string{
		text.Brief(device.Name), phrase.Maker(device.Vendor), c.Dates().Span(device.First, device.Last), ago(c, device.Last),
		sound, phrase.DeviceStanding(device.Status),
		strings.TrimSpace(text.Brief(device.Type + " " + device.Serial)),
	}
	for _, part := range device.Parts {
		parts = append(parts, strings.TrimSpace("with "+text.Brief(part.Name+" "+part.Serial)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// find shows what a device recorded.
func (d *devices) find(device store.DeviceSummary) common.Action {
	others := make([]store.Device, len(d.all))
	for i, other := range d.all {
		others[i] = other.Device
	}
	term := store.DeviceTerm(device.Device, others)
	if term == "" {
		return common.Say{Text: noTerm}
	}
	return common.SearchFor{Query: term}
}
