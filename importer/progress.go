package importer

import (
	"time"

	"unsaid/store"
)

// Progress tells how far an import is.
type Progress struct {
	BytesRead  int64 // of the members' unpacked sizes
	BytesTotal int64
	Member     string // the member being read
	Counts     store.ImportCounts
	Elapsed    time.Duration
}

// Rate returns bytes a second, 0 while it is too early to tell.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.BytesRead) / p.Elapsed.Seconds()
}

// ETA returns how long the rest takes at the rate so far, 0 while it is too early to tell or
// when nothing is left.
func (p Progress) ETA() time.Duration {
	rate := p.Rate()
	if rate <= 0 || p.BytesRead >= p.BytesTotal {
		return 0
	}
	return time.Duration(float64(p.BytesTotal-p.BytesRead) / rate * float64(time.Second))
}
