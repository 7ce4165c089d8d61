package player

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/mewkiz/flac"
)

// decodeFLAC decodes the first two channels of a FLAC stream, up to the first
// damaged frame.
func decodeFLAC(data []byte) (*Clip, error) {
	s, err := flac.New(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	rate := int(s.Info.SampleRate)
	if rate < minSampleRate || rate > maxSampleRate {
		return nil, fmt.Errorf("the header says %d samples a second", rate)
	}
	c := &Clip{rate: rate, channels: min(int(s.Info.NChannels), 2)}
	for {
		err := c.appendFrame(s)
		atEnd := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		switch {
		case err == nil && len(c.samples) <= maxSamples:
			continue
		case err == nil:
			c.samples = c.samples[:maxSamples/c.channels*c.channels]
			c.note = c.tooLong()
		case len(c.samples) == 0:
			return nil, orEmpty(err)
		case atEnd && s.Info.NSamples > uint64(c.frames()):
			c.note = cutShort(c.Duration(), durationOf(s.Info.NSamples, uint64(rate)))
		case !errors.Is(err, io.EOF):
			c.note = fmt.Sprintf("damaged after %.1f s; the rest is not played", c.Duration().Seconds())
		}
		return c, nil
	}
}

// appendFrame decodes one frame of up to 65,535 samples per channel. A panic of
// the decoder is returned as an error.
func (c *Clip) appendFrame(s *flac.Stream) (err error) {
	whole := len(c.samples)
	defer func() {
		if r := recover(); r != nil {
			c.samples, err = c.samples[:whole], fmt.Errorf("%v", r)
		}
	}()
	f, err := s.ParseNext()
	if err != nil {
		return err
	}
	fullScale := float32(int64(1) << (s.Info.BitsPerSample - 1))
	for i := range int(f.BlockSize) {
		for _, sub := range f.Subframes[:c.channels] {
			c.samples = append(c.samples, sanitize(float32(sub.Samples[i])/fullScale))
		}
	}
	return nil
}

// decodeOggFLAC decodes a FLAC stream in Ogg. The first packet starts with nine
// bytes that describe the mapping; after them the packets contain the blocks and
// frames of a plain FLAC stream (xiph.org/flac/ogg_mapping.html).
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
