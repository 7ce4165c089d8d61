package ui

import "unsaid/ui/keys"

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
