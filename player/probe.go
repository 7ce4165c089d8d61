package player

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"time"

	"unsaid/player/mp3"
)

// Info describes a recording by its first bytes.
type Info struct {
	Format   string        // a lower-case short name: "wav", "mp3", "flac", "ogg" (Vorbis), "opus", "m4a", "amr", …
	Duration time.Duration // 0 if the header does not say
	Playable bool          // whether Decode supports the format; a damaged recording can still fail
	Gzipped  bool          // whether the recording is compressed with gzip
}

// Probe recognises a recording by its magic bytes and reads its header. ok is
// false if the data is not in an audio format that this package can name.
func Probe(data []byte) (info Info, ok bool) {
	if isGzip(data) {
		head, _ := gunzip(data, probeBytes)
		info, ok = probePlain(head)
		info.Gzipped = ok
		return info, ok
	}
	return probePlain(data)
}

// probeBytes is how much of a gzipped recording Probe expands: enough to get the
// exact duration of several minutes of sound.
const probeBytes = 16 << 20

func probePlain(data []byte) (Info, bool) {
	format := sniff(data)
	info := Info{Format: format}
	switch format {
	case "":
		return Info{}, false
	case "wav":
		w, err := parseWAV(data)
		info.Playable = err == nil && w.playable() == nil
		switch {
		case info.Playable && w.tag == tagMP3:
			probeMP3(w.data, &info)
		case info.Playable:
			info.Duration = w.duration()
		}
	case "flac":
		info.Playable = true
		info.Duration = flacDuration(skipTags(data))
	case "mp3":
		probeMP3(skipTags(data), &info)
	case "ogg", "ogg-flac":
		info.Playable = true
	case "opus":
		first, _ := (&oggReader{data: data}).next()
		_, err := parseOpusHead(first.data)
		info.Playable = err == nil
	}
	return info, true
}

// signature identifies a format by bytes at a fixed offset.
type signature struct {
	format string
	offset int
	magic  string
}

// signatures lists the audio formats that have a fixed signature.
func signatures() []signature {
	return []signature{
		{"flac", 0, "fLaC"},
		{"amr", 0, "#!AMR"},
		{"aiff", 8, "AIFF"},
		{"aiff", 8, "AIFC"},
		{"au", 0, ".snd"},
		{"caf", 0, "caff"},
		{"wma", 0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"},
		{"webm", 0, "\x1a\x45\xdf\xa3"},
		{"3gp", 4, "ftyp3g"},
		{"m4a", 4, "ftyp"},
		{"aac", 0, "ADIF"},
	}
}

// sniff returns the format of data that is not gzipped, or "" if it is unknown.
func sniff(data []byte) string {
	if startsWAV(data) {
		return "wav"
	}
	if hasAt(data, 0, "OggS") {
		return sniffOgg(data)
	}
	for _, s := range signatures() {
		if hasAt(data, s.offset, s.magic) {
			return s.format
		}
	}
	body := skipTags(data)
	switch {
	case hasAt(body, 0, "fLaC"):
		return "flac"
	case mp3.Starts(body):
		return "mp3"
	case startsADTS(body):
		return "aac"
	}
	return ""
}

// sniffOgg recognises the codec of an Ogg stream by its first packet, which
// follows the first page's header and lacing table (RFC 3533 §6).
func sniffOgg(data []byte) string {
	const header = 27
	if len(data) < header {
		return "ogg"
	}
	first := header + int(data[header-1])
	switch {
	case hasAt(data, first, "OpusHead"):
		return "opus"
	case hasAt(data, first, "Speex   "):
		return "speex"
	case hasAt(data, first, "\x7fFLAC"):
		return "ogg-flac"
	}
	return "ogg"
}

// startsADTS reports whether data starts with two raw AAC frames, or is one (ISO/IEC
// 13818-7 §6.2). The sync word is too short to recognise a frame by it alone.
func startsADTS(data []byte) bool {
	for range 2 {
		if len(data) < 7 || data[0] != 0xff || data[1]&0xf6 != 0xf0 {
			return false
		}
		size := int(data[3]&3)<<11 | int(data[4])<<3 | int(data[5])>>5
		if size < 7 || size > len(data) {
			return false
		}
		data = data[size:]
		if len(data) == 0 {
			return true
		}
	}
	return true
}

// skipTags skips ID3v2 and APE tags at the start of data, and the zeros that some
// writers put after them. The size of an ID3v2 tag has 28 bits, seven in each byte
// (id3.org, ID3v2.3 §3.1).
func skipTags(data []byte) []byte {
	const id3Header, apeHeader = 10, 32
	for {
		var size uint64
		switch {
		case hasAt(data, 0, "ID3") && len(data) >= id3Header:
			size = uint64(data[6]&127)<<21 | uint64(data[7]&127)<<14 | uint64(data[8]&127)<<7 | uint64(data[9]&127)
			size += id3Header
			if data[5]&0x10 != 0 {
				size += id3Header // the footer is as long as the header
			}
		case hasAt(data, 0, "APETAGEX") && len(data) >= apeHeader:
			size = apeHeader + uint64(binary.LittleEndian.Uint32(data[12:]))
		default:
			return data
		}
		data = bytes.TrimLeft(data[min(size, uint64(len(data))):], "\x00")
	}
}

// flacDuration reads STREAMINFO, which is always the first block (RFC 9639 §8.2).
// From byte 18 on it has 20 bits of sample rate, 3 of channels, 5 of depth and 36
// of total samples.
func flacDuration(data []byte) time.Duration {
	if len(data) < 26 {
		return 0
	}
	bits := binary.BigEndian.Uint64(data[18:])
	rate, frames := bits>>44, bits&(1<<36-1)
	if rate < minSampleRate {
		return 0
	}
	return durationOf(frames, rate)
}

// durationOf is the duration of that many frames. It does not overflow for the
// counts that a header can contain, at rates of at least minSampleRate.
func durationOf(frames, rate uint64) time.Duration {
	return time.Duration(float64(frames) / float64(rate) * float64(time.Second))
}

func isGzip(data []byte) bool { return hasAt(data, 0, "\x1f\x8b\x08") }

// gunzip expands at most limit bytes. If the stream is damaged, it returns what it
// could expand with the error.
func gunzip(data []byte, limit int) ([]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(zr, int64(limit)))
}

func hasAt(data []byte, offset int, magic string) bool {
	return len(data) >= offset+len(magic) && string(data[offset:offset+len(magic)]) == magic
}
