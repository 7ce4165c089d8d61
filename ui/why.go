package ui

import (
	"unsaid/player"
	"unsaid/ui/keys"
)

// Reasons that more than one screen gives.
const (
	nothingListed  = "Nothing is listed here"
	nothingToPlay  = "There is no recording to play"
	noSound        = "No sound came with this recording"
	nothingToUndo  = "There is nothing to undo"
	stillReverting = "The last undo or redo is still at work"
	nothingToRedo  = "Nothing was undone, or something was changed since"
	noTerm         = "There is no search for this name"
)

// why says why an action cannot be done on a screen as things are, "" if it can. The palette shows
// the reason beside the action, and the status row when its key is pressed.
func (a *App) why(s keys.Screen, what keys.Action) string {
	if what != keys.Undo && what != keys.Redo && a.early(s, what) {
		if s != keys.LibraryScreen {
			return "It is still being read"
		}
		return "It is still being searched"
	}
	switch what {
	case keys.PlayPause, keys.Replay:
		return a.whyNotPlay(what)
	case keys.Undo, keys.Redo:
		return a.whyNotTakeBack(what)
	case keys.SeekBack, keys.SeekForward, keys.SeekFarBack, keys.SeekFarForward, keys.SeekShare:
		if a.playback.status.State == player.Stopped {
			return "Nothing plays"
		}
		return ""
	}
	switch s {
	case keys.LibraryScreen:
		return a.library.why(what)
	case keys.DevicesScreen:
		return a.devices.why(a, what)
	case keys.CalendarScreen:
		return a.calendar.why(a, what)
	case keys.TrashScreen:
		return a.trash.why(a, what)
	case keys.RequestsScreen:
		return a.requests.why(a, what)
	}
	return ""
}

// whyNotPlay is why for what is heard: the recording at the cursor, or what plays already.
func (a *App) whyNotPlay(what keys.Action) string {
	p := &a.playback
	r, ok := a.selected()
	active := p.status.State == player.Playing || p.status.State == player.Paused
	switch {
	case !ok && (active || what == keys.Replay && p.playing.ID != 0), active && r.ID == p.playing.ID:
		return ""
	case !ok:
		return nothingToPlay
	case r.Audio == nil:
		return noSound
	}
	return ""
}

func (l *library) why(what keys.Action) string {
	switch what {
	case keys.Details, keys.MarkOne, keys.MarkRange, keys.MarkAll:
		if len(l.list.ids) == 0 {
			return nothingListed
		}
	case keys.DeleteChosen:
		if len(l.list.marked) == 0 && len(l.list.ids) == 0 {
			return "There is nothing to delete here"
		}
	case keys.CopyText:
		r, known := l.list.selected()
		switch {
		case len(l.list.ids) == 0:
			return nothingListed
		case known && r.Transcript == "":
			return "No words came with this recording"
		}
	}
	return ""
}

func (d *devices) why(a *App, what keys.Action) string {
	switch what {
	case keys.Details, keys.DeleteChosen, keys.Rename, keys.Merge, keys.Split:
	default:
		return ""
	}
	switch {
	case len(d.all) == 0:
		return "No devices yet: " + a.Keys.KeyOf(keys.OpenImport) + " imports an export"
	case len(d.shown) == 0:
		return nothingListed
	}
	device := d.shown[d.Cursor]
	switch {
	case what == keys.DeleteChosen && device.Recordings == 0:
		return "Nothing of this device is in your library"
	case what == keys.Merge && len(d.mergeable(device)) == 0:
		return "There is no other device of the same maker to merge it into"
	case what == keys.Split && len(device.Parts) == 0:
		return "Nothing was merged into this device"
	}
	return ""
}

func (c *calendar) why(a *App, what keys.Action) string {
	switch chosen := c.chosen(); {
	case what != keys.DeleteChosen && what != keys.Export && what != keys.MarkAll && what != keys.MarkOne:
	case len(c.list.ids) > 0:
		if what == keys.MarkOne && (!c.inList || !c.listed(a.Layout)) {
			return a.Keys.KeyOf(keys.Details) + " goes to the recordings, where " + a.Keys.KeyOf(keys.MarkOne) + " marks"
		}
	case chosen.First != chosen.Last:
		return "Nothing was recorded on these days"
	default:
		return "Nothing was recorded on this day"
	}
	return ""
}

func (t *trash) why(a *App, what keys.Action) string {
	switch {
	case what != keys.Details && what != keys.Restore && what != keys.Purge:
	case len(t.all) == 0:
		return "The trash is empty"
	case what == keys.Purge && a.purging.running():
		return "Something is being erased; this one waits for it"
	}
	return ""
}

func (r *requests) why(a *App, what keys.Action) string {
	switch what {
	case keys.Details, keys.WriteFiles, keys.OpenFolder, keys.MarkSent, keys.FollowUp, keys.CopyText, keys.WriteReport:
	default:
		return ""
	}
	switch {
	case len(r.all) == 0:
		return "There are no requests yet: a deletion drafts them"
	case what == keys.OpenFolder && r.all[r.Cursor].Folder == "":
		return "No files were written yet: " + a.Keys.KeyOf(keys.WriteFiles) + " writes them"
	case what == keys.FollowUp && r.all[r.Cursor].StillThere == 0:
		return "No export shows that anything of this request is still there"
	}
	return ""
}
