package mp3

import (
	"encoding/binary"
	"errors"
)

// Info describes a stream by its frame headers.
type Info struct {
	Header        // of the first frame
	Frames   int  // frames with sound
	Declared int  // number of frames according to the encoder's info frame; 0 without one
	Gaps     int  // places between frames with other bytes
	Cut      bool // the last frame is incomplete
	delay    int  // samples that the encoder added before the sound
	padding  int  // samples that it added after the sound
}

// ErrFreeFormat means that the frames of a stream do not say how long they are.
var ErrFreeFormat = errors.New("free-format MP3")

var errNoFrame = errors.New("the data contains no MP3 frame")

// decoderDelay is the delay of every decoder in samples, in addition to that of
// the encoder.
const decoderDelay = 528 + 1

// Starts reports whether data starts with a frame, followed by another frame of
// the same stream or by the end of data.
func Starts(data []byte) bool {
	first, ok := ParseHeader(data)
	switch {
	case !ok:
		return freeFormat(data)
	case first.size >= len(data):
		return first.size == len(data)
	}
	next, ok := ParseHeader(data[first.size:])
	return ok && next.sameStream(first)
}

// freeFormat reports whether data starts with free-format frames: the same header
// at equal distances.
func freeFormat(data []byte) bool {
	const longest = 4 << 10
	first, ok := parseAnyHeader(data)
	if !ok || first.size > 0 {
		return false
	}
	same := func(at int) bool {
		h, ok := parseAnyHeader(data[min(at, len(data)):])
		return ok && h.size == 0 && h.sameStream(first)
	}
	for d := first.sideStart() + first.sideSize(); d < min(longest, len(data)); d++ {
		if same(d) && (same(2*d) || same(2*d-1) || same(2*d+1)) {
			return true
		}
	}
	return false
}

// Scan counts the frames in data and skips other bytes between them. The caller
// skips tags before the first frame.
func Scan(data []byte) (Info, error) {
	if freeFormat(data) {
		return Info{}, ErrFreeFormat
	}
	w := &walk{data: data}
	for _, ok := w.next(); ok; _, ok = w.next() {
		w.info.Frames++
	}
	if w.info.Rate == 0 {
		return Info{}, errNoFrame
	}
	return w.info, nil
}

// walk iterates over the frames of a stream.
type walk struct {
	data []byte // the remaining data
	info Info
}

// next returns the next frame with sound.
func (w *walk) next() (frame []byte, ok bool) {
	first := w.info.Rate == 0
	at, h, ok := nextFrame(w.data, w.info.Header, !first)
	if !ok {
		return nil, false
	}
	if at > 0 && !first {
		w.info.Gaps++
	}
	w.data = w.data[at:]
	if h.size > len(w.data) {
		w.info.Cut = true
		w.data = nil
		return nil, false
	}
	frame, w.data = w.data[:h.size], w.data[h.size:]
	if first {
		w.info.Header = h
		if w.info.readInfoFrame(frame) {
			return w.next()
		}
	}
	return frame, true
}

// nextFrame finds the next frame of the stream. Directly after another frame, a
// header is enough. Elsewhere any four bytes can look like one, so a second header
// has to follow where the frame ends.
func nextFrame(data []byte, stream Header, known bool) (at int, h Header, ok bool) {
	for ; at+headerSize <= len(data); at++ {
		if data[at] != 0xff {
			continue
		}
		h, ok = ParseHeader(data[at:])
		if !ok || known && !h.sameStream(stream) {
			continue
		}
		if at == 0 && known || at+h.size == len(data) {
			return at, h, true
		}
		next, ok := ParseHeader(data[min(at+h.size, len(data)):])
		if ok && next.sameStream(h) {
			return at, h, true
		}
	}
	return 0, Header{}, false
}

// readInfoFrame reports whether the frame is an encoder's info frame, which has no
// sound, and reads it. It is recognised by a word after the side information. The
// fields are those of Xing and LAME.
func (i *Info) readInfoFrame(frame []byte) bool {
	const vbriAt, frameCount = headerSize + 32, 1
	if hasAt(frame, vbriAt, "VBRI") {
		if len(frame) >= vbriAt+18 {
			i.Declared = int(binary.BigEndian.Uint32(frame[vbriAt+14:]))
		}
		return true
	}
	at := headerSize + i.sideSize()
	if !hasAt(frame, at, "Xing") && !hasAt(frame, at, "Info") {
		return false
	}
	tag := frame[at:]
	if len(tag) < 12 {
		return true
	}
	flags, rest := binary.BigEndian.Uint32(tag[4:]), tag[8:]
	if flags&frameCount != 0 {
		i.Declared = int(binary.BigEndian.Uint32(rest))
	}
	for bit, size := range []int{4, 4, 100, 4} { // frames, bytes, seek points, quality
		if flags>>bit&1 == 1 {
			rest = rest[min(size, len(rest)):]
		}
	}
	const delaysAt = 21 // after the encoder's name and settings
	if len(rest) >= delaysAt+3 && rest[0] != 0 {
		d := rest[delaysAt:]
		i.delay = int(d[0])<<4 | int(d[1])>>4
		i.padding = int(d[1]&15)<<8 | int(d[2])
	}
	return true
}

// span is the range of samples, over all frames, without those that the encoder
// and the decoder add before and after the sound. Without an info frame it is all.
func (i *Info) span() (from, to int) {
	all := i.Frames * i.Samples
	if i.delay+i.padding == 0 {
		return 0, all
	}
	from = min(i.delay+decoderDelay, all)
	if i.Cut || i.Frames < i.Declared {
		return from, all // the padding is missing
	}
	return from, max(from, all-max(0, i.padding-decoderDelay))
}

// Length is the number of samples per channel.
func (i *Info) Length() int {
	from, to := i.span()
	return to - from
}

// DeclaredLength is the Length of the complete stream, according to its info frame.
func (i *Info) DeclaredLength() int {
	whole := *i
	whole.Frames, whole.Cut = i.Declared, false
	return whole.Length()
}

func hasAt(data []byte, offset int, magic string) bool {
	return len(data) >= offset+len(magic) && string(data[offset:offset+len(magic)]) == magic
}
