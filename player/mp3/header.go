package mp3

// Header is the content of the four bytes at the start of a frame (§2.4.2.3).
type Header struct {
	Version  Version
	Rate     int // samples per second
	Channels int // 1 or 2
	Samples  int // per channel and frame
	size     int // bytes, including the header; 0 in a free-format stream
	padding  int // 0 or 1 byte, part of the size
	checked  bool
	midSide  bool
	intense  bool
	bands    int // row in the tables of scale factor bands
}

// Version is the generation of the format.
type Version int

// The generations. MPEG 2 halves the sampling rates and has one granule per frame
// instead of two; MPEG 2.5 halves the rates again.
const (
	MPEG1 Version = iota
	MPEG2
	MPEG25
)

const headerSize = 4

// ParseHeader reads a frame header at the start of data. ok is false if there is
// none, or if it is that of a free-format frame, which does not say its size.
func ParseHeader(data []byte) (h Header, ok bool) {
	h, ok = parseAnyHeader(data)
	return h, ok && h.size > 0
}

func parseAnyHeader(data []byte) (h Header, ok bool) {
	const layer3 = 0x02
	if len(data) < headerSize || data[0] != 0xff || data[1]&0xe6 != 0xe0|layer3 {
		return Header{}, false
	}
	rateIndex, bitRate := int(data[2]>>2&3), int(data[2]>>4)
	if rateIndex == 3 || bitRate == 15 || data[3]&3 == 2 {
		return Header{}, false
	}
	switch data[1] >> 3 & 3 {
	case 3:
		h.Version = MPEG1
	case 2:
		h.Version = MPEG2
	case 0:
		h.Version = MPEG25
	default:
		return Header{}, false
	}
	h.Rate = [3]int{44100, 48000, 32000}[rateIndex] >> h.Version
	h.bands = int(h.Version)*3 + rateIndex
	h.Samples = h.granules() * granuleLines
	h.Channels = 2
	h.checked = data[1]&1 == 0
	h.padding = int(data[2] >> 1 & 1)
	switch mode := data[3] >> 6; mode {
	case 1: // joint stereo
		h.intense, h.midSide = data[3]>>4&1 == 1, data[3]>>5&1 == 1
	case 3:
		h.Channels = 1
	}
	if kbit := h.kbit(bitRate); kbit > 0 {
		h.size = h.Samples/8*kbit*1000/h.Rate + h.padding
	}
	return h, true
}

func (h Header) kbit(index int) int {
	if h.Version == MPEG1 {
		return [15]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}[index]
	}
	return [15]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}[index]
}

// granules is the number of granules of 576 samples in a frame.
func (h Header) granules() int {
	if h.Version == MPEG1 {
		return 2
	}
	return 1
}

// sideSize is the size of the side information, in bytes.
func (h Header) sideSize() int {
	switch {
	case h.Version == MPEG1 && h.Channels == 2:
		return 32
	case h.Version == MPEG1 || h.Channels == 2:
		return 17
	}
	return 9
}

// sideStart is the offset of the side information in the frame.
func (h Header) sideStart() int {
	if h.checked {
		return headerSize + 2 // after a checksum, which is ignored
	}
	return headerSize
}

// sameStream reports whether frames with these headers can be in one stream.
func (h Header) sameStream(other Header) bool {
	return h.bands == other.bands && h.Channels == other.Channels
}
