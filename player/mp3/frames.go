package mp3

import (
	"encoding/binary"
	"errors"
)

// Info is what walking through a stream's frames tells, without decoding them.
type Info struct {
	Header        // of the first frame
	Frames   int  // with sound in them
	Promised int  // frames an encoder's table of contents says there are, 0 if there is none
	Gaps     int  // places with bytes that are no frame, between frames
	Cut      bool // the last frame is not whole
	delay    int  // samples the encoder put before the sound
	padding  int  // samples it put behind
}

// ErrFreeFormat tells a stream whose frames do not say how long they are.
var ErrFreeFormat = errors.New("free-format MP3")

var errNoFrame = errors.New("no MP3 frame")

// decoderDelay is how many samples later than it went into the encoder a sound
// comes out of any decoder, in addition to the encoder's delay.
const decoderDelay = 528 + 1

// Starts reports whether data starts with a frame that another one of the same
// stream, or the end of data, follows.
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

// freeFormat reports whether data starts with frames of a free format: the same
// header again and again, at equal distances.
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

// Scan walks the frames in data, over what is none between them. Tags before
// the first frame are the caller's to skip.
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

// walk goes from frame to frame.
type walk struct {
	data []byte // what is not walked yet
	info Info
}

// next returns the next frame with sound in it.
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
		if w.info.readContents(frame) {
			return w.next()
		}
	}
	return frame, true
}

// nextFrame finds the next frame of the stream. Right behind another one a
// header is enough; elsewhere, where any four bytes can look like one, a second
// has to follow.
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

// readContents reads an encoder's table of contents, which is a frame without
// sound that a word behind the side information marks, and reports whether the
// frame is one. The fields are those of Xing's and LAME's tag.
func (i *Info) readContents(frame []byte) bool {
	const vbriAt, frameCount = headerSize + 32, 1
	if hasAt(frame, vbriAt, "VBRI") {
		if len(frame) >= vbriAt+18 {
			i.Promised = int(binary.BigEndian.Uint32(frame[vbriAt+14:]))
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
		i.Promised = int(binary.BigEndian.Uint32(rest))
	}
	for bit, size := range []int{4, 4, 100, 4} { // frames, bytes, seek points, quality
		if flags>>bit&1 == 1 {
			rest = rest[min(size, len(rest)):]
		}
	}
	const delaysAt = 21 // behind the encoder's name and settings
	if len(rest) >= delaysAt+3 && rest[0] != 0 {
		d := rest[delaysAt:]
		i.delay = int(d[0])<<4 | int(d[1])>>4
		i.padding = int(d[1]&15)<<8 | int(d[2])
	}
	return true
}

// span is which samples of all frames' are sound: without those that encoder and
// decoder put before and behind it, as far as the encoder tells.
func (i *Info) span() (from, to int) {
	all := i.Frames * i.Samples
	if i.delay+i.padding == 0 {
		return 0, all
	}
	from = min(i.delay+decoderDelay, all)
	if i.Cut || i.Frames < i.Promised {
		return from, all // the padding is not there
	}
	return from, max(from, all-max(0, i.padding-decoderDelay))
}

// Length is how many samples of each channel the sound has.
func (i *Info) Length() int {
	from, to := i.span()
	return to - from
}

// PromisedLength is what Length would be if all promised frames were there.
func (i *Info) PromisedLength() int {
	whole := *i
	whole.Frames, whole.Cut = i.Promised, false
	return whole.Length()
}

func hasAt(data []byte, offset int, magic string) bool {
	return len(data) >= offset+len(magic) && string(data[offset:offset+len(magic)]) == magic
}
