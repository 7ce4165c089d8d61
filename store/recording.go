package store

import (
	"time"
)

// TimeFrom says how a recording's time was obtained, best first.
type TimeFrom string

// How a recording's time was obtained.
const (
	TimeExact      TimeFrom = "exact"      // a time field of the export
	TimeIdentifier TimeFrom = "identifier" // read out of the maker's identifier
	TimeName       TimeFrom = "name"       // read out of a file name
	TimeModified   TimeFrom = "mtime"      // a file's modification time
	TimeUnknown    TimeFrom = "unknown"    // nothing said when; Time is the zero Unix time
)

// LinkedBy says which rule joined a recording with its audio.
type LinkedBy string

// The rules that join a recording with its audio, surest first.
const (
	LinkedByName       LinkedBy = "name"       // the record names the file
	LinkedByIdentifier LinkedBy = "identifier" // the file's name carries the record's identifier
	LinkedByTime       LinkedBy = "time"       // same device, times within a few seconds
)

// State is where a recording is in its life here: live, then trashed, then purged.
// What the maker holds is another matter; see [RequestStatus].
type State string

// The states of a recording.
const (
	Live    State = "live"
	Trashed State = "trashed"
	Purged  State = "purged"
)

// Vendor names, as they stand in the database and in JSON.
const (
	Amazon        = "amazon"
	Google        = "google"
	OVOS          = "ovos"
	HomeAssistant = "home-assistant"
	Files         = "files"
)

// Recording is one entry of the voice history.
type Recording struct {
	ID         int64 // ordered by time, see [MakeID]
	Time       time.Time
	TimeFrom   TimeFrom
	Device     Device
	Transcript string // what was said, "" if the export had no text
	Reply      string
	People     []string
	Kind       string // the maker's own word for it, "" if none
	Domain     string
	Intent     string
	Skill      string
	Unintended bool // the assistant woke or recorded though nobody meant it to
	Typed      bool // typed, not spoken
	Audio      *Audio
	VendorID   string // the maker's identifier, see [Incoming.Identifier]; "" if none
	State      State
	DeletionID int64         // the deletion that trashed it, 0 if live
	Request    RequestStatus // of the newest erasure request it is part of
}

// Audio describes a recording's sound; the bytes are read with [DB.AudioData].
type Audio struct {
	ID       int64
	Format   string // "wav", "mp3", … by content, not by suffix
	Bytes    int64
	Duration time.Duration // 0 if the header does not tell
	SHA256   string        // lower-case hex
	LinkedBy LinkedBy
}

// Incoming is a recording as a source of the importer hands it over.
type Incoming struct {
	Vendor     string
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
	Name   string    // tells the lists of one export apart; it is not kept
	Packed time.Time // it was put into its archive no earlier than this; the zero Time if that is not known
}

// IncomingDevice is a device as an export names it. Any field may be empty; all empty means
// that the export does not say which device it was.
type IncomingDevice struct {
	Serial string
	Type   string
	Name   string
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

// idBits is how many low bits of an id tell recordings of the same millisecond apart.
const idBits = 20

// firstKnown is the first id of a known time: ids of recordings of unknown time begin at 0.
const firstKnown = int64(1) << idBits

// MakeID returns the id of the recording at t: Unix milliseconds in the high bits, so that the
// order of ids is the order of time, and a disambiguator in the low 20 bits.
func MakeID(t time.Time, disambiguator uint32) int64 {
	return t.UnixMilli()<<idBits | int64(disambiguator&(1<<idBits-1))
}

// IDTime returns the time that an id stands for, in UTC, to the millisecond.
func IDTime(id int64) time.Time {
	return time.UnixMilli(id >> idBits).UTC()
}
