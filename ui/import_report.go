package ui

import (
	"fmt"
	"slices"
	"strconv"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// importTerm finds what came with an import.
func importTerm(id int64) string { return store.Term("import", strconv.FormatInt(id, 10)) }

func (d *importDialog) reportLines(a *App, w int) []string {
	st, r, failed := &a.Styles, a.imports.report, a.imports.failed()
	title := st.Good.Render("Imported")
	switch {
	case failed:
		title = st.Bad.Render("Nothing was imported")
	case a.imports.err != nil && r.ID == 0:
		title = st.Warn.Render("Stopped before anything was read")
	case r.State == store.ImportCancelled || a.imports.err != nil:
		title = st.Warn.Render("Stopped; what was read is in your library")
	}
	lines := []string{text.Fit(title+st.Quiet.Render(" · "+a.imports.what()), w), ""}
	keys := [][2]string{{"esc", "close"}}
	if r.Added > 0 {
		keys = append(keys, [2]string{"f", "what is new"})
	}
	if r.Doubtful > 0 {
		which := "the doubtful one"
		if r.Doubtful > 1 {
			which = "the doubtful " + phrase.Comma(r.Doubtful)
		}
		keys = append(keys, [2]string{"d", "import " + which + ", too"})
	}
	if r.ID != 0 {
		keys = append(keys, [2]string{"enter", "what became of each file"})
	}
	keys = append(keys, [2]string{"i", "import something else"})
	way := a.imports.way.lines(a, w, max(2, min(4, a.Layout.H/5)))
	if way != nil {
		way = append(way, "")
		keys = slices.Insert(keys, 1, [2]string{"y", "copy the command"})
	}
	room := a.Layout.H - 4 - len(lines) - len(way) - 4 // beside what else there is
	if failed {
		for _, line := range text.Wrap(text.Brief(a.imports.err.Error()), w, max(2, room)) {
			lines = append(lines, st.Warn.Render(line))
		}
	} else {
		lines = append(lines, text.Wrap(phrase.Imported(r.ImportCounts), w, 2)...)
	}
	lines = append(lines, st.Quiet.Render(phrase.Files(r.Members-r.Ignored-a.imports.lost, r.Ignored, a.imports.lost)))
	if !failed {
		lines = append(lines, d.failures(a, w, room-5)...)
	}
	lines = append(append(lines, ""), way...)
	return append(lines, widget.Hints(st, w, 2, keys)...)
}

// failures draws the first of what failed.
func (d *importDialog) failures(a *App, w, rows int) []string {
	failed := a.imports.report.Failed
	if len(failed) == 0 {
		return nil
	}
	lines := []string{a.Styles.Warn.Render(phrase.Count(len(failed), "failure") + ":")}
	if rows > 4 {
		lines = append([]string{""}, lines...)
	}
	for i, m := range failed {
		if i == rows {
			return append(lines, a.Styles.Quiet.Render(fmt.Sprintf("… and %s more", phrase.Comma(len(failed)-i))))
		}
		lines = append(lines, text.Fit(text.Brief(m.Member)+": "+text.Brief(m.Reason), w))
	}
	return lines
}
