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
