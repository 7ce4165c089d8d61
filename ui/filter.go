package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
	"unsaid/ui/dialog"
)

// openFilter shows the menu of what can be searched for.
func (a *App) openFilter() tea.Cmd {
	l := &a.library
	return tea.Batch(a.AskFacets(), a.openDialog(dialog.NewFilter(func() dialog.Search {
		return dialog.Search{Query: l.input.Value(), Wrong: l.wrong, Busy: l.busy, Found: len(l.list.ids), Saved: l.saved}
	})))
}

// edit searches for a changed query as if it had been typed.
func (l *library) edit(c *common.Common, query string) tea.Cmd {
	l.input.SetValue(query)
	l.typing = true
	return l.find(c)
}
