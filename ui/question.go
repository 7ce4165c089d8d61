package ui

import (
	"time"

	"unsaid/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// A question is answered only by a key that was pressed for it:
//
//   - A key that is held down repeats, and most terminals do not mark the repeats. So enter does not confirm
//     while it may still be the enter that was down when the dialog came up, and no other key both opens a
//     question and confirms it.
//   - Keys that were typed ahead of a dialog are dropped when it opens.
//   - What cannot be undone is confirmed by typing a word.
const (
	// heldTime is how soon a key has to come again to count as held down: longer than any keyboard waits
	// before it repeats a key.
	heldTime = time.Second
	// seeTime is how long a question has to be on the screen before a key can be meant for it.
	seeTime = 400 * time.Millisecond
)

// pressed is the key that was pressed last.
type pressed struct {
	key string
	at  time.Time
	run int // counts keys; all repeats of a key that is held down count as one
}

// take notes a key and marks it if it may be a repeat.
func (p *pressed) take(msg tea.KeyPressMsg, now time.Time) tea.KeyPressMsg {
	key := msg.String()
	msg.IsRepeat = msg.IsRepeat || key == p.key && now.Sub(p.at) < heldTime
	if !msg.IsRepeat {
		p.run++
	}
	p.key, p.at = key, now
	return msg
}

// opened is when the open dialog came up, and the key that was pressed last before.
type opened struct {
	pressed
	at time.Time
}

// heldOver reports whether a key may have been held down since before the dialog came up.
func (a *App) heldOver(msg tea.KeyPressMsg) bool {
	return msg.IsRepeat && a.opened.run == a.pressed.run
}

// seen reports whether the open dialog has been on the screen long enough to be answered.
func (a *App) seen() bool { return a.o.Now().Sub(a.opened.at) >= seeTime }

// confirmKey is the key that a dialog offers to confirm with. Both of them do, but enter does so only once it
// was let go of.
func (a *App) confirmKey() string {
	if a.opened.key == "enter" {
		return "y"
	}
	return "enter"
}

// free reports whether nothing but the screen takes the keys.
func (a *App) free() bool {
	searching := a.screen == keys.LibraryScreen && a.library.searching()
	narrowing := a.screen == keys.DevicesScreen && a.devices.typing()
	return a.dialog == nil && !searching && !narrowing
}

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
	back  dialog // opened afterwards, nil for none
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
