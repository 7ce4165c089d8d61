package player

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
)

// decodeFLAC decodes the first two channels of a FLAC stream, up to the first
// damage in it.
func decodeFLAC(data []byte) (*Clip, error) {
	s, err := flac.New(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	rate, depth := int(s.Info.SampleRate), s.Info.BitsPerSample
	if rate < minSampleRate || rate > maxSampleRate {
		return nil, fmt.Errorf("the header says %d samples a second", rate)
	}
	c := &Clip{rate: rate, channels: min(int(s.Info.NChannels), 2)}
	whole := framesLast(s.Info.NSamples, uint64(rate))
	for {
		f, err := parseFrame(s)
		switch {
		case err == nil:
		case len(c.samples) == 0:
			return nil, orEmpty(err)
		case s.Info.NSamples > uint64(c.frames()) && atEnd(err):
			c.note = cutShort(c.Duration(), whole)
			return c, nil
		case !errors.Is(err, io.EOF):
			c.note = fmt.Sprintf("damaged after %.1f s; what follows is not played", c.Duration().Seconds())
			return c, nil
		default:
			return c, nil
		}
		if len(c.samples)+int(f.BlockSize)*c.channels > maxSamples {
			c.note = c.tooLong()
			return c, nil
		}
		for i := range int(f.BlockSize) {
			for _, sub := range f.Subframes[:c.channels] {
				c.samples = append(c.samples, sanitize(float32(sub.Samples[i])/float32(int64(1)<<(depth-1))))
			}
		}
	}
}

func atEnd(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// parseFrame reads one frame; a panic of the decoder is an error.
func parseFrame(s *flac.Stream) (f *frame.Frame, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("%v", r)
		}
	}()
	return s.ParseNext()
}

// decodeOggFLAC decodes a FLAC stream in Ogg. Behind nine bytes of its first
// packet, which name the mapping, its packets are the plain stream's blocks and
// frames (xiph.org/flac/ogg_mapping.html).
func decodeOggFLAC(data []byte) (*Clip, error) {
	const mapping = 9
	r := &oggReader{data: data}
	var plain []byte
	for p, ok := r.next(); ok; p, ok = r.next() {
		plain = append(plain, p.data...)
	}
	if len(plain) < mapping {
		return nil, errNoOgg
	}
	c, err := decodeFLAC(plain[mapping:])
	if err == nil && c.note == "" {
		c.note = r.note(0)
	}
	return c, err
}
