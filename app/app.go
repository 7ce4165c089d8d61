// Package app is what a user can do with a library: import, delete, undo, purge, write requests,
// export. Each is one function here, used by the screens, the prompt and the command line, which
// only ask, show and report.
//
// The rules it keeps:
//
//   - It decides what happens; how that is worded is in package phrase.
//   - It prints nothing and asks nothing. What it cannot know is an option of the call.
//   - Reading is free: screens read their pages from store. What changes something comes here.
package app

import (
	"time"

	"unsaid/deletion"
	"unsaid/player"
	"unsaid/store"
)

// App is a library with what its user has set.
type App struct {
	DB             *store.DB
	Zone           *time.Location // whose days and hours are shown and asked for
	Now            func() time.Time
	Correspondence deletion.Correspondence // who writes to whom, by which law
	Keep           []deletion.Rule         // how long recordings are to be kept
	RequestsDir    string                  // where the files of requests are written
}

// probe recognises audio for the importer, which does not know the player.
func probe(data []byte) (format string, duration time.Duration, ok bool) {
	info, ok := player.Probe(data)
	return info.Format, info.Duration, ok
}
