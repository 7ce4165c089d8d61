package deletion

import (
	"fmt"
	"strings"

	"unsaid/store"
)

// ReasonKind is a reason why the outcome of recordings is unknown.
type ReasonKind string

// The kinds of reason. With the first two, nothing is known yet, and the recordings do not count as
// "cannot tell".
const (
	NoExport      ReasonKind = "no-export"      // no export was imported since
	TooEarly      ReasonKind = "too-early"      // the export was imported before the end of the day on which the request was sent
	NotLater      ReasonKind = "not-later"      // the export may be older than the request
	InOlderPart   ReasonKind = "in-older-part"  // a list of the same import, which may be older than the request, contains it
	InDoubt       ReasonKind = "in-doubt"       // the export has a possible match: same moment, no identifier
	NotWhole      ReasonKind = "not-whole"      // the import did not read everything
	NoTime        ReasonKind = "no-time"        // the time of the recording is unknown
	NoDevice      ReasonKind = "no-device"      // the export has nothing from the device, and may not be of the whole account
	NothingBefore ReasonKind = "nothing-before" // the export starts later
	NothingAfter  ReasonKind = "nothing-after"  // the export ends earlier
	InGap         ReasonKind = "in-gap"         // the lists of the export are from before and after that time
)

// Reason is why the outcome of some recordings is unknown.
type Reason struct {
	Kind       ReasonKind
	Import     int64  // the newest export that might have proved something; 0 if there is none
	SentOn     string // local day
	Time       string // local time when the export starts or ends, formatted for people
	Device     bool   // whether the export has recordings of the device
	Recordings int    // number of recordings with this reason
}

// Sentence says in English, without a full stop, what is unknown and why.
func (r Reason) Sentence() string {
	switch r.Kind {
	case NoExport:
		return fmt.Sprintf("an export made after %s will tell what has become of it", readableDay(r.SentOn))
	case TooEarly:
		return fmt.Sprintf("%s; an export made after that day will tell what has become of it", r)
	}
	return fmt.Sprintf("cannot tell of %s: %s", recordingCount(r.Recordings), r)
}

// String is the reason in English, without a full stop.
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
			export, readableDay(r.SentOn))
	case NotLater:
		return fmt.Sprintf("no export that is known to be made after the request was sent was imported; nothing in %s is newer than %s",
			export, readableDay(r.SentOn))
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

// readableDay formats a day YYYY-MM-DD for people.
func readableDay(s string) string {
	d, err := store.ParseDay(s)
	if err != nil {
		return s
	}
	return d.Format("2 January 2006")
}

// Summary says in English what the export alone proves about the request.
func (c Checked) Summary() string {
	if !c.Later {
		return "may be older than the request, so it tells nothing"
	}
	return Tally(c.Gone, c.StillThere, c.CannotTell)
}

// Summary says in English what all exports together prove about the request.
func (v *Verdict) Summary() string {
	return Tally(v.Request.Gone, v.Request.StillThere, v.Request.CannotTell)
}

// Tally lists in English how many recordings have which outcome, without those that are zero.
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

// whyNothingIsKnown is the reason why nothing is known about a request without later exports.
func whyNothingIsKnown(r store.Request, lists []store.ExportList) Reason {
	reason := Reason{Kind: NoExport, SentOn: r.SentOn}
	for _, l := range lists {
		if l.ImportID > max(r.After, reason.Import) && isOf(l, r.Device.Vendor) {
			reason.Kind, reason.Import = TooEarly, l.ImportID
		}
	}
	return reason
}
