package ui

import (
	tea "charm.land/bubbletea/v2"

	"unsaid/phrase"
	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// openImport asks what to import, or shows the import that runs. path is filled in.
func (a *App) openImport(path string) tea.Cmd {
	return a.openDialog(dialog.NewImport(&a.imports, path))
}

// importing shows the progress of an import, and every second what has come in meanwhile.
func (a *App) importing(msg dialog.ProgressMsg) tea.Cmd {
	cmd, stale := a.imports.Update(&a.Common, msg)
	// What takes longer than a second to read would never be read if that was begun anew each second.
	if !stale || a.reading() {
		return cmd
	}
	a.imports.Shown(a.Now())
	return tea.Batch(cmd, a.reload())
}

// importAsks shows a question of the import, or says that there is one where another dialog is open.
func (a *App) importAsks(msg dialog.QuestionMsg) tea.Cmd {
	cmd := a.imports.Ask(&a.Common, msg.Question)
	if a.importOpen(dialog.NewReport(&a.imports)) != nil {
		return cmd
	}
	return tea.Batch(cmd, a.say("The import asks a question: %s shows it.", a.Keys.KeyOf(keys.OpenImport)))
}

// importOpen is the dialog of the import if it is open. If nothing but the screen takes the keys, it opens a new one.
func (a *App) importOpen(other *dialog.Import) *dialog.Import {
	if a.free() {
		a.openDialog(other)
	}
	open, _ := a.dialog.(*dialog.Import)
	return open
}

// imported shows how the import ended.
func (a *App) imported(msg dialog.ImportedMsg) tea.Cmd {
	r := &a.imports
	r.End(&a.Common, msg)
	if r.Quitting {
		return a.leave()
	}
	switch open := a.importOpen(dialog.NewReport(r)); {
	case open != nil:
		return tea.Batch(open.Ended(&a.Common), a.reload())
	case r.Failed():
		return tea.Batch(a.fail(r.Err), a.reload())
	}
	return tea.Batch(a.say("The import ended: %s new. %s, then a shows its report.", phrase.Comma(r.Report.Added), a.Keys.KeyOf(keys.OpenImport)), a.reload())
}
