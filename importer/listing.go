package importer

import (
	"path"
	"regexp"
	"time"

	"unsaid/store"
)

// zipZones is how far the clock of a zip, which has no time zone, may be ahead of UTC.
const zipZones = 14 * time.Hour

// takeoutStamp is when Google made a Takeout, in UTC, as it writes it into the names of its parts.
var takeoutStamp = regexp.MustCompile(`(?i)takeout-(\d{8}T\d{6}Z)`)

// listing returns the list of the export that a recording of the given origin stands in: the
// member, or its folder where each member is one recording.
func (in *Input) listing(rec *store.Incoming) store.Listing {
	l := store.Listing{Name: rec.Origin, Own: rec.List.Own}
	if rec.Vendor == store.Google {
		l.Product = productNamed(rec.Domain)
	}
	m := in.member(rec.Origin)
	if m == nil {
		return l
	}
	l.Name, l.Packed = m.path, in.packed(m)
	if stamp := takeoutStamp.FindStringSubmatch(in.root + "/" + m.path); stamp != nil && rec.Vendor == store.Google {
		l.Stamp, _ = time.Parse("20060102T150405Z", stamp[1]) // the zero Time for digits that are not a date
	}
	if m.content == contentAudio || rec.Vendor != store.Amazon && rec.Vendor != store.Google {
		l.Name = path.Dir(m.path)
	}
	return l
}

// packed returns a moment before which the member was not put into its archive: when it was last
// written, as the archive says. Of a file outside of archives it is the zero Time, since copying
// gives it another time. Nothing can tell an archive that somebody packed from such copies.
func (in *Input) packed(m *member) time.Time {
	written := time.Unix(m.modTime, 0).UTC()
	switch m.src.(type) {
	case *zipMember:
		return written.Add(-zipZones)
	case section:
		return written
	}
	return time.Time{}
}
