package common

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// A question is answered only by a key that was pressed for it:
//
//   - A key that is held down repeats, and most terminals do not mark the repeats. So enter does not confirm
//     while it may still be the enter that was down when the dialog opened, and no other key both opens a
//     question and confirms it.
//   - Keys that were typed ahead of a dialog are dropped when it opens.
//   - What cannot be undone is confirmed by typing a word.
const (
	// heldTime is how soon a key has to come again to count as held down: longer than any keyboard waits
	// before it repeats a key.
	heldTime = time.Second
	// SeeTime is how long a question has to be on the screen before a key can be meant for it.
	SeeTime = 400 * time.Millisecond
)

// pressed is the key that was pressed last.
type pressed struct {
	key string
	at  time.Time
	run int // counts keys; all repeats of a key that is held down count as one
}

// opened is when the open dialog opened, and the key that was pressed last before.
type opened struct {
	pressed
	at time.Time
}

// Press notes a key and marks it if it may be a repeat.
func (c *Common) Press(msg tea.KeyPressMsg) tea.KeyPressMsg {
	p, key, now := &c.pressed, msg.String(), c.Now()
	msg.IsRepeat = msg.IsRepeat || key == p.key && now.Sub(p.at) < heldTime
	if !msg.IsRepeat {
		p.run++
	}
	p.key, p.at = key, now
	return msg
}

// Pasted notes that something was pasted: no key is held down meanwhile.
func (c *Common) Pasted() { c.pressed = pressed{run: c.pressed.run + 1} }

// DialogOpened notes that another dialog has the keys from now on, or none.
func (c *Common) DialogOpened() { c.opened = opened{c.pressed, c.Now()} }

// HeldOver reports whether a key may have been held down since before the dialog opened.
func (c *Common) HeldOver(msg tea.KeyPressMsg) bool {
	return msg.IsRepeat && c.opened.run == c.pressed.run
}

// Seen reports whether the open dialog has been on the screen long enough to be answered.
func (c *Common) Seen() bool { return c.Now().Sub(c.opened.at) >= SeeTime }

// ConfirmKey is the key that a dialog offers to confirm with. Both of them do, but enter does so only once it
// was let go of.
func (c *Common) ConfirmKey() string {
	if c.opened.key == "enter" {
		return "y"
	}
	return "enter"
}
