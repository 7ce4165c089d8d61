package ui

import (
	"errors"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// exportedMsg tells how an export went.
type exportedMsg struct {
	text string
	err  error
}

// exportDialog asks where recordings are to be copied to.
type exportDialog struct {
	ids   []int64
	input textinput.Model
	wav   bool
}

// openExport asks where to copy recordings to.
func (a *App) openExport(ids []int64) tea.Cmd {
	if len(ids) == 0 {
		return a.say("There is nothing to export here")
	}
	d := &exportDialog{ids: ids, input: textinput.New()}
	d.input.Prompt = "› "
	d.input.CharLimit = maxTyped
	d.input.SetValue(typedpath.Place{Home: a.o.Home}.Tilde(filepath.Join(a.o.Home, "unsaid-export")))
	d.input.CursorEnd()
	a.dialog = d
	return d.input.Focus()
}

func (d *exportDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc":
			return nil, true
		case "tab":
			d.wav = !d.wav
			return nil, false
		case "enter":
			if folder := strings.TrimSpace(d.input.Value()); folder != "" {
				return d.export(a, folder), true
			}
			return nil, false
		}
	}
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	return cmd, false
}

func (d *exportDialog) export(a *App, folder string) tea.Cmd {
	ctx, o, ids, wav := a.Ctx, a.o, d.ids, d.wav
	return tea.Batch(a.say("Exporting %s …", phrase.Count(len(ids), "recording")), func() tea.Msg {
		options := app.ExportOptions{Folder: typedpath.Place{Home: o.Home}.Absolute(folder), WAV: wav}
		exported, err := o.Export(ctx, ids, options, func(int) {})
		if err == nil && len(exported.Failed) > 0 {
			err = errors.New(phrase.Exported(exported))
		}
		return exportedMsg{phrase.Exported(exported), err}
	})
}

func (d *exportDialog) view(a *App) string {
	st, w := &a.Styles, min(64, a.Layout.W-8)
	lines := []string{st.Strong.Render("Export "+phrase.Count(len(d.ids), "recording")) + st.Quiet.Render(" to this folder"), "", widget.Field(st, d.input, w-4), ""}
	lines = append(lines, text.Wrap(st.Quiet.Render("The sound as it came, and two lists of what is known. No file is overwritten. "+
		"What is exported leaves the library: a purge does not reach it."), w, 3)...)
	return strings.Join(append(lines, "", widget.Toggle(st, "tab", d.wav, "convert to WAV"), "", st.Key.Render("enter")+" export   "+st.Key.Render("esc")+" leave it"), "\n")
}

// openElsewhere opens the sound at the cursor with the system's player.
func (a *App) openElsewhere() tea.Cmd {
	r, ok := a.selected()
	switch {
	case !ok:
		return a.say("There is no recording to open")
	case r.Audio == nil:
		return a.say("No sound came with this recording")
	}
	ctx, o, audio := a.Ctx, a.o, r.Audio.ID
	return func() tea.Msg {
		data, err := o.DB.AudioData(ctx, audio)
		if err == nil {
			err = o.OpenSound(ctx, data)
		}
		return exportedMsg{"Opened a copy with the system's player; it is removed when unsaid ends", err}
	}
}
