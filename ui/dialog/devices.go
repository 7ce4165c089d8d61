package dialog

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// Devices asks which other device is meant in what is to be done to one.
type Devices struct {
	question string
	others   []store.DeviceSummary
	effect   func(other store.Device) string // what it comes to
	verb     string
	do       func(c *common.Common, other store.Device) (store.Change, error)
	widget.Table
}

// NewMerge offers the devices into which one can be merged.
func NewMerge(device store.DeviceSummary, others []store.DeviceSummary) *Devices {
	name := text.Brief(device.Name)
	return &Devices{
		others: others, question: "Merge " + name + " into which device?", verb: "merge",
		effect: func(into store.Device) string {
			return fmt.Sprintf("All recordings of %s move to %s, in later imports too. Requests still name both serial numbers.", name, text.Brief(into.Name))
		},
		do: func(c *common.Common, into store.Device) (store.Change, error) {
			return c.MergeDevices(c.Ctx, device.ID, into.ID)
		},
	}
}

// NewSplit offers what was merged into a device.
func NewSplit(device store.DeviceSummary) *Devices {
	name := text.Brief(device.Name)
	d := &Devices{
		question: "Which device is not part of " + name + "?", verb: "split off",
		effect: func(part store.Device) string {
			return fmt.Sprintf("%s becomes a device of its own again, with everything imported since the merge.", text.Brief(part.Name))
		},
		do: func(c *common.Common, part store.Device) (store.Change, error) {
			return c.SplitDevice(c.Ctx, part.ID)
		},
	}
	for _, part := range device.Parts {
		d.others = append(d.others, store.DeviceSummary{Device: part})
	}
	return d
}

// Update takes a key.
func (d *Devices) Update(c *common.Common, msg tea.Msg) common.Action {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || d.Move(keys.InDialog(key.String()), len(d.others), d.height(c)) {
		return nil
	}
	switch key.String() {
	case "esc", "q", "n":
		return common.Close{}
	case "enter", "y":
		other := d.others[d.Cursor].Device
		return common.Actions{common.Close{}, tea.Cmd(func() tea.Msg { return c.Undoable(d.do(c, other)) })}
	}
	return nil
}

// height is how many devices there is room for.
func (d *Devices) height(c *common.Common) int { return max(1, min(len(d.others), c.Layout.H-13)) }

// View draws the devices, and what becomes of the one at the cursor.
func (d *Devices) View(c *common.Common) string {
	st, w := &c.Styles, min(72, c.Layout.W-8)
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
	lines = append(lines, d.Lines(st, len(d.others), w, d.height(c), func(i int) string { return rows[1+i] })...)
	lines = append(lines, "")
	lines = append(lines, text.Wrap(d.effect(d.others[d.Cursor].Device), w, 3)...)
	return strings.Join(append(lines, "", answers(st, c.ConfirmKey(), d.verb)), "\n")
}
