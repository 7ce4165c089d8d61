package importer

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
)

// errExpandsTooFar refuses what unpacks to more than it could in good faith.
var errExpandsTooFar = errors.New("it expands beyond what any voice history does")

// expansion counts what one file of the disk expands to, with all archives within it: a bomb may
// be made of archives each of which is harmless.
type expansion struct {
	packed   int64 // bytes of the file
	expanded int64
	streamed int64 // bytes that were unpacked to find what is in it
}

// maxPacked keeps sizes that are claimed from overflowing.
const maxPacked = 1 << 50

// maxStreamed is how many times the limit may be unpacked to get past what is refused: deflating
// makes at most a thousandth of anything.
const maxStreamed = 6

func (x *expansion) limit() int64 {
	return max(ratioFreeBytes, min(x.packed, maxPacked)*maxRatio)
}

// room returns how many bytes may still be unpacked.
func (x *expansion) room() int64 { return x.limit() - x.expanded }

// share returns how many of them a single member may take whose neighbours are not known yet: they
// need room, too.
func (x *expansion) share() int64 { return x.room() / 2 }

// grow counts bytes that a part of the file claims to expand to.
func (x *expansion) grow(by int64) error {
	if by > x.room() {
		return fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, x.packed, x.expanded+min(by, maxPacked))
	}
	x.expanded += by
	return nil
}

// stream limits what may be unpacked of r, which is part of the file.
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

// zipSizes sums up what the members of a zip claim, to tell the bombs among them from the others.
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

// admit counts what may be unpacked, within room: all that expands within reason, and of the rest
// the smallest, so that a bomb does not take the place of its neighbours. It returns the size
// from which on a member that [zipEntry.isDense] is refused.
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
