package dialog

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
	"unsaid/ui/widget"
)

// wayOut is the command lines that import a table which unsaid could not read by itself: only the
// command line can say which column holds what.
type wayOut struct {
	base    string   // the command without the option
	options []string // the alternatives
	copies  int      // how often one was copied
}

// maxWays is how many command lines are offered.
const maxWays = 3

// newWayOut returns the command lines that remedy failures of an import of paths into a library. There are
// none if the paths cannot be pasted into a shell safely.
func newWayOut(library string, paths []string, remedies ...store.Remedy) wayOut {
	w := wayOut{base: "unsaid --db " + typedpath.Quote(library) + " import " + typedpath.Join(paths)}
	if len(paths) == 0 || strings.ContainsFunc(w.base, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return w
	}
	for _, remedy := range remedies {
		if remedy == store.NameZone && len(w.options) < maxWays {
			w.options = append(w.options, "--zone ZONE")
		}
		for _, m := range importer.Mappings(remedy) {
			if option := "--map " + m; len(w.options) < maxWays && !slices.Contains(w.options, option) {
				w.options = append(w.options, option)
			}
		}
	}
	return w
}

// copy copies the first command line, and when asked again the next.
func (w *wayOut) copy() common.Action {
	if len(w.options) == 0 {
		return nil
	}
	option := w.options[w.copies%len(w.options)]
	w.copies++
	return common.Actions{tea.SetClipboard(w.base + " " + option), common.Sayf("Copied: … %s", option)}
}

// lines draws the command line that was copied last, or else the first, in at most so many rows.
func (w *wayOut) lines(c *common.Common, width, rows int) []string {
	n := len(w.options)
	if n == 0 || rows < 2 {
		return nil
	}
	say, command := "This reads it, in a shell:", w.base+" "+w.options[max(0, w.copies-1)%n]
	if n > 1 {
		say = "One of " + phrase.Comma(n) + " ways to read it, in a shell:"
	}
	if strings.Contains(command, "COLUMN") {
		say = "This reads it, in a shell, with names of its columns for COLUMN:"
	}
	if strings.Contains(command, "ZONE") {
		say = "This reads it, in a shell, with a time zone such as Asia/Kolkata or +05:30 for ZONE:"
	}
	switch {
	case w.copies > 0 && n > 1:
		say = "Copied; y copies the next of " + phrase.Comma(n) + " ways."
	case w.copies > 0:
		say = "Copied."
	}
	lines := []string{text.Fit(say, width)}
	if w.copies > 0 {
		lines[0] = c.Styles.Good.Render(lines[0])
	}
	lines = append(lines, widget.Wrap(c.Styles.Accent, text.Brief(command), width, rows-1)...)
	return lines
}
