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
	TooEarly      ReasonKind = "too-early"      // the export was imported before the request was sent
	NotLater      ReasonKind = "not-later"      // the export may be older than the request
	InOlderPart   ReasonKind = "in-older-part"  // a list of the same import, which may be older than the request, contains it
	InDoubt       ReasonKind = "in-doubt"       // the export has a possible match: same moment, no identifier
	MayBeIt       ReasonKind = "may-be-it"      // the export has another recording that may be it
	NotWhole      ReasonKind = "not-whole"      // something that may hold recordings was missing or not read
	NoTime        ReasonKind = "no-time"        // the time of the recording is unknown
	NoDevice      ReasonKind = "no-device"      // the export has nothing from the device, and may not be of the whole account
	NothingBefore ReasonKind = "nothing-before" // the export starts later
	NothingAfter  ReasonKind = "nothing-after"  // the export ends earlier
	InGap         ReasonKind = "in-gap"         // the lists of the export are from before and after that time
	NotThatKind   ReasonKind = "not-that-kind"  // it was made by mistake, and the export has none of these
	Renamed       ReasonKind = "renamed"        // the export lacks the device, and has a new one
)

// Reason is why the outcome of some recordings is unknown.
type Reason struct {
	Kind       ReasonKind
	Import     int64  // the newest export that might have proved something; 0 if there is none
	Export     int64  // that export
	Recording  int64  // for MayBeIt, the recording
	Other      int64  // and the one that may be it
	SentOn     string // local day
	Time       string // local time when the export starts or ends, or of Other, formatted for people
	Device     bool   // whether the export has recordings of the device
	Recordings int    // number of recordings with this reason
}

// Sentence says in English, without a full stop, what is unknown and why.
func (r Reason) Sentence() string {
	switch r.Kind {
	case NoExport:
		return fmt.Sprintf("an export made after %s will tell what has become of it", readableDay(r.SentOn))
	case TooEarly:
		return fmt.Sprintf("%s; an export made after that will tell what has become of it", r)
	}
	return fmt.Sprintf("cannot tell of %s: %s", recordingCount(r.Recordings), r)
}

// Settle is what the user can do so that the outcome becomes known.
type Settle string

// What settles an unknown outcome.
const (
	ImportNewer   Settle = "import-newer"   // import an export that the maker makes now
	SayMadeOn     Settle = "say-made-on"    // say when the export was made
	SayComplete   Settle = "say-complete"   // say that the export is all that the account has
	ImportAgain   Settle = "import-again"   // import what was not read, or the newer part alone
	CompareBoth   Settle = "compare"        // say whether the two are one recording
	ImportWithIDs Settle = "import-with-id" // import an export that has the maker's identifiers
)

// Settles returns what would settle it.
func (r Reason) Settles() Settle {
	switch r.Kind {
	case NotLater:
		return SayMadeOn
	case InOlderPart, NotWhole:
		return ImportAgain
	case InDoubt, NoTime:
		return ImportWithIDs
	case MayBeIt:
		return CompareBoth
	case NoDevice, NothingBefore, NothingAfter, InGap, NotThatKind, Renamed:
		return SayComplete
	}
	return ImportNewer
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
		return fmt.Sprintf("%s does not count, since it was imported before the request was sent on %s", export, readableDay(r.SentOn))
	case NotLater:
		return fmt.Sprintf("no export that is known to be made after the request was sent was imported; nothing in %s is newer than %s",
			export, readableDay(r.SentOn))
	case InOlderPart:
		return fmt.Sprintf("a part of %s has it, which may have been made before the request was sent; import the newer part alone", export)
	case InDoubt:
		return fmt.Sprintf("%s has something of that moment without an identifier, which may be it as well as another recording", export)
	case MayBeIt:
		return fmt.Sprintf("%s has one of %s, which may be it under another time, device or wording", export, r.Time)
	case NotThatKind:
		return fmt.Sprintf("it was made by mistake, and %s has no such recording at all", export)
	case Renamed:
		return fmt.Sprintf("%s has nothing from that device, but something from a new one, which may be the same under another name", export)
	case NotWhole:
		return fmt.Sprintf("not all of %s was there and could be read, and the rest may hold it", export)
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
		if l.ImportID > max(r.After, reason.Import) && l.Vendor == r.Device.Vendor && l.Account == r.Device.Account.ID {
			reason.Kind, reason.Import = TooEarly, l.ImportID
		}
	}
	return reason
}
