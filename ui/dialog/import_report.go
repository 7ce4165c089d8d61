package dialog

import (
	"fmt"
	"slices"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// reportLines draws how the last import ended.
func (r *Run) reportLines(c *common.Common, w int) []string {
	st, report, failed := &c.Styles, r.Report, r.Failed()
	title := st.Good.Render("Imported")
	switch {
	case failed:
		title = st.Bad.Render("Nothing was imported")
	case r.Err != nil && report.ID == 0:
		title = st.Warn.Render("Stopped before anything was read")
	case report.State == store.ImportCancelled || r.Err != nil:
		title = st.Warn.Render("Stopped; what was read is in your library")
	}
	lines := []string{text.Fit(title+st.Quiet.Render(" · "+text.Brief(phrase.Paths(r.Paths))), w), ""}
	way := r.way.lines(c, w, max(2, min(4, c.Layout.H/5)))
	if way != nil {
		way = append(way, "")
	}
	if len(r.undecided) > 0 {
		way = append(way, st.Strong.Render("Is this everything the maker gave you?"))
		way = append(way, widget.Wrap(st.Quiet, "If so, the maker counts as having deleted what is missing.", w, 2)...)
		way = append(way, "")
	}
	room := c.Layout.H - 4 - len(lines) - len(way) - 4 // beside what else there is
	if failed {
		lines = append(lines, widget.Wrap(st.Warn, text.Brief(r.Err.Error()), w, max(2, room))...)
	} else {
		lines = append(lines, text.Wrap(phrase.Imported(report.ImportCounts), w, 2)...)
	}
	lines = append(lines, st.Quiet.Render(phrase.Files(report)))
	if missing := phrase.Missing(report); missing != "" {
		lines = append(lines, st.Warn.Render(text.Fit(text.Brief(missing), w)))
	}
	for _, line := range text.Wrap(phrase.Advice(report.Sources), w, 2) {
		lines = append(lines, st.Warn.Render(line))
	}
	if guessed, maps := phrase.Guessed(report.Tables); guessed != nil && !failed {
		note := "Columns were recognised by what they hold: " + text.Brief(strings.Join(guessed, "; ")) + ". If one is wrong, import again with --map " + maps
		lines = append(lines, text.Wrap(note, w, 3)...)
		room -= 3
	}
	if !failed {
		lines = append(lines, r.failures(c, w, room-5)...)
	}
	lines = append(append(lines, ""), way...)
	return append(lines, widget.Hints(st, w, 2, r.reportHints())...)
}

// reportHints are the keys of the report and what they do.
func (r *Run) reportHints() [][2]string {
	hints := [][2]string{{"esc", "close"}}
	if len(r.undecided) > 0 {
		hints = append(hints, [2]string{"c", "yes, it is everything"}, [2]string{"m", "when it was made"})
	}
	if len(r.way.options) > 0 {
		hints = append(hints, [2]string{"y", "copy the command"})
	}
	if r.Report.Added > 0 {
		hints = append(hints, [2]string{"f", "what is new"})
	}
	switch n := r.Report.Doubtful; {
	case n == 1:
		hints = append(hints, [2]string{"d", "import the doubtful file, too"})
	case n > 1:
		hints = append(hints, [2]string{"d", "import the doubtful " + phrase.Comma(n) + ", too"})
	}
	if r.Report.ID != 0 {
		hints = append(hints, [2]string{"enter", "show each file"})
	}
	return append(hints, [2]string{"i", "import something else"})
}

// failures draws the first of what failed.
func (r *Run) failures(c *common.Common, w, rows int) []string {
	failed := r.Report.Failed
	if len(failed) == 0 {
		return nil
	}
	lines := []string{c.Styles.Warn.Render(phrase.Count(len(failed), "failure") + ":")}
	if rows > 4 {
		lines = slices.Insert(lines, 0, "")
	}
	for i, m := range failed {
		if i == rows {
			return append(lines, c.Styles.Quiet.Render(fmt.Sprintf("… and %s more", phrase.Comma(len(failed)-i))))
		}
		lines = append(lines, text.Fit(text.Brief(m.Member)+": "+text.Brief(m.Reason), w))
	}
	return lines
}
