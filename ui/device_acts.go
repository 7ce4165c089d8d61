package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
)

// renameDialog asks for another name of a device.
type renameDialog struct {
	device store.Device
	input  textinput.Model
}

func (a *App) openRename(device store.Device) tea.Cmd {
	d := &renameDialog{device: device, input: textinput.New()}
	d.input.Prompt = "› "
	d.input.CharLimit = 100
	d.input.SetValue(brief(device.Name))
	d.input.CursorEnd()
	a.dialog = d
	return d.input.Focus()
}

func (d *renameDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "enter":
			return d.rename(a), true
		}
	}
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	return cmd, false
}

// rename gives the device the name typed; the maker's if there is none.
func (d *renameDialog) rename(a *App) tea.Cmd {
	ctx, db, id := a.ctx, a.o.DB, d.device.ID
	name := strings.TrimSpace(d.input.Value())
	said := fmt.Sprintf("%s is called %s now", brief(d.device.Name), brief(name))
	switch name {
	case brief(d.device.Name):
		return nil
	case "":
		said = "It has the maker's name again"
	}
	return func() tea.Msg { return requestMsg{said, db.RenameDevice(ctx, id, name)} }
}

func (d *renameDialog) width(a *App) int { return min(56, a.layout.w-8) }

func (d *renameDialog) view(a *App) string {
	st, w := &a.styles, d.width(a)
	lines := []string{fit(st.strong.Render("What is it called?")+st.quiet.Render(" · "+brief(d.device.Name)), w), ""}
	lines = append(lines, fit(shown(st.drawn(d.input, w-4)), w), "")
	lines = append(lines, wrap(st.quiet.Render("The name is for you: requests name the device by its serial number, too. "+
		"Nothing in the field: the maker's name again."), w, 3)...)
	return strings.Join(append(lines, "", st.key.Render("enter")+" rename   "+st.key.Render("esc")+" leave it"), "\n")
}

// mergeDialog asks of which other device one is a part.
type mergeDialog struct {
	device store.DeviceSummary
	others []store.DeviceSummary
	table
}

// openMerge offers the other devices of the same maker: a request can only be to one.
func (a *App) openMerge(device store.DeviceSummary) tea.Cmd {
	d := &mergeDialog{device: device}
	for _, other := range a.devices.all {
		if other.Vendor == device.Vendor && other.ID != device.ID {
			d.others = append(d.others, other)
		}
	}
	if d.others == nil {
		return a.say("There is no other device of the same maker to merge it into")
	}
	a.dialog = d
	return nil
}

func (d *mergeDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || d.move(a.keys.action(devicesScreen, key.String()), len(d.others), d.height(a)) {
		return nil, false
	}
	switch key.String() {
	case "esc", "q", "n":
		return nil, true
	case "enter":
		ctx, db, from, into := a.ctx, a.o.DB, d.device.Device, d.others[d.cursor].Device
		return func() tea.Msg {
			err := db.MergeDevices(ctx, from.ID, into.ID)
			return requestMsg{fmt.Sprintf("%s is part of %s now", brief(from.Name), brief(into.Name)), err}
		}, true
	}
	return nil, false
}

// height is how many devices there is room for.
func (d *mergeDialog) height(a *App) int { return max(1, min(len(d.others), a.layout.h-13)) }

func (d *mergeDialog) view(a *App) string {
	st, w := &a.styles, min(72, a.layout.w-8)
	lines := []string{fit(st.strong.Render("Merge "+brief(d.device.Name)+" into which device?"), w), ""}
	rows, _ := rowsOf([]column{
		columnOf("", d.others, func(other store.DeviceSummary) string { return brief(other.Name) }).from(14, 0),
		columnOf("", d.others, func(other store.DeviceSummary) string { return countOf(other.Recordings, "recording") }).number(1),
		columnOf("", d.others, func(other store.DeviceSummary) string { return brief(other.Serial) }).from(6, 2),
	}, w-2)
	from, to := d.seen(len(d.others), d.height(a))
	for i := from; i < to; i++ {
		lines = append(lines, a.row(rows[1+i], i == d.cursor, w))
	}
	name, into := brief(d.device.Name), brief(d.others[d.cursor].Name)
	lines = append(lines, "")
	lines = append(lines, wrap(fmt.Sprintf("All of %s becomes %s's, now and in later imports. Requests go on to name both serial numbers.", name, into), w, 3)...)
	lines = append(lines, st.warn.Render(fit("Two devices cannot be made of one again.", w)))
	return strings.Join(append(lines, "", st.key.Render("enter")+" merge   "+st.key.Render("esc")+" leave them"), "\n")
}
