package ui

import (
	"unsaid/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// free reports whether nothing but the screen takes the keys.
func (a *App) free() bool { return a.dialog == nil && a.line() == nil }

// once reports whether an action is not done again for a key that is held down: it writes files, or starts
// another program.
func once(what keys.Action) bool {
	switch what {
	case keys.WriteFiles, keys.FollowUp, keys.WriteReport, keys.OpenFolder, keys.OpenSound:
		return true
	}
	return false
}

// wordQuestion asks for a word before something is done that cannot be undone.
type wordQuestion struct {
	word  string
	title string
	body  []string // paragraphs
	keep  string   // what esc does
	do    func() tea.Cmd
	back  openDialog // opened afterwards, nil for none
}

// askWord asks a question that is answered by a word.
func (a *App) askWord(q wordQuestion) tea.Cmd {
	p := newPrompt(q.title, "")
	p.final, p.body, p.enter, p.esc, p.back = true, q.body, q.word, q.keep, q.back
	p.about = func(string) string { return "Type " + q.word + " to confirm." }
	p.accept = func(text string) (tea.Cmd, string) {
		if text != q.word {
			return nil, "only the word " + q.word + " confirms this"
		}
		return q.do(), ""
	}
	return a.open(p)
}
