package importer

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// errExpandsTooFar is the error for a member or archive that unpacks to far more than a voice history.
var errExpandsTooFar = errors.New("it expands to more than any voice history does")

// expansion counts the bytes that a file expands to, with all archives in it: a bomb may consist of archives
// that are harmless one by one.
type expansion struct {
	packed   int64 // bytes of the file
	expanded int64
	streamed int64 // bytes that were unpacked to find what is in it
}

// maxPacked caps claimed sizes, so that sums cannot overflow.
const maxPacked = 1 << 50

// maxStreamed is how many times the limit may be unpacked to skip members that are refused: deflate
// compresses at most a thousandfold.
const maxStreamed = 6

func (x *expansion) limit() int64 {
	return max(ratioFreeBytes, min(x.packed, maxPacked)*maxRatio)
}

// room returns how many bytes may still be unpacked.
func (x *expansion) room() int64 { return x.limit() - x.expanded }

// share returns how many of them one member may take while its neighbours, which need room too, are not
// known yet.
func (x *expansion) share() int64 { return x.room() / 2 }

// grow counts bytes that a part of the file claims to expand to, unless they exceed the room.
func (x *expansion) grow(by int64) error {
	if by > x.room() {
		return fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, x.packed, x.expanded+min(by, maxPacked))
	}
	x.expanded += by
	return nil
}

// stream limits how much may be unpacked from r, a part of the file.
func (x *expansion) stream(r io.Reader) io.Reader { return &expansionReader{x, r} }

type expansionReader struct {
	x *expansion
	r io.Reader
}

func (e *expansionReader) Read(p []byte) (int, error) {
	if e.x.streamed/maxStreamed > e.x.limit() {
		return 0, errExpandsTooFar
	}
	n, err := e.r.Read(p)
	e.x.streamed += int64(n)
	return n, err
}

// zipSizes adds up the sizes that the members of a zip claim, to tell bombs from the others.
type zipSizes struct {
	packed, plain int64     // of all; of those that expand within reason
	dense         [64]int64 // of the others, by the length of their size in bits
}

// isDense reports whether a member claims to expand beyond reason, as silence does, too.
func (e *zipEntry) isDense() bool { return e.size/maxRatio > e.packed }

func (s *zipSizes) add(e zipEntry) {
	s.packed = min(s.packed+min(e.packed, maxPacked), maxPacked)
	sum := &s.plain
	if e.isDense() {
		sum = &s.dense[bits.Len64(uint64(e.size))]
	}
	*sum = min(*sum+min(e.size, maxPacked), maxPacked)
}

// admit decides which members may be unpacked within room, and counts them: all that are not dense and the
// smallest of the dense ones, so that a bomb takes no room from its neighbours. Dense members of the returned
// size or more are refused.
func (s *zipSizes) admit(x *expansion, room int64) (refused int64, err error) {
	total := s.plain
	if total > room {
		return 0, fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, s.packed, total)
	}
	length := 0
	for ; length < len(s.dense) && s.dense[length] <= room-total; length++ {
		total += s.dense[length]
	}
	refused = math.MaxInt64
	if length < len(s.dense) {
		refused = 1 << max(length-1, 0)
	}
	return refused, x.grow(total)
}
