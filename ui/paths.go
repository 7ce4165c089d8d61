package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/typedpath"
)

// lookFor finds the paths that are meant by what was typed.
func lookFor(seq int, at typedpath.Place, typed string) tea.Cmd {
	return func() tea.Msg {
		paths, missing := typedpath.Find(at, typed)
		return lookedMsg{seq, paths, missing}
	}
}
