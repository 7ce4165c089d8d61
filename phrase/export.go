package phrase

import "unsaid/app"

// Exported says what an export wrote, and what it could not.
func Exported(e app.Exported) string {
	text := "Exported " + Count(e.Recordings, "recording") + " to " + e.Folder
	if n := len(e.Failed); n > 0 {
		text += ", but " + Count(n, "sound") + " could not be read: " + e.Failed[0].Reason
	}
	return text
}
