package importer

import (
	"errors"
	"fmt"
)

// errExpandsTooFar refuses an archive that unpacks to more than it could in good faith.
var errExpandsTooFar = errors.New("it expands beyond what any voice history does")

// expansion counts what one file of the disk expands to, with all archives within it: a bomb may
// be made of archives each of which is harmless.
type expansion struct {
	packed   int64 // bytes of the file
	expanded int64
}

// room returns how many bytes may still be unpacked.
func (x *expansion) room() int64 {
	return max(ratioFreeBytes, min(x.packed, maxPacked)*maxRatio) - x.expanded
}

// maxPacked keeps sizes that are claimed from overflowing.
const maxPacked = 1 << 50

// grow counts bytes that a part of the file claims to expand to.
func (x *expansion) grow(by int64) error {
	if by > x.room() {
		return fmt.Errorf("%w: %d bytes claim to be %d", errExpandsTooFar, x.packed, x.expanded+min(by, maxPacked))
	}
	x.expanded += by
	return nil
}
