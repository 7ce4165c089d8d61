package store

import (
	"time"
)

// Incoming is a recording as a source of the importer hands it over.
type Incoming struct {
	Vendor     string
	Customer   string // the maker's id of the customer whose recording it is, "" if the export does not say
	Device     IncomingDevice
	Time       time.Time // the zero Time if unknown
	TimeFrom   TimeFrom
	VendorID   string   // the maker's own key of the entry, unique within the vendor; "" if none
	Aliases    []string // further identifiers, such as utteranceIds, which several entries may share
	FileName   string   // what it is known by where it has no identifier; it may be made of words, so that a purge forgets it
	Transcript string
	Reply      string
	People     []IncomingPerson
	Kind       string
	Domain     string
	Intent     string
	Skill      string
	Unintended bool
	Typed      bool
	Audio      *IncomingAudio

	// Clip is what the file is called that has its sound, as far as the record or the file tells; the sound itself may be
	// missing. Loose says that there is no record, and the recording is the clip alone.
	Clip  string
	Loose bool

	// Before is what an earlier import may have read in its place, nil for nothing: the columns of its table were
	// recognised in another way. It is corrected then.
	Before *Incoming

	// Occurrence tells apart recordings without an identifier that are alike in device, time
	// and words: 0 for the first of them in its member, 1 for the second, and so on.
	Occurrence int

	// List is the part of the export that it stands in; see [Listing].
	List Listing

	// Members account for the members of the export that belong to it alone, such as its sound.
	Members []MemberOutcome

	// Origin names the list that the recording stood in, such as a member of an archive. Two
	// entries of one list are two recordings, unless they have the same [Incoming.Identifier].
	Origin string
}

// Identifier returns what the recording is called by: the maker's own key of the entry, else its
// first other identifier, "" if it has none.
func (r *Incoming) Identifier() string {
	if r.VendorID == "" && len(r.Aliases) > 0 {
		return r.Aliases[0]
	}
	return r.VendorID
}

// Listing is a part of an export that leaves nothing out between its first and its last recording,
// such as a table; or as little as can be known of one.
type Listing struct {
	Name    string    // tells the lists of one export apart; it is not kept
	Product string    // of the maker, such as Gemini Apps; "" where it has only one
	Stamp   time.Time // when the maker says that it made the export, in the name of its archive; the zero Time if it does not
	Packed  time.Time // it was put into its archive no earlier than this, by the archive's clock; the zero Time if that is not known
	Own     bool      // unsaid wrote it
}

// IncomingDevice is a device as an export names it. Any field may be empty; all empty means
// that the export does not say which device it was.
type IncomingDevice struct {
	Serial string
	Type   string
	Name   string
	None   bool // the export does not say which device it was; Name is that of a product
}

// IncomingPerson is somebody the maker believes to have recognised.
type IncomingPerson struct {
	ID   string // the maker's identifier, "" if none
	Name string
}

// IncomingAudio is the sound of an incoming recording, as the bytes of the export.
type IncomingAudio struct {
	Data     []byte
	Format   string
	Duration time.Duration
	LinkedBy LinkedBy
}
