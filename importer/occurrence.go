package importer

import (
	"hash/maphash"

	"unsaid/store"
)

// occurrences counts, within one member, the recordings that no identifier tells apart.
type occurrences struct {
	seed maphash.Seed
	seen map[uint64]uint32
}

// next returns how many recordings like rec came before it: 0 for one with an identifier.
func (o *occurrences) next(rec store.Incoming) int {
	if rec.VendorID != "" {
		return 0
	}
	if o.seen == nil {
		o.seed, o.seen = maphash.MakeSeed(), map[uint64]uint32{}
	}
	var h maphash.Hash
	h.SetSeed(o.seed)
	for _, s := range []string{rec.Device.Serial, rec.Device.Type, rec.Device.Name, rec.Time.String(), rec.Transcript} {
		h.WriteString(s)
		h.WriteByte(0)
	}
	key := h.Sum64()
	n := o.seen[key]
	o.seen[key]++
	return int(n)
}
