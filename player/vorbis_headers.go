package player

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// The Vorbis decoder trusts what a stream's headers say: a crafted one makes it
// ask for terabytes, which no recover catches, or go round in a code book
// for ever. checkVorbis reads those headers first and refuses such a stream. The
// format is that of the Vorbis I specification; section numbers are its.

// maxCodebook bounds the values in one code book. Encoders make some ten thousand.
const maxCodebook = 1 << 20

var errVorbisHeader = errors.New("its headers are damaged")

// checkVorbis refuses a stream whose first three packets are not sound headers.
func checkVorbis(packets [3][]byte) error {
	for i, kind := range []string{"\x01vorbis", "\x03vorbis", "\x05vorbis"} {
		if !hasAt(packets[i], 0, kind) {
			return errVorbisHeader
		}
		packets[i] = packets[i][len(kind):]
	}
	if !soundIdentification(packets[0]) || !soundComments(packets[1]) || !soundCodebooks(packets[2]) {
		return errVorbisHeader
	}
	return nil
}

// soundIdentification checks channels and block sizes (§4.2.2).
func soundIdentification(h []byte) bool {
	if len(h) < 23 {
		return false
	}
	small, large := h[21]&15, h[21]>>4
	return h[4] > 0 && h[4] <= 8 && small >= 6 && small <= large && large <= 13
}

// soundComments checks that every comment which is counted has room (§5.2.1).
func soundComments(h []byte) bool {
	for range 2 { // first the vendor's name, then the count, both 32 bits
		if len(h) < 4 {
			return false
		}
		n := uint64(binary.LittleEndian.Uint32(h))
		if n > uint64(len(h)-4) {
			return false
		}
		h = h[4+n:]
	}
	return true
}

// soundCodebooks checks all code books, which open the setup header (§4.2.4).
func soundCodebooks(h []byte) bool {
	r := &bitReader{data: h}
	for range r.read(8) + 1 {
		if !soundCodebook(r) || r.overrun {
			return false
		}
	}
	return true
}

// soundCodebook reads one code book (§3.2.1) and reports whether its size is
// reasonable and its code complete: then every walk down its tree ends.
func soundCodebook(r *bitReader) bool {
	if r.read(24) != 0x564342 {
		return false
	}
	dimensions, entries := uint64(r.read(16)), uint64(r.read(24))
	if dimensions == 0 || entries == 0 || dimensions*entries > maxCodebook {
		return false
	}
	if !completeCode(r, uint32(entries)) {
		return false
	}
	lookup := r.read(4)
	if lookup == 0 {
		return true
	}
	r.read(32) // smallest value
	r.read(32) // step
	width := int(r.read(4)) + 1
	r.read(1) // values add up
	values := dimensions * entries
	if lookup == 1 {
		values = uint64(math.Floor(math.Pow(float64(entries), 1/float64(dimensions))))
	}
	r.skip(int(values) * width)
	return lookup <= 2 && values > 0
}

// completeCode reads the lengths of a code's words and reports whether they make
// a full binary tree: the words' shares, 2^-length each, add up to one.
func completeCode(r *bitReader, entries uint32) bool {
	const whole = 1 << 32
	share := uint64(0)
	add := func(length, count uint32) { share += uint64(count) * (whole >> length) }
	if ordered := r.read(1) == 1; ordered {
		length := r.read(5) + 1
		for done := uint32(0); done < entries; length++ {
			count := r.read(bits.Len32(entries - done))
			if count > entries-done || length > 32 || r.overrun {
				return false
			}
			add(length, count)
			done += count
		}
		return share == whole
	}
	sparse := r.read(1) == 1
	for range entries {
		if !sparse || r.read(1) == 1 {
			add(r.read(5)+1, 1)
		}
		if r.overrun {
			return false
		}
	}
	return share == whole
}

// bitReader reads numbers from the low bits of each byte up (§2.1).
type bitReader struct {
	data    []byte
	at      int // in bits
	overrun bool
}

func (r *bitReader) read(n int) (v uint32) {
	if r.skip(n); r.overrun {
		return 0
	}
	for i := range n {
		at := r.at - n + i
		v |= uint32(r.data[at/8]>>(at%8)&1) << i
	}
	return v
}

func (r *bitReader) skip(n int) {
	if n > len(r.data)*8-r.at {
		r.at, r.overrun = len(r.data)*8, true
		return
	}
	r.at += n
}
