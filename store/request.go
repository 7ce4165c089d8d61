package store

import (
	"slices"
	"time"
)

// RequestStatus is what is known of a recording, or of a request, at the maker's end.
type RequestStatus string

// The life of an erasure request.
const (
	NotAsked   RequestStatus = "none"
	Draft      RequestStatus = "draft"
	Sent       RequestStatus = "sent"
	Gone       RequestStatus = "gone"
	StillThere RequestStatus = "still-there"
	CannotTell RequestStatus = "cannot-tell"
)

// StepKind is one of the ways a maker lets people delete.
type StepKind string

// The kinds of step, coarsest first.
const (
	WholeDevice StepKind = "device"
	DayRange    StepKind = "range"
	Single      StepKind = "single"
)

// Step is one thing to do, or to ask for, at the maker.
type Step struct {
	Kind       StepKind
	From       string  // local day YYYY-MM-DD, included; "" unless a day range
	To         string  // local day YYYY-MM-DD, included; "" unless a day range
	Recordings []int64 // ids of the chosen recordings that the step removes, oldest first
}

// SameSteps reports whether two lists have the same steps.
func SameSteps(a, b []Step) bool {
	return slices.EqualFunc(a, b, func(a, b Step) bool {
		return a.Kind == b.Kind && a.From == b.From && a.To == b.To && slices.Equal(a.Recordings, b.Recordings)
	})
}

// Request is an erasure request: one per deletion and device.
type Request struct {
	ID         int64
	DeletionID int64
	Device     Device
	Merged     []Device // merged into it, which have serials of their own at the maker
	Status     RequestStatus
	TimeZone   string // IANA name or "Local"; the days of the steps are days of this zone
	Created    time.Time
	SentOn     string // local day YYYY-MM-DD, "" while a draft
	DueOn      string // local day YYYY-MM-DD, "" while a draft
	After      int64  // the newest import when it was drafted: only later ones tell what became of it
	Folder     string // where its files were last written, "" if nowhere yet
	Outdated   bool   // whether the files have other steps than Steps; only deletion.Request and Requests know
	Recordings int
	Gone       int
	StillThere int
	CannotTell int
	Steps      []Step // in order of time, as they were drafted, or last written or sent
}
