package player

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// oggReader extracts the packets of the first logical stream from an Ogg stream
// (RFC 3533). It loses as little as possible to damage: a page with a wrong
// checksum is used if another page, or the end of the data, follows where it
// ends; otherwise it is skipped. If the data ends within a page, the complete
// packets of that page are used.
type oggReader struct {
	data    []byte // pages not read yet
	serial  uint32 // of the stream; valid once known is set
	known   bool
	table   []byte // sizes of the page's remaining segments
	body    []byte // those segments
	granule int64  // position of the page, in the codec's units; -1 if no packet ends on it
	partial []byte // start of a packet that continues on the next page
	damage  int    // places with missing or corrupt packets
	cut     bool   // the data ends within a page
	ended   bool   // the page marked as the last was read
}

// oggPacket is a packet. granule is the position at its end if it is the last
// packet of its page, otherwise -1.
type oggPacket struct {
	data    []byte
	granule int64
}

const (
	oggHeader    = 27
	oggContinued = 1 // flags of a page
	oggLast      = 4
)

// next returns the next packet. Its data stays valid and must not be changed.
func (r *oggReader) next() (p oggPacket, ok bool) {
	for {
		size := 0
		for i, segment := range r.table {
			size += int(segment)
			if size > len(r.body) {
				break
			}
			if segment == 255 {
				continue
			}
			p = oggPacket{r.body[:size:size], -1}
			if len(r.partial) > 0 {
				p.data, r.partial = append(r.partial, p.data...), nil
			}
			r.body, r.table = r.body[size:], r.table[i+1:]
			if bytes.Count(r.table, []byte{255}) == len(r.table) {
				p.granule = r.granule
			}
			return p, true
		}
		if size > 0 {
			r.partial = append(r.partial, r.body[:min(size, len(r.body))]...)
		}
		r.table = nil
		if !r.page() {
			return oggPacket{}, false
		}
	}
}

// page advances to the next page of the stream.
func (r *oggReader) page() bool {
	broken, skipped := false, false
	for {
		at := bytes.Index(r.data, []byte("OggS"))
		if at < 0 || len(r.data) < at+oggHeader+int(r.data[min(at+oggHeader, len(r.data))-1]) {
			r.cut = r.cut || at >= 0
			if broken {
				r.lose()
			}
			return false
		}
		skipped = skipped || at > 0 && r.known
		page := r.data[at:]
		body := oggHeader + int(page[oggHeader-1])
		size := body
		for _, segment := range page[oggHeader:body] {
			size += int(segment)
		}
		whole := size <= len(page)
		if whole && oggChecksum(page[:size]) != binary.LittleEndian.Uint32(page[22:]) {
			if len(page) > size && !hasAt(page, size, "OggS") {
				broken, r.data = true, page[body:]
				continue
			}
			r.damage++
		}
		size = min(size, len(page))
		r.data = page[size:]
		serial := binary.LittleEndian.Uint32(page[14:])
		if r.known && serial != r.serial {
			continue // a page of another stream
		}
		if broken || skipped {
			r.lose()
		}
		r.serial, r.known = serial, true
		r.granule = int64(binary.LittleEndian.Uint64(page[6:]))
		r.cut, r.ended = !whole, whole && page[5]&oggLast != 0
		r.table, r.body = page[oggHeader:body], page[body:size]
		r.join(page[5]&oggContinued != 0)
		return true
	}
}

// join reconciles the partial packet of the last page with the start of this one.
func (r *oggReader) join(continued bool) {
	if !continued {
		if len(r.partial) > 0 {
			r.lose()
		}
		return
	}
	if len(r.partial) > 0 {
		return
	}
	for len(r.table) > 0 { // skip the end of a packet whose start is missing
		segment := int(r.table[0])
		r.table, r.body = r.table[1:], r.body[min(segment, len(r.body)):]
		if segment < 255 {
			return
		}
	}
}

func (r *oggReader) lose() {
	r.damage++
	r.partial = nil
}

// oggChecksum is the CRC-32 of a page with its checksum field set to zero. It
// uses the usual polynomial, most significant bit first, without inversion.
func oggChecksum(page []byte) uint32 {
	var crc uint32
	for i, b := range page {
		if i >= 22 && i < 26 {
			b = 0
		}
		crc = crc<<8 ^ oggChecksums[byte(crc>>24)^b]
	}
	return crc
}

var oggChecksums = func() (table [256]uint32) {
	for i := range table {
		crc := uint32(i) << 24
		for range 8 {
			high := crc >> 31
			crc = crc<<1 ^ high*0x04c11db7
		}
		table[i] = crc
	}
	return table
}()

var errNoOgg = errors.New("the data contains no complete Ogg page")

// collectPackets decodes the remaining packets into the clip, whose rate and
// channels are already set. The stream's positions count frames at that rate;
// skip is the number of frames that the codec produces before the sound starts.
func (c *Clip) collectPackets(r *oggReader, skip int, decode func(packet []byte) ([]float32, error)) {
	bad := 0
	start, end := int64(0), int64(-1) // positions of the first decoded frame and after the last
	for {
		p, ok := r.next()
		if !ok {
			break
		}
		samples, err := guard(decode, p.data)
		if err != nil {
			bad++
			continue
		}
		if len(c.samples)+len(samples) > maxSamples {
			c.note = c.tooLong()
			break
		}
		for _, s := range samples {
			c.samples = append(c.samples, sanitize(s))
		}
		if p.granule >= 0 {
			if end < 0 && !r.ended {
				start = p.granule - int64(c.frames())
			}
			end = p.granule
		}
	}
	c.trim(int64(skip)-min(start, 0), end-start)
	if c.note == "" {
		c.note = r.note(bad)
	}
}

// note is the clip's note about a stream in which bad packets failed to decode.
func (r *oggReader) note(bad int) string {
	switch {
	case r.damage+bad > 0:
		return damagedIn(r.damage + bad)
	case r.cut:
		return "cut short: the end of the stream is missing"
	case !r.ended:
		return "the stream has no end mark: it may be cut short"
	}
	return ""
}

// trim keeps the frames in [from, to), limited to those that exist.
func (c *Clip) trim(from, to int64) {
	frames := int64(c.frames())
	if to < 0 || to > frames {
		to = frames
	}
	from = min(max(from, 0), to)
	c.samples = c.samples[from*int64(c.channels) : to*int64(c.channels)]
}

// guard decodes one packet and returns a panic of the decoder as an error.
func guard(decode func([]byte) ([]float32, error), packet []byte) (samples []float32, err error) {
	defer func() {
		if r := recover(); r != nil {
			samples, err = nil, fmt.Errorf("%v", r)
		}
	}()
	return decode(packet)
}
