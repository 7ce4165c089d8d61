package player

import (
	"errors"
	"fmt"
	"time"
)

// mp3Frame is what the four header bytes of an MPEG audio Layer III frame tell
// (ISO/IEC 11172-3 §2.4.2.3, ISO/IEC 13818-3; MPEG 2.5 halves the rates again).
type mp3Frame struct {
	version int // 10, 20 or 25 for MPEG 1, 2 and 2.5
	rate    int // samples a second
	kbit    int // kilobits a second
	padding int // 0 or 1 byte
	samples int // a channel
	size    int // bytes, header included
}

// parseMP3Frame reads a frame header at the start of data.
func parseMP3Frame(data []byte) (mp3Frame, bool) {
	if len(data) < 4 || data[0] != 0xff || data[1]&0xe6 != 0xe2 {
		return mp3Frame{}, false
	}
	bitRate, sampleRate := int(data[2]>>4), int(data[2]>>2&3)
	if bitRate == 0 || bitRate == 15 || sampleRate == 3 {
		return mp3Frame{}, false // free format, or no frame at all
	}
	f := mp3Frame{padding: int(data[2] >> 1 & 1), rate: [3]int{44100, 48000, 32000}[sampleRate]}
	lowRates := [15]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	switch data[1] >> 3 & 3 {
	case 3:
		rates := [15]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
		f.version, f.samples, f.kbit = 10, 1152, rates[bitRate]
	case 2:
		f.version, f.samples, f.kbit, f.rate = 20, 576, lowRates[bitRate], f.rate/2
	case 0:
		f.version, f.samples, f.kbit, f.rate = 25, 576, lowRates[bitRate], f.rate/4
	default:
		return mp3Frame{}, false
	}
	f.size = f.samples/8*f.kbit*1000/f.rate + f.padding
	return f, true
}

// startsMP3 reports whether data starts with an MP3 frame that another one of
// the same kind, or the end, follows.
func startsMP3(data []byte) bool {
	first, ok := parseMP3Frame(data)
	if !ok || first.size > len(data) {
		return false
	}
	if first.size == len(data) {
		return true
	}
	next, ok := parseMP3Frame(data[first.size:])
	return ok && next.version == first.version && next.rate == first.rate
}

// skipInfoFrame skips a first frame that holds no sound but an encoder's table
// of contents, named by a word behind the side information.
func skipInfoFrame(data []byte) []byte {
	f, ok := parseMP3Frame(data)
	if !ok || f.size > len(data) {
		return data
	}
	mono := data[3]>>6 == 3
	at := 4 + 32
	if mono || f.version != 10 {
		at = 4 + 17
	}
	if mono && f.version != 10 {
		at = 4 + 9
	}
	frame := data[:f.size]
	if hasAt(frame, at, "Xing") || hasAt(frame, at, "Info") || hasAt(frame, 4+32, "VBRI") {
		return data[f.size:]
	}
	return data
}

// mp3Scan is what walking the frame headers of an MP3 stream tells.
type mp3Scan struct {
	first    mp3Frame
	duration time.Duration // of all frames, the encoder's silence at either end included
	misread  bool          // the decoder would get frame sizes wrong
}

// scanMP3 walks the frames from the start of data to the first thing that is none.
func scanMP3(data []byte) mp3Scan {
	var scan mp3Scan
	samples := 0
	for {
		f, ok := parseMP3Frame(data)
		if !ok {
			break
		}
		if scan.first.version == 0 {
			scan.first = f
		}
		samples += f.samples
		// go-mp3 v0.3.4 computes (144*bits/rate + padding) / 2 for MPEG 2, which
		// loses the padding byte of a frame whose first term is even.
		if f.version == 20 && f.padding == 1 && 144*f.kbit*1000/f.rate%2 == 0 {
			scan.misread = true
		}
		data = data[min(f.size, len(data)):]
	}
	if scan.first.rate > 0 {
		scan.duration = framesLast(uint64(samples), uint64(scan.first.rate))
	}
	return scan
}

// playable says why the stream cannot be decoded rightly, nil if it can.
func (s mp3Scan) playable() error {
	switch {
	case s.first.version == 25:
		return fmt.Errorf("MPEG 2.5 at %d Hz is not supported yet; export it and open it in another program", s.first.rate)
	case s.misread:
		return errors.New("padded MPEG 2 frames are not supported yet; export it and open it in another program")
	}
	return nil
}
