package player

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// The Vorbis decoder trusts a stream's headers: a crafted header makes it allocate
// terabytes, which recover does not catch, or search a codebook forever.
// checkVorbis reads the headers first and rejects such a stream. Section numbers
// refer to the Vorbis I specification.

// maxCodebook bounds the values in one codebook. Encoders write about ten thousand.
const maxCodebook = 1 << 20

var errVorbisHeader = errors.New("the headers are damaged")

// checkVorbis returns an error unless the first three packets are valid headers.
func checkVorbis(packets [3][]byte) error {
	for i, kind := range []string{"\x01vorbis", "\x03vorbis", "\x05vorbis"} {
		if !hasAt(packets[i], 0, kind) {
			return errVorbisHeader
		}
		packets[i] = packets[i][len(kind):]
	}
	if !validIdentification(packets[0]) || !validComments(packets[1]) || !validCodebooks(packets[2]) {
		return errVorbisHeader
	}
	return nil
}

// validIdentification checks channels and block sizes (§4.2.2).
func validIdentification(h []byte) bool {
	if len(h) < 23 {
		return false
	}
	small, large := h[21]&15, h[21]>>4
	return h[4] > 0 && h[4] <= 8 && small >= 6 && small <= large && large <= 13
}

// validComments checks that the header has room for all its comments (§5.2.1).
func validComments(h []byte) bool {
	for range 2 { // the length of the vendor's name, then the number of comments, each 32 bits
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

// validCodebooks checks all codebooks at the start of the setup header (§4.2.4).
func validCodebooks(h []byte) bool {
	r := &bitReader{data: h}
	for range r.read(8) + 1 {
		if !validCodebook(r) || r.overrun {
			return false
		}
	}
	return true
}

// validCodebook reads one codebook (§3.2.1) and reports whether its size is
// reasonable and its code complete, so that every search in its tree ends.
func validCodebook(r *bitReader) bool {
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
	r.read(32) // minimum value
	r.read(32) // delta value
	width := int(r.read(4)) + 1
	r.read(1) // whether the values are cumulative
	values := dimensions * entries
	if lookup == 1 {
		values = uint64(math.Floor(math.Pow(float64(entries), 1/float64(dimensions))))
	}
	r.skip(int(values) * width)
	return lookup <= 2 && values > 0
}

// completeCode reads the lengths of the codewords and reports whether they form a
// full binary tree: the sum of 2^-length over all words is one.
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

// bitReader reads numbers, starting with the low bits of each byte (§2.1).
type bitReader struct {
	data    []byte
	at      int // position in bits
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
