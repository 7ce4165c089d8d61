package ui

import (
	"unsaid/player"
	"unsaid/ui/keys"
)

// Reasons that are given in more than one place.
const (
	nothingToPlay  = "There is no recording to play"
	noSound        = "No sound came with this recording"
	nothingToUndo  = "There is nothing to undo"
	stillReverting = "The last undo or redo is still running"
	nothingToRedo  = "There is nothing to redo"
)

// why says why an action cannot be done on a screen as things are, "" if it can. The palette shows
// the reason beside the action, and the status row when its key is pressed.
func (a *App) why(s keys.Screen, what keys.Action) string {
	switch early := a.early(s, what); {
	case !early || what == keys.Undo || what == keys.Redo:
	case s == keys.LibraryScreen:
		return "The search is still running"
	default:
		return "The library is still being read"
	}
	if act, _ := a.act(s, what); act.Why != nil {
		return act.Why()
	}
	return ""
}

// whyNotPlay says why a key plays nothing: neither the recording at the cursor, nor what plays already.
func (a *App) whyNotPlay(what keys.Action) string {
	r, ok := a.selected()
	h := &a.Heard
	switch {
	case !ok && (h.Active() || what == keys.Replay && h.Recording.ID != 0), h.Active() && r.ID == h.Recording.ID:
		return ""
	case !ok:
		return nothingToPlay
	case r.Audio == nil:
		return noSound
	}
	return ""
}

// whyNotSeek says why there is nothing in which to seek.
func (a *App) whyNotSeek() string {
	if a.Heard.State == player.Stopped {
		return "Nothing plays"
	}
	return ""
}
