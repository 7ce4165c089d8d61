package dialog

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"unsaid/phrase"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// picker lists a folder, for choosing what of it to import.
type picker struct {
	asked int // which question about a folder was asked last
	listing
	hidden bool // whether hidden ones are shown
	shown  []entry
	widget.Table
	marked map[string]int64 // paths, with their sizes
	wrong  string           // why a folder could not be read
}

// take lists a folder, unless another one was asked for since; from is the name that the cursor goes to.
func (p *picker) take(asked int, from string, read listing, err error) {
	switch {
	case asked != p.asked:
	case err != nil:
		p.wrong = err.Error()
	case read.folder == "":
		p.wrong = "no folder here can be read"
	default:
		p.listing = read
		p.show(from)
	}
}

// show lists what is to be seen of the folder, with the cursor on a name.
func (p *picker) show(name string) {
	p.shown = p.shown[:0:0]
	for _, e := range p.entries {
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

// above is the folder that holds the one listed, and from the name of that in it; "" if there is none.
func (p *picker) above() (folder, from string) {
	folder = filepath.Dir(p.folder)
	if p.folder == "" || folder == p.folder {
		return "", ""
	}
	return folder, filepath.Base(p.folder)
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
func (p *picker) rows(c *common.Common, w, height int, focused bool) []string {
	st := &c.Styles
	switch {
	case p.folder == "" && p.wrong == "":
		return []string{st.Quiet.Render("  reading …")}
	case len(p.shown) == 0 && len(p.entries) > 0:
		return []string{st.Quiet.Render("  Only hidden files are here; . shows them.")}
	case len(p.shown) == 0 && p.folder != "":
		return []string{st.Quiet.Render("  Nothing is in this folder.")}
	}
	var lines []string
	from, to := p.Seen(len(p.shown), height)
	for i := from; i < to; i++ {
		e := p.shown[i]
		row := p.row(c, e, w-2)
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
func (p *picker) row(c *common.Common, e entry, w int) string {
	st, when, bytes := &c.Styles, "", ""
	if !e.modified.IsZero() {
		when = c.Dates().Of(e.modified)
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
		return text + "; one import takes them all."
	case parts != nil:
		text := fmt.Sprintf("One of %d parts of an export; enter imports all parts.", len(parts))
		if last := parts[len(parts)-1].part; last > len(parts) {
			text = fmt.Sprintf("%d of at least %d parts are here; enter imports them.", len(parts), last)
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
