package player

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// Format tags of a WAV file (mmreg.h, RFC 2361).
const (
	tagPCM        = 0x0001
	tagFloat      = 0x0003
	tagALaw       = 0x0006
	tagMuLaw      = 0x0007
	tagMP3        = 0x0055
	tagExtensible = 0xfffe
)

// unknownSize is the smallest data size that means "length unknown", because the
// file was written as a stream: ffmpeg writes 0xFFFFFFFF, sox 0x7FFFF000 and up,
// others 0x80000000.
const unknownSize = 0x7ffff000

// wavFile is the part of a RIFF/WAVE file that playback needs.
type wavFile struct {
	tag      int
	channels int
	rate     int
	bits     int // per sample
	data     []byte
	missing  int64 // bytes of sound that the header declares and the file lacks
}

// parseWAV finds the format and the sound in a RIFF/WAVE file. It does not trust
// sizes: a data chunk with an unknown size, longer than the file, or empty although
// sound follows, extends to the end of the file.
func parseWAV(file []byte) (*wavFile, error) {
	const riffHeader, chunkHeader = 12, 8
	if !startsWAV(file) {
		return nil, errors.New("no RIFF/WAVE header")
	}
	w := &wavFile{}
	haveData := false
	var size64 int64 // size of the sound in files with 64-bit sizes
	for rest := file[riffHeader:]; len(rest) >= chunkHeader && (!haveData || w.tag == 0); {
		id, size := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[chunkHeader:]
		body := rest[:min(size, int64(len(rest)))]
		switch id {
		case "fmt ":
			if err := w.parseFormat(body); err != nil {
				return nil, err
			}
		case "ds64":
			if len(body) >= 16 {
				size64 = int64(binary.LittleEndian.Uint64(body[8:]))
			}
		case "data":
			haveData = true
			if size == math.MaxUint32 && size64 > 0 {
				size = size64
				body = rest[:min(size, int64(len(rest)))]
			}
			if size == 0 && !startsChunk(rest) || size > int64(len(rest)) {
				body = rest
			}
			if size > int64(len(rest)) && (size < unknownSize || size == size64) {
				w.missing = size - int64(len(rest))
			}
			w.data = body
		}
		rest = rest[len(body):]
		// A chunk of odd size is padded with a zero byte, which some writers forget.
		// The name of a chunk never starts with a zero byte.
		if len(body)%2 == 1 && len(rest) > 0 && rest[0] == 0 {
			rest = rest[1:]
		}
	}
	switch {
	case w.tag == 0:
		return nil, errors.New("no format chunk")
	case !haveData:
		return nil, errors.New("no data chunk")
	}
	return w, nil
}

// startsWAV reports whether file starts like a WAV file or one of its variants for
// more than 4 GiB (EBU Tech 3306, ITU-R BS.2088), which recorders use for any size.
func startsWAV(file []byte) bool {
	return (hasAt(file, 0, "RIFF") || hasAt(file, 0, "RF64") || hasAt(file, 0, "BW64")) && hasAt(file, 8, "WAVE")
}

// startsChunk reports whether rest starts with a chunk that commonly follows the
// sound.
func startsChunk(rest []byte) bool {
	for _, id := range []string{"fmt ", "LIST", "fact", "bext", "JUNK", "junk", "PAD ", "cue ", "smpl", "id3 ", "ID3 ", "iXML", "_PMX"} {
		if hasAt(rest, 0, id) {
			return true
		}
	}
	return false
}

// parseFormat reads a WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE. It ignores
// block align and byte rate: they follow from the other fields, or are wrong.
func (w *wavFile) parseFormat(body []byte) error {
	const plain, extensible = 16, 40
	if len(body) < plain {
		return errors.New("the format chunk is cut short")
	}
	w.tag = int(binary.LittleEndian.Uint16(body))
	w.channels = int(binary.LittleEndian.Uint16(body[2:]))
	w.rate = int(binary.LittleEndian.Uint32(body[4:]) & math.MaxInt32)
	w.bits = int(binary.LittleEndian.Uint16(body[14:]))
	if w.tag == tagExtensible {
		if len(body) < extensible {
			return errors.New("the extensible format chunk is cut short")
		}
		// The sub-format is a GUID that starts with the plain format tag.
		w.tag = int(binary.LittleEndian.Uint16(body[24:]))
	}
	return nil
}

// playable returns nil if the file can be decoded, or an error that says why not.
func (w *wavFile) playable() error {
	switch {
	case w.channels < 1:
		return errors.New("the header says 0 channels")
	case w.rate < minSampleRate || w.rate > maxSampleRate:
		return fmt.Errorf("the header says %d samples a second", w.rate)
	case w.tag == tagMP3:
		return nil // the MP3 headers say more
	case w.decoder() == nil:
		return fmt.Errorf("%s is not supported; %s", w.encoding(), otherProgram)
	}
	return nil
}

func (w *wavFile) frameBytes() int { return w.channels * w.bits / 8 }

// duration is the duration of the sound in the file, which must be playable.
func (w *wavFile) duration() time.Duration {
	return durationOf(uint64(len(w.data)/w.frameBytes()), uint64(w.rate))
}

// decoder returns a function that converts the bytes of one sample to -1..1, or nil
// if the encoding is unknown. All known encodings use whole bytes.
func (w *wavFile) decoder() func([]byte) float32 {
	switch [2]int{w.tag, w.bits} {
	case [2]int{tagPCM, 8}:
		return func(b []byte) float32 { return (float32(b[0]) - 128) / 128 }
	case [2]int{tagPCM, 16}:
		return func(b []byte) float32 { return float32(int16(binary.LittleEndian.Uint16(b))) / (1 << 15) }
	case [2]int{tagPCM, 24}:
		return func(b []byte) float32 {
			return float32(int32(b[0])<<8|int32(b[1])<<16|int32(b[2])<<24) / (1 << 31)
		}
	case [2]int{tagPCM, 32}:
		return func(b []byte) float32 { return float32(int32(binary.LittleEndian.Uint32(b))) / (1 << 31) }
	case [2]int{tagFloat, 32}:
		return func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }
	case [2]int{tagFloat, 64}:
		return func(b []byte) float32 {
			return float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		}
	case [2]int{tagALaw, 8}:
		return func(b []byte) float32 { return aLaw(b[0]) }
	case [2]int{tagMuLaw, 8}:
		return func(b []byte) float32 { return muLaw(b[0]) }
	}
	return nil
}

// decodeWAV decodes the first two channels of a WAV file.
func decodeWAV(file []byte) (*Clip, error) {
	w, err := parseWAV(file)
	if err != nil {
		return nil, err
	}
	if err := w.playable(); err != nil {
		return nil, err
	}
	if w.tag == tagMP3 {
		return decodeMP3(w.data)
	}
	decode, width := w.decoder(), w.bits/8
	c := &Clip{rate: w.rate, channels: min(w.channels, 2)}
	frames := len(w.data) / w.frameBytes()
	if frames*c.channels > maxSamples {
		frames = maxSamples / c.channels
		c.note = c.tooLong()
	} else if w.missing > 0 {
		whole := (uint64(len(w.data)) + uint64(w.missing)) / uint64(w.frameBytes())
		c.note = cutShort(w.duration(), durationOf(whole, uint64(w.rate)))
	}
	c.samples = make([]float32, 0, frames*c.channels)
	for i := range frames {
		frame := w.data[i*w.frameBytes():]
		for ch := range c.channels {
			c.samples = append(c.samples, sanitize(decode(frame[ch*width:])))
		}
	}
	return c, nil
}

// aLaw expands a G.711 A-law byte.
func aLaw(b byte) float32 {
	b ^= 0x55
	v := int(b&0x0f)<<4 + 8
	if segment := b >> 4 & 7; segment > 0 {
		v = (v + 0x100) << (segment - 1)
	}
	if b&0x80 == 0 {
		v = -v
	}
	return float32(v) / (1 << 15)
}

// muLaw expands a G.711 µ-law byte.
func muLaw(b byte) float32 {
	const bias = 0x84
	b = ^b
	v := (int(b&0x0f)<<3+bias)<<(b>>4&7) - bias
	if b&0x80 != 0 {
		v = -v
	}
	return float32(v) / (1 << 15)
}

// encoding is the name of the encoding in messages.
func (w *wavFile) encoding() string {
	switch w.tag {
	case tagPCM:
		return fmt.Sprintf("%d-bit PCM", w.bits)
	case tagFloat:
		return fmt.Sprintf("%d-bit floating point", w.bits)
	case tagALaw:
		return fmt.Sprintf("%d-bit A-law", w.bits)
	case tagMuLaw:
		return fmt.Sprintf("%d-bit µ-law", w.bits)
	case 0x0002:
		return "Microsoft ADPCM"
	case 0x0011:
		return "IMA ADPCM"
	case 0x0031:
		return "GSM 6.10"
	}
	return fmt.Sprintf("encoding 0x%04x", w.tag)
}
