package ui

import (
	"os"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// importDialog asks for what to import, shows the progress of it, and then its report.
type importDialog struct {
	asking bool
	typing bool // whether the keys go to the field, not to the listing
	picker picker
	input  textinput.Model
	seq    int      // of the question whether what was typed is there; 0 if none is open
	paths  []string // completions of what is typed
	wrong  string
}

// openImport asks what to import, or shows the import that runs. path is filled in.
func (a *App) openImport(path string) tea.Cmd {
	d := &importDialog{}
	a.dialog = d
	if a.imports.running() {
		return nil
	}
	return d.ask(a, typedpath.Dropped(path))
}

// maxPaths is how many letters the paths in the field can have: enough for every part of a large export.
const maxPaths = 1 << 16

// ask asks what to import; the listing has the keys unless there is text for the field.
func (d *importDialog) ask(a *App, text string) tea.Cmd {
	d.asking, d.typing, d.wrong, d.paths, d.input = true, text != "", "", nil, textinput.New()
	d.input.Prompt = "› "
	d.input.CharLimit = maxPaths
	d.input.Placeholder = "a file, a folder or an archive"
	d.input.SetValue(text)
	d.input.CursorEnd()
	return tea.Batch(d.picker.open(a, d.picker.folder, ""), d.input.Focus())
}

// again asks anew after an import that could not begin.
func (d *importDialog) again(a *App) tea.Cmd {
	cmd := d.ask(a, a.imports.typed)
	d.wrong = text.Brief(a.imports.err.Error())
	return cmd
}

func (d *importDialog) update(a *App, msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case completionsMsg:
		d.complete(msg)
		return nil, false
	case folderMsg:
		d.picker.take(a, msg)
		return nil, false
	case lookedMsg:
		return d.looked(a, msg), false
	case tea.MouseClickMsg:
		return nil, false
	case tea.KeyPressMsg:
		switch {
		case !d.asking:
			return d.key(a, msg.String())
		case !d.typing:
			return d.pick(a, msg)
		}
		switch msg.String() {
		case "esc":
			d.typing, d.paths, d.wrong, d.seq = false, nil, "", 0
			return nil, false
		case "up", "down":
			d.typing, d.paths, d.seq = false, nil, 0
			return nil, false
		case "tab":
			return completions(d.place(a), d.input.Value()), false
		case "enter":
			return d.look(a), false
		}
	case tea.PasteMsg:
		if d.asking && (!d.typing || d.input.Value() == "") {
			d.typing, d.wrong = true, ""
			d.input.SetValue(typedpath.Dropped(msg.Content))
			d.input.CursorEnd()
			return nil, false
		}
	}
	if !d.asking || !d.typing {
		return nil, false
	}
	return d.edit(msg), false
}

// edit changes the text in the field.
func (d *importDialog) edit(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	d.input, cmd = d.input.Update(msg)
	d.wrong, d.paths, d.seq = "", nil, 0
	return cmd
}

// pick takes a key for the listing. What is no key of it begins a path.
func (d *importDialog) pick(a *App, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p := &d.picker
	e, ok := p.current()
	d.wrong = ""
	switch key := msg.String(); key {
	case "esc", "q":
		return nil, true
	case "enter":
		if paths := p.chosen(); len(paths) > 0 {
			return d.begin(a, "", paths), false
		}
		if !ok {
			d.wrong = "There is nothing to import here. ← goes up, tab types a path."
		}
		return p.into(a), false
	case "right", "l":
		return p.into(a), false
	case "left", "h", "backspace":
		return p.up(a), false
	case "space", "x":
		if ok {
			p.mark(e)
			p.Move(keys.MoveDown, len(p.shown), 1)
		}
	case "*":
		p.mark(p.parts()...)
	case ".":
		p.toggleHidden()
	case "I":
		if ok {
			return d.begin(a, "", []string{p.path(e)}), false
		}
	case "a":
		return a.openImports(d), false
	case "tab":
		d.typing = true
	default:
		if p.Move(keys.InDialog(key), len(p.shown), d.room(a)) || msg.Text == "" {
			return nil, false
		}
		d.typing = true
		d.input.SetValue("")
		return d.edit(msg), false
	}
	return nil, false
}

// key takes a key while an import runs or its report is shown.
func (d *importDialog) key(a *App, key string) (tea.Cmd, bool) {
	running := a.imports.running()
	if a.imports.reply(a, key) {
		return nil, false
	}
	switch key {
	case "c":
		if running {
			a.imports.cancel()
		}
	case "i":
		if !running {
			d.picker.marked = nil
			return d.ask(a, ""), false
		}
	case "a":
		return a.openImports(d), false
	case "y":
		if !running {
			return a.imports.way.copy(a), false
		}
	case "d":
		if r := &a.imports; !running && r.report.Doubtful > 0 {
			return r.start(a, r.typed, r.paths, true), false
		}
	case "f":
		if !running && a.imports.report.Added > 0 {
			return a.searchFor(importTerm(a.imports.report.ID)), true
		}
	case "enter":
		if !running && a.imports.report.ID != 0 {
			return a.openAccount(d, a.imports.report.ID), false
		}
		return nil, true
	}
	return nil, key == "esc" || key == "q"
}

func (d *importDialog) place(a *App) typedpath.Place {
	return typedpath.Place{Home: a.o.Home, Folder: d.picker.folder}
}

// look begins to import what was typed, if it is there.
func (d *importDialog) look(a *App) tea.Cmd {
	if strings.TrimSpace(d.input.Value()) == "" {
		d.wrong = "Type the path of what the maker sent you; tab completes it, ↓ goes to the list."
		return nil
	}
	d.seq = a.ask()
	return lookFor(d.seq, d.place(a), d.input.Value())
}

func (d *importDialog) looked(a *App, msg lookedMsg) tea.Cmd {
	if msg.seq != d.seq || !d.asking {
		return nil
	}
	if n := len(msg.missing); n > 0 {
		first := msg.missing[0]
		d.wrong = "There is no " + text.Brief(filepath.Base(first)) + " in " + text.Brief(d.place(a).Tilde(filepath.Dir(first)))
		if n > 1 {
			d.wrong += ", and " + phrase.Comma(n-1) + " more of the paths are not there"
		}
		d.wrong += "; check the path."
		return nil
	}
	return d.begin(a, d.input.Value(), msg.paths)
}

// begin starts to import.
func (d *importDialog) begin(a *App, typed string, paths []string) tea.Cmd {
	d.asking, d.seq = false, 0
	return a.imports.start(a, typed, paths, false)
}

// completions looks for the paths that begin like the one typed.
func completions(at typedpath.Place, typed string) tea.Cmd {
	return func() tea.Msg {
		dir, name := filepath.Split(typed)
		look := at.Absolute(dir)
		if look == "" {
			look = at.Folder
		}
		if look == "" {
			look = "."
		}
		entries, _ := os.ReadDir(look) // a folder that cannot be read completes nothing
		var paths []string
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), name) && (name != "" || e.Name()[0] != '.') {
				path := dir + e.Name()
				if e.IsDir() {
					path += string(os.PathSeparator)
				}
				paths = append(paths, path)
			}
		}
		return completionsMsg{typed, paths}
	}
}

// complete extends what is typed as far as all completions agree.
func (d *importDialog) complete(msg completionsMsg) {
	if !d.asking || d.input.Value() != msg.prefix || len(msg.paths) == 0 {
		return
	}
	common := msg.paths[0]
	for _, p := range msg.paths {
		for !strings.HasPrefix(p, common) {
			common = common[:len(common)-1]
		}
	}
	d.input.SetValue(strings.ToValidUTF8(common, ""))
	d.input.CursorEnd()
	d.paths = msg.paths
	if len(msg.paths) == 1 {
		d.paths = nil
	}
}

// pickerWidth is how wide the dialog is while it asks.
func pickerWidth(a *App) int { return min(84, a.Layout.W-8) }

// room is how many rows the listing has.
func (d *importDialog) room(a *App) int { return min(24, a.Layout.H-4) - 6 }

func (d *importDialog) view(a *App) string {
	w := min(66, a.Layout.W-8)
	var lines []string
	switch {
	case d.asking:
		w = pickerWidth(a)
		lines = d.askLines(a, w)
	case a.imports.question != nil:
		lines = a.imports.questionLines(a, w)
	case a.imports.running():
		lines = a.imports.lines(a, w)
	default:
		lines = d.reportLines(a, w)
	}
	return strings.Join(text.Pad(lines, w, len(lines)), "\n")
}

// askLines draws the place, the listing or the completions, what is to be said, and the keys.
func (d *importDialog) askLines(a *App, w int) []string {
	st := &a.Styles
	where := d.place(a).Tilde(d.picker.folder)
	lines := []string{st.Strong.Render("Import what the maker sent you"), st.Quiet.Render("in ") + text.FitLeft(text.Brief(where), w-3)}
	hints := d.picker.hints()
	if d.typing {
		lines[1] = widget.Field(st, d.input, w-4)
		hints = [][2]string{{"enter", "import"}, {"tab", "complete"}, {"↓", "to the list"}, {"esc", "back"}}
	}
	about, style := d.picker.about(), st.Accent
	if d.typing {
		about = ""
	}
	if d.wrong != "" {
		about, style = d.wrong, st.Warn
	} else if d.picker.wrong != "" {
		style = st.Warn
	}
	said := text.Wrap(about, w, max(2, d.room(a)/2))
	room := d.room(a) - max(0, len(said)-1)
	list := d.picker.rows(a, w, room, !d.typing)
	if len(d.paths) > 0 {
		list = nil
		for i, p := range d.paths {
			if i == room-1 && len(d.paths) > room {
				list = append(list, st.Quiet.Render("  … "+phrase.Comma(len(d.paths)-i)+" more"))
				break
			}
			list = append(list, "  "+text.Fit(text.Brief(filepath.Base(p)), w-2))
		}
	}
	lines = append(append(lines, ""), text.Pad(list, w, room)...)
	if len(said) == 0 {
		lines = append(lines, "")
	}
	for _, line := range said {
		lines = append(lines, style.Render(line))
	}
	keys := widget.Hints(st, w, 2, hints)
	return append(lines, text.Pad(keys, w, 2)...)
}
