package ui

import "unsaid/player"

// Reasons that more than one screen gives.
const (
	nothingListed = "Nothing is listed here"
	nothingToPlay = "There is no recording to play"
	noSound       = "No sound came with this recording"
	nothingToUndo = "There is nothing to take back"
	nothingToRedo = "There is no undo to take back, or something was changed since"
	noTerm        = "There is no search for this name"
)

// why says why an action cannot be done on a screen as things are, "" if it can. The palette shows
// the reason beside the action, and the status row when its key is pressed.
func (a *App) why(s screenID, what action) string {
	if s == libraryScreen && a.early(what) {
		return "It is still being searched"
	}
	switch what {
	case playPause, replay:
		return a.whyNotPlay(what)
	case undo, redo:
		return a.whyNotTakeBack(what)
	case seekBack, seekForward, seekFarBack, seekFarForward, seekShare:
		if a.playback.status.State == player.Stopped {
			return "Nothing plays"
		}
		return ""
	}
	switch s {
	case libraryScreen:
		return a.library.why(what)
	case devicesScreen:
		return a.devices.why(a, what)
	case calendarScreen:
		return a.calendar.why(a, what)
	case trashScreen:
		return a.trash.why(a, what)
	case requestsScreen:
		return a.requests.why(a, what)
	}
	return ""
}

// whyNotPlay is why for what is heard: the recording at the cursor, or what plays already.
func (a *App) whyNotPlay(what action) string {
	p := &a.playback
	r, ok := a.selected()
	active := p.status.State == player.Playing || p.status.State == player.Paused
	switch {
	case !ok && (active || what == replay && p.playing.ID != 0), active && r.ID == p.playing.ID:
		return ""
	case !ok:
		return nothingToPlay
	case r.Audio == nil:
		return noSound
	}
	return ""
}

func (l *library) why(what action) string {
	switch what {
	case details, markOne, markRange, markAll:
		if len(l.list.ids) == 0 {
			return nothingListed
		}
	case deleteChosen:
		if len(l.list.marked) == 0 && len(l.list.ids) == 0 {
			return "There is nothing to delete here"
		}
	case copyText:
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

func (d *devices) why(a *App, what action) string {
	switch what {
	case details, deleteChosen, rename, merge, split:
	default:
		return ""
	}
	switch {
	case len(d.all) == 0:
		return "No devices yet: " + a.keys.keyOf(openImport) + " imports an export"
	case len(d.shown) == 0:
		return nothingListed
	}
	device := d.shown[d.cursor]
	switch {
	case what == deleteChosen && device.Recordings == 0:
		return "Nothing of this device is in your library"
	case what == merge && len(d.mergeable(device)) == 0:
		return "There is no other device of the same maker to merge it into"
	case what == split && len(device.Parts) == 0:
		return "Nothing was merged into this device"
	}
	return ""
}

func (c *calendar) why(a *App, what action) string {
	switch chosen := c.chosen(); {
	case what != deleteChosen && what != export && what != markAll && what != markOne:
	case len(c.list.ids) > 0:
		if what == markOne && (!c.inList || !c.listed(a.layout)) {
			return a.keys.keyOf(details) + " goes to the recordings, where " + a.keys.keyOf(markOne) + " marks"
		}
	case chosen.First != chosen.Last:
		return "Nothing was recorded on these days"
	default:
		return "Nothing was recorded on this day"
	}
	return ""
}

func (t *trash) why(a *App, what action) string {
	switch {
	case what != details && what != restore && what != purge:
	case len(t.all) == 0:
		return "The trash is empty"
	case what == purge && a.purging.running():
		return "Something is being erased; this one waits for it"
	}
	return ""
}

func (r *requests) why(a *App, what action) string {
	switch what {
	case details, writeFiles, openFolder, markSent, followUp, copyText, writeReport:
	default:
		return ""
	}
	switch {
	case len(r.all) == 0:
		return "There are no requests yet: a deletion drafts them"
	case what == openFolder && r.all[r.cursor].Folder == "":
		return "No files were written yet: " + a.keys.keyOf(writeFiles) + " writes them"
	case what == followUp && r.all[r.cursor].StillThere == 0:
		return "No export shows that anything of this request is still there"
	}
	return ""
}
