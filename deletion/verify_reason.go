package deletion

import (
	"fmt"
	"strings"

	"unsaid/store"
)

// ReasonKind is a kind of reason for which it cannot be told whether recordings are gone.
type ReasonKind string

// The kinds of reason. By the first two nothing is known yet, so that the recordings do not count as those
// that an export cannot tell of.
const (
	NoExport      ReasonKind = "no-export"      // none was imported since
	TooEarly      ReasonKind = "too-early"      // one was, but before the day on which the request was sent had ended
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

// Sentence says in English, without a full stop, what cannot be told and why.
func (r Reason) Sentence() string {
	switch r.Kind {
	case NoExport:
		return fmt.Sprintf("an export made after %s will tell what has become of it", friendlyDate(r.SentOn))
	case TooEarly:
		return fmt.Sprintf("%s; an export made after that day will tell what has become of it", r)
	}
	return fmt.Sprintf("cannot tell of %s: %s", recordingCount(r.Recordings), r)
}

// String says the reason in English, without a full stop.
func (r Reason) String() string {
	export := fmt.Sprintf("the export of import %d", r.Import)
	whose := "from that account"
	if r.Device {
		whose = "from that device"
	}
	switch r.Kind {
	case NoExport:
		return "no export was imported since the request was sent"
	case TooEarly:
		return fmt.Sprintf("%s does not count, since the day on which the request was sent, %s, had not ended when it was imported",
			export, friendlyDate(r.SentOn))
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
	d, err := store.ParseDay(s)
	if err != nil {
		return s
	}
	return d.Format("2 January 2006")
}

// Told says in English what the export alone tells about the request.
func (c Checked) Told() string {
	if !c.Later {
		return "may be older than the request, so it tells nothing"
	}
	return Tally(c.Gone, c.StillThere, c.CannotTell)
}

// Told says in English what all exports together tell about the request.
func (v *Verdict) Told() string {
	return Tally(v.Request.Gone, v.Request.StillThere, v.Request.CannotTell)
}

// Tally says in English how many recordings are known to be what, leaving out what is none.
func Tally(gone, stillThere, cannotTell int) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{gone, "gone"}, {stillThere, "still there"}, {cannotTell, "cannot be told"}} {
		if p.n > 0 {
			parts = append(parts, English.wording().count(p.n, p.what, p.what))
		}
	}
	if len(parts) == 0 {
		return "nothing yet"
	}
	return strings.Join(parts, ", ")
}

// uncounted says why nothing is known of a request that no export tells about.
func uncounted(r store.Request, lists []store.ExportList) Reason {
	reason := Reason{Kind: NoExport, SentOn: r.SentOn}
	for _, l := range lists {
		if l.ImportID > max(r.After, reason.Import) && isOf(l, r.Device.Vendor) {
			reason.Kind, reason.Import = TooEarly, l.ImportID
		}
	}
	return reason
}
