package deletion

import (
	"fmt"
	"time"
)

// ReasonKind is a kind of reason for which it cannot be told whether recordings are gone.
type ReasonKind string

// The kinds of reason.
const (
	NoExport      ReasonKind = "no-export"      // none was imported since
	NotLater      ReasonKind = "not-later"      // it may be older than the request
	InOlderPart   ReasonKind = "in-older-part"  // a list of the same import has it, which may be older than the request
	InDoubt       ReasonKind = "in-doubt"       // it has something of that moment without an identifier, which may be it or another one
	NotWhole      ReasonKind = "not-whole"      // the import did not read all of it
	NoTime        ReasonKind = "no-time"        // nobody knows when it was recorded
	NoDevice      ReasonKind = "no-device"      // it has nothing of the device, and is not known to be the account's
	NothingBefore ReasonKind = "nothing-before" // it begins later
	NothingAfter  ReasonKind = "nothing-after"  // it ends earlier
	InGap         ReasonKind = "in-gap"         // it has lists before and lists after, and none of the time
)

// Reason is why it cannot be told whether some recordings are gone.
type Reason struct {
	Kind       ReasonKind
	Import     int64  // the newest export that might have told, 0 if there is none
	SentOn     string // local day
	Time       string // local time at which the export begins or ends, as people read it
	Device     bool   // whether the export has recordings of the device
	Recordings int    // that it is the reason for
}

// String says the reason in English, as the end of a sentence that begins with "cannot tell of …:".
func (r Reason) String() string {
	export := fmt.Sprintf("the export of import %d", r.Import)
	whose := "from that account"
	if r.Device {
		whose = "from that device"
	}
	switch r.Kind {
	case NoExport:
		return "no export was imported since the request was sent"
	case NotLater:
		return fmt.Sprintf("no export that is known to be made after the request was sent was imported; nothing in %s is newer than %s",
			export, friendlyDate(r.SentOn))
	case InOlderPart:
		return fmt.Sprintf("a part of %s has it, which may have been made before the request was sent; import the newer part alone", export)
	case InDoubt:
		return fmt.Sprintf("%s has something of that moment without an identifier, which may be it as well as another recording", export)
	case NotWhole:
		return fmt.Sprintf("not all of %s was read; import it again", export)
	case NoTime:
		return "no export gave the time of the recording"
	case NoDevice:
		return fmt.Sprintf("%s has nothing from that device, and it is not known whether it is the whole account's", export)
	case NothingBefore:
		return fmt.Sprintf("%s has nothing %s before %s", export, whose, r.Time)
	case NothingAfter:
		return fmt.Sprintf("%s has nothing %s after %s", export, whose, r.Time)
	case InGap:
		return fmt.Sprintf("%s has nothing %s of that time, between its parts", export, whose)
	}
	return string(r.Kind)
}

// friendlyDate returns a day YYYY-MM-DD as people read it.
func friendlyDate(s string) string {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return d.Format("2 January 2006")
}
