package ui

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// picker lists a folder, for choosing what of it to import. It is a plain struct: commands read
// the folder, and what they found comes back through take.
type picker struct {
	seq    int    // of the question about the folder that was asked last
	folder string // "" until one was read
	all    []entry
	more   bool // whether all is not all of it
	hidden bool // whether hidden ones are shown
	shown  []entry
	widget.Table
	marked map[string]int64 // paths, with their sizes
	wrong  string           // why a folder could not be read
}

// open asks for a folder; from is the name that the cursor goes to.
func (p *picker) open(a *App, folder, from string) tea.Cmd {
	p.seq, p.wrong = a.ask(), ""
	if folder == "" {
		return a.firstFolders(p.seq)
	}
	return readFolder(a.Ctx, p.seq, from, folder)
}

func (p *picker) take(a *App, msg folderMsg) {
	switch {
	case msg.seq != p.seq:
		return
	case msg.err != nil:
		p.wrong = msg.err.Error()
		return
	case msg.folder == "":
		p.wrong = "no folder can be read here"
		return
	}
	p.folder, p.all, p.more = msg.folder, msg.entries, msg.more
	a.imports.folder = msg.folder
	p.show(msg.from)
}

// show lists what is to be seen of the folder, with the cursor on a name.
func (p *picker) show(name string) {
	p.shown = p.shown[:0:0]
	for _, e := range p.all {
		if p.hidden || !strings.HasPrefix(e.name, ".") {
			p.shown = append(p.shown, e)
		}
	}
	p.Cursor = max(0, slices.IndexFunc(p.shown, func(e entry) bool { return e.name == name }))
}

// current is the entry at the cursor.
func (p *picker) current() (entry, bool) {
	if p.Cursor >= len(p.shown) {
		return entry{}, false
	}
	return p.shown[p.Cursor], true
}

func (p *picker) path(e entry) string { return filepath.Join(p.folder, e.name) }

// up opens the folder above.
func (p *picker) up(a *App) tea.Cmd {
	above := filepath.Dir(p.folder)
	if p.folder == "" || above == p.folder {
		return nil
	}
	return p.open(a, above, filepath.Base(p.folder))
}

// into opens the folder at the cursor.
func (p *picker) into(a *App) tea.Cmd {
	if e, ok := p.current(); ok && e.kind == folderEntry {
		return p.open(a, p.path(e), "")
	}
	return nil
}

// toggleHidden shows or hides what is hidden.
func (p *picker) toggleHidden() {
	e, _ := p.current()
	p.hidden = !p.hidden
	p.show(e.name)
}

// mark marks or unmarks entries: if all of them are, they are no longer.
func (p *picker) mark(entries ...entry) {
	if p.marked == nil {
		p.marked = map[string]int64{}
	}
	all := true
	for _, e := range entries {
		_, is := p.marked[p.path(e)]
		all = all && is
	}
	for _, e := range entries {
		if all {
			delete(p.marked, p.path(e))
		} else {
			p.marked[p.path(e)] = e.size
		}
	}
}

// parts are the parts, here, of the export that the entry at the cursor is one of; nil if it is
// the only one.
func (p *picker) parts() []entry {
	e, ok := p.current()
	if !ok || e.set == "" {
		return nil
	}
	var parts []entry
	for _, other := range p.shown {
		if strings.EqualFold(other.set, e.set) {
			parts = append(parts, other)
		}
	}
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// chosen is what enter imports: what is marked, else all parts of the export at the cursor, else
// the file there; nothing on a folder, which is opened.
func (p *picker) chosen() []string {
	if len(p.marked) > 0 {
		return slices.Sorted(maps.Keys(p.marked))
	}
	var paths []string
	for _, e := range p.parts() {
		paths = append(paths, p.path(e))
	}
	if e, ok := p.current(); ok && len(paths) == 0 && e.kind != folderEntry {
		paths = []string{p.path(e)}
	}
	return paths
}

// rows draws the part of the listing that is seen; focused says whether the keys go to it.
func (p *picker) rows(a *App, w, height int, focused bool) []string {
	st := &a.Styles
	switch {
	case p.folder == "" && p.wrong == "":
		return []string{st.Quiet.Render("  reading …")}
	case len(p.shown) == 0 && len(p.all) > 0:
		return []string{st.Quiet.Render("  Only hidden files are here; . shows them.")}
	case len(p.shown) == 0 && p.folder != "":
		return []string{st.Quiet.Render("  Nothing is in this folder.")}
	}
	var lines []string
	from, to := p.Seen(len(p.shown), height)
	for i := from; i < to; i++ {
		e := p.shown[i]
		row := p.row(a, e, w-2)
		if _, is := p.marked[p.path(e)]; is {
			row = st.Mark.Render("✓") + row[1:]
		}
		if i == p.Cursor && !focused {
			row = widget.OnRow(st, false, row)
		}
		lines = append(lines, widget.Row(st, row, i == p.Cursor && focused, w))
	}
	return lines
}

// row draws an entry, after a blank for its mark.
func (p *picker) row(a *App, e entry, w int) string {
	st, when, bytes := &a.Styles, "", ""
	if !e.modified.IsZero() {
		when = e.modified.In(a.o.Zone).Format("2 Jan 2006")
	}
	name := text.Brief(e.name)
	if name == "" {
		name = "(a name that cannot be shown)"
	}
	if e.kind == folderEntry {
		name += "/"
	} else if !e.modified.IsZero() {
		bytes = phrase.Size(e.size)
	}
	name = text.Fit(name, w-24)
	switch e.kind {
	case folderEntry:
		name = st.Accent.Render(name)
	case otherEntry:
		name = st.Quiet.Render(name)
	}
	return "  " + name + st.Quiet.Render(text.FitRight(bytes, 9)+text.FitRight(when, 13))
}

// about says what enter comes to, or what stands in the way.
func (p *picker) about() string {
	parts := p.parts()
	switch {
	case p.wrong != "":
		return text.Brief(p.wrong)
	case len(p.marked) > 0:
		var bytes int64
		for _, n := range p.marked {
			bytes += n
		}
		text := phrase.Comma(len(p.marked)) + " marked"
		if bytes > 0 {
			text += ", " + phrase.Size(bytes)
		}
		return text + "; one import takes all that is marked."
	case parts != nil:
		text := fmt.Sprintf("One of %d parts of an export; enter imports them all.", len(parts))
		if last := parts[len(parts)-1].part; last > len(parts) {
			text = fmt.Sprintf("%d of at least %d parts are here; enter imports them all.", len(parts), last)
		}
		return text
	case p.more:
		return fmt.Sprintf("Only %s entries of this folder are listed; tab types a path.", phrase.Comma(maxEntries))
	}
	return ""
}

// hints are the keys of the listing and what they do, those most likely wanted first.
func (p *picker) hints() [][2]string {
	e, ok := p.current()
	parts := p.parts()
	var hints [][2]string
	add := func(when bool, key, text string) {
		if when {
			hints = append(hints, [2]string{key, text})
		}
	}
	add(len(p.marked) > 0, "enter", "import "+phrase.Comma(len(p.marked))+" marked")
	add(len(p.marked) == 0 && parts != nil, "enter", fmt.Sprintf("import %d parts", len(parts)))
	add(len(p.marked) == 0 && parts == nil && ok && e.kind != folderEntry, "enter", "import")
	add(len(p.marked) == 0 && ok && e.kind == folderEntry, "enter", "open")
	add(len(p.marked) > 0 && ok && e.kind == folderEntry, "→", "open")
	add(ok, "space", "mark")
	add(parts != nil, "*", "mark the parts")
	add(ok && e.kind == folderEntry, "I", "import it whole")
	add(len(p.marked) == 0 && parts != nil, "I", "this one only")
	add(true, "tab", "type a path")
	add(true, "←", "up")
	add(true, "a", "past imports")
	add(true, "esc", "close")
	add(true, ".", "hidden")
	return hints
}
