package dialog

import (
	"path/filepath"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// Import asks what to import, shows the progress of it, and then its report.
type Import struct {
	run    *Run
	asking bool
	typing bool // whether the keys go to the field, not to the listing
	picker picker
	input  textinput.Model
	looked int      // which question is open whether what was typed is there
	paths  []string // completions of what is typed
	wrong  string
}

// NewImport asks what to import, with a text in the field, or shows the import that runs.
func NewImport(run *Run, typed string) *Import {
	d := &Import{run: run}
	if !run.Running() {
		d.ask(typedpath.Dropped(typed))
	}
	return d
}

// NewReport shows how an import ended.
func NewReport(run *Run) *Import { return &Import{run: run} }

// maxPaths is how many letters the paths in the field can have: enough for every part of a large export.
const maxPaths = 1 << 16

// ask asks what to import; the listing has the keys unless there is text for the field.
func (d *Import) ask(text string) {
	d.asking, d.typing, d.wrong, d.paths = true, text != "", "", nil
	d.input = newField(text, maxPaths)
	d.input.Placeholder = "a file, a folder or an archive"
}

// Start reads the folder that is listed.
func (d *Import) Start(c *common.Common) tea.Cmd {
	if !d.asking {
		return nil
	}
	return d.open(c, d.picker.folder, "")
}

// open lists a folder, or the first that can be read if it is ""; from is the name that the cursor goes to.
func (d *Import) open(c *common.Common, folder, from string) tea.Cmd {
	p, last := &d.picker, d.run.folder
	p.asked++
	p.wrong = ""
	asked := p.asked
	return common.Ask(d, func() (listing, error) {
		if folder == "" {
			return readFolder(c.Ctx, firstFolders(c, last)...)
		}
		return readFolder(c.Ctx, folder)
	}, func(read listing, err error) common.Action {
		p.take(asked, from, read, err)
		d.run.folder = p.folder
		return nil
	})
}

// Ended shows how the import ended. If nothing was read, what was chosen can be put right at once.
func (d *Import) Ended(c *common.Common) tea.Cmd {
	if !d.run.nothingRead() || d.run.openAccount() != nil {
		return nil
	}
	d.ask(d.run.typed)
	d.wrong = text.Brief(d.run.Err.Error())
	return d.Start(c)
}

// Update takes a key, or text.
func (d *Import) Update(c *common.Common, msg tea.Msg) common.Action {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case !d.asking:
			return d.key(c, msg.String())
		case !d.typing:
			return d.pick(c, msg)
		}
		return d.typed(c, msg)
	case tea.PasteMsg:
		if d.asking {
			d.paste(msg)
		}
	}
	return nil
}

// typed takes a key for the field.
func (d *Import) typed(c *common.Common, msg tea.KeyPressMsg) common.Action {
	switch msg.String() {
	case "esc":
		d.typing, d.paths, d.wrong = false, nil, ""
		d.looked++
	case "up", "down":
		d.typing, d.paths = false, nil
		d.looked++
	case "tab":
		at, typed := d.place(c), d.input.Value()
		return common.Ask(d, func() ([]string, error) { return typedpath.Complete(at, typed), nil }, func(paths []string, _ error) common.Action {
			d.complete(typed, paths)
			return nil
		})
	case "enter":
		return d.look(c)
	default:
		d.edit(msg)
	}
	return nil
}

// paste takes pasted text: all of what is in the field, or added to it.
func (d *Import) paste(msg tea.PasteMsg) {
	if d.typing && d.input.Value() != "" {
		d.edit(msg)
		return
	}
	d.typing, d.wrong = true, ""
	d.input.SetValue(typedpath.Dropped(msg.Content))
	d.input.CursorEnd()
}

// edit changes the text in the field.
func (d *Import) edit(msg tea.Msg) {
	d.input, _ = d.input.Update(msg)
	d.wrong, d.paths = "", nil
	d.looked++
}

// pick takes a key for the listing. What is no key of it begins a path.
func (d *Import) pick(c *common.Common, msg tea.KeyPressMsg) common.Action {
	p := &d.picker
	e, ok := p.current()
	d.wrong = ""
	switch key := msg.String(); key {
	case "esc", "q":
		return common.Close{}
	case "enter", "right", "l":
		paths := p.chosen()
		switch {
		case key == "enter" && len(paths) > 0:
			return d.begin(c, "", importer.Options{Paths: paths})
		case ok && e.kind == folderEntry:
			return d.open(c, p.path(e), "")
		case key == "enter":
			d.wrong = "Nothing to import here. ← goes up, tab types a path."
		}
	case "left", "h", "backspace":
		if folder, from := p.above(); folder != "" {
			return d.open(c, folder, from)
		}
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
			return d.begin(c, "", importer.Options{Paths: []string{p.path(e)}})
		}
	case "a":
		return common.Show{Dialog: &Past{run: d.run}}
	case "tab":
		d.typing = true
	default:
		if !p.Move(keys.InDialog(key), len(p.shown), d.room(c)) && msg.Text != "" {
			d.typing = true
			d.input.SetValue("")
			d.edit(msg)
		}
	}
	return nil
}

// key takes a key while an import runs or its report is shown.
func (d *Import) key(c *common.Common, key string) common.Action {
	r := d.run
	switch {
	case r.openAccount() != nil:
		if action, is := r.replyWhose(c, key); is {
			return action
		}
	case r.reply(c, key):
	case key == "a":
		return common.Show{Dialog: &Past{run: d.run}}
	case key == "esc" || key == "q" || key == "enter" && (r.Running() || r.Report.ID == 0):
		return common.Close{}
	case r.Running():
		if key == "c" {
			r.Cancel()
		}
	case key == "c" && len(r.undecided) > 0:
		return r.sayEverything(c)
	case key == "m" && len(r.undecided) > 0:
		return common.Show{Dialog: newMadeOn(c, r.undecided)}
	case key == "i":
		d.picker.marked = nil
		d.ask("")
		return d.Start(c)
	case key == "y":
		return r.way.copy()
	case key == "d" && r.Report.Doubtful > 0:
		return d.begin(c, r.typed, importer.Options{Paths: r.Paths, Doubtful: true})
	case key == "f" && r.Report.Added > 0:
		return common.Actions{common.Close{}, common.SearchFor{Query: importTerm(r.Report.ID)}}
	case key == "enter":
		return common.Show{Dialog: newAccount(r.Report, phrase.ImportState(r.Report.State, false))}
	}
	return nil
}

// importTerm finds what an import added.
func importTerm(id int64) string { return store.Term("import", strconv.FormatInt(id, 10)) }

func (d *Import) place(c *common.Common) typedpath.Place {
	return typedpath.Place{Home: c.Home, Folder: d.picker.folder}
}

// look begins to import what was typed, if it is there.
func (d *Import) look(c *common.Common) common.Action {
	typed, at := d.input.Value(), d.place(c)
	if strings.TrimSpace(typed) == "" {
		d.wrong = "Type the path of what the maker sent you; tab completes it, ↓ goes to the list."
		return nil
	}
	d.looked++
	looked := d.looked
	var missing []string
	return common.Ask(d, func() (paths []string, err error) {
		paths, missing = typedpath.Find(at, typed)
		return paths, nil
	}, func(paths []string, _ error) common.Action {
		if looked != d.looked || !d.asking {
			return nil
		}
		return d.found(c, paths, missing)
	})
}

func (d *Import) found(c *common.Common, paths, missing []string) common.Action {
	n := len(missing)
	if n == 0 {
		return d.begin(c, d.input.Value(), importer.Options{Paths: paths})
	}
	first := missing[0]
	d.wrong = "There is no " + text.Brief(filepath.Base(first)) + " in " + text.Brief(d.place(c).Tilde(filepath.Dir(first)))
	if n > 1 {
		d.wrong += ", and " + phrase.Comma(n-1) + " more paths do not exist"
	}
	d.wrong += "; check the path."
	return nil
}

// begin starts to import.
func (d *Import) begin(c *common.Common, typed string, o importer.Options) common.Action {
	d.asking = false
	return d.run.start(c, typed, o)
}

// complete extends what is typed as far as all completions agree.
func (d *Import) complete(typed string, paths []string) {
	if !d.asking || d.input.Value() != typed || len(paths) == 0 {
		return
	}
	shared := paths[0]
	for _, p := range paths {
		for !strings.HasPrefix(p, shared) {
			shared = shared[:len(shared)-1]
		}
	}
	d.input.SetValue(strings.ToValidUTF8(shared, ""))
	d.input.CursorEnd()
	if d.paths = paths; len(paths) == 1 {
		d.paths = nil
	}
}

// room is how many rows the listing has.
func (d *Import) room(c *common.Common) int { return min(24, c.Layout.H-4) - 6 }

// View draws what is to be done next.
func (d *Import) View(c *common.Common) string {
	w := min(66, c.Layout.W-8)
	var lines []string
	switch {
	case d.asking:
		w = min(84, c.Layout.W-8)
		lines = d.askLines(c, w)
	case d.run.question != nil:
		lines = d.run.questionLines(c, w)
	case d.run.Running():
		lines = d.run.lines(c, w)
	case d.run.openAccount() != nil:
		lines = d.run.whoseLines(c, w)
	default:
		lines = d.run.reportLines(c, w)
	}
	return strings.Join(text.Pad(lines, w, len(lines)), "\n")
}

// askLines draws the place, the listing or the completions, what is to be said, and the keys.
func (d *Import) askLines(c *common.Common, w int) []string {
	st := &c.Styles
	where := d.place(c).Tilde(d.picker.folder)
	second, hints := st.Quiet.Render("in ")+text.FitLeft(text.Brief(where), w-3), d.picker.hints()
	about, style := d.picker.about(), st.Accent
	if d.typing {
		second, about = widget.Field(st, d.input, w-4), ""
		hints = [][2]string{{"enter", "import"}, {"tab", "complete"}, {"↓", "to the list"}, {"esc", "back"}}
	}
	if d.wrong != "" {
		about, style = d.wrong, st.Warn
	} else if d.picker.wrong != "" {
		style = st.Warn
	}
	said := widget.Wrap(style, about, w, max(2, d.room(c)/2))
	room := d.room(c) - max(0, len(said)-1)
	list := d.picker.rows(c, w, room, !d.typing)
	if len(d.paths) > 0 {
		list = d.completions(c, w, room)
	}
	lines := []string{st.Strong.Render("Import what the maker sent you"), second, ""}
	lines = append(lines, text.Pad(list, w, room)...)
	if len(said) == 0 {
		lines = append(lines, "")
	}
	lines = append(lines, said...)
	return append(lines, text.Pad(widget.Hints(st, w, 2, hints), w, 2)...)
}

// completions draws as many of them as there is room for.
func (d *Import) completions(c *common.Common, w, room int) []string {
	var lines []string
	for i, p := range d.paths {
		if i == room-1 && len(d.paths) > room {
			return append(lines, c.Styles.Quiet.Render("  … "+phrase.Comma(len(d.paths)-i)+" more"))
		}
		lines = append(lines, "  "+text.Fit(text.Brief(filepath.Base(p)), w-2))
	}
	return lines
}
