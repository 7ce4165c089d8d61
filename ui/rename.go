package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/widget"
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
	d.input.SetValue(text.Brief(device.Name))
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
	ctx, db := a.Ctx, a.o.DB
	id, name := d.device.ID, strings.TrimSpace(d.input.Value())
	if name == text.Brief(d.device.Name) {
		return nil
	}
	return func() tea.Msg { return a.Undoable(db.RenameDevice(ctx, id, name)) }
}

func (d *renameDialog) width(a *App) int { return min(56, a.Layout.W-8) }

func (d *renameDialog) view(a *App) string {
	st, w := &a.Styles, d.width(a)
	lines := []string{text.Fit(st.Strong.Render("What is it called?")+st.Quiet.Render(" · "+text.Brief(d.device.Name)), w), ""}
	lines = append(lines, text.Fit(widget.Field(st, d.input, w-4), w), "")
	lines = append(lines, text.Wrap(st.Quiet.Render("The name is for you: requests name the device by its serial number, too. "+
		"Nothing in the field: the maker's name again."), w, 3)...)
	return strings.Join(append(lines, "", st.Key.Render("enter")+" rename   "+st.Key.Render("esc")+" leave it"), "\n")
}
