package importer

import (
	"hash/maphash"
	"time"

	"unsaid/store"
)

// occurrences tells recordings without an identifier apart, within one member.
type occurrences struct {
	member string
	seed   maphash.Seed
	seen   map[uint64]uint32
}

func occurrencesIn(m *member) *occurrences {
	return &occurrences{member: m.path, seed: maphash.MakeSeed(), seen: map[uint64]uint32{}}
}

// mark notes on a recording in which list it stands and, if it has no identifier, how many like
// it came before.
func (o *occurrences) mark(rec *store.Incoming) {
	rec.Origin = o.member
	if rec.Identifier() != "" {
		return
	}
	key := maphash.Comparable(o.seed, struct {
		device store.IncomingDevice
		at     time.Time
		words  string
	}{rec.Device, rec.Time.UTC(), rec.Transcript})
	rec.Occurrence = int(o.seen[key])
	o.seen[key]++
}
