package ui

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/text"
	"unsaid/ui/typedpath"
)

// wayOut is the command lines that mend what an import could not make out by itself: which column
// of a table holds what is told on the command line alone.
type wayOut struct {
	commands []string
	copies   int // how often one was copied
}

// mapOption is how the importer's reasons name the option that would help.
var mapOption = regexp.MustCompile(`--map [a-z]+=[A-Za-z-]+(?:,[a-z]+=[A-Za-z-]+)*`)

// maxWays is how many command lines are offered.
const maxWays = 3

// newWayOut finds the options that reasons of failures name, for an import of paths into a library.
func newWayOut(library string, paths []string, reasons ...string) wayOut {
	var w wayOut
	base := "unsaid --db " + typedpath.Quote(library) + " import " + typedpath.Join(paths)
	if len(paths) == 0 || strings.ContainsFunc(base, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return w // no shell would be given that safely
	}
	for _, reason := range reasons {
		for _, option := range mapOption.FindAllString(reason[:min(len(reason), text.MaxShown)], maxWays) {
			if command := base + " " + option; !slices.Contains(w.commands, command) {
				w.commands = append(w.commands, command)
			}
			if len(w.commands) == maxWays {
				return w
			}
		}
	}
	return w
}

// copy copies the first command line, and when asked again the next.
func (w *wayOut) copy(a *App) tea.Cmd {
	if len(w.commands) == 0 {
		return nil
	}
	command := w.commands[w.copies%len(w.commands)]
	w.copies++
	return tea.Batch(tea.SetClipboard(command), a.say("Copied: … %s", mapOption.FindString(command)))
}

// lines draw the command line that was copied last, or else comes first, in at most so many rows.
func (w *wayOut) lines(a *App, width, rows int) []string {
	if len(w.commands) == 0 || rows < 2 {
		return nil
	}
	n := len(w.commands)
	say, command := "This reads it, in a shell:", w.commands[max(0, w.copies-1)%n]
	if n > 1 {
		say = "One of " + phrase.Comma(n) + " ways to read it, in a shell:"
	}
	if strings.Contains(command, "COLUMN") {
		say = "This reads it, in a shell, with names of its columns for COLUMN:"
	}
	switch {
	case w.copies > 0 && n > 1:
		say = "Copied; y copies the next of " + phrase.Comma(n) + " ways."
	case w.copies > 0:
		say = "Copied."
	}
	lines := []string{text.Fit(say, width)}
	if w.copies > 0 {
		lines[0] = a.Styles.Good.Render(lines[0])
	}
	for _, line := range text.Wrap(text.Brief(command), width, rows-1) {
		lines = append(lines, a.Styles.Accent.Render(line))
	}
	return lines
}
