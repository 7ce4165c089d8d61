package player

import (
	"errors"
	"fmt"

	"github.com/gopxl/beep/v2"
)

// maxExpanded bounds what a gzip-wrapped recording may expand to.
const maxExpanded = 512 << 20

// Decode decodes a whole recording into memory. The content decides the format.
// A damaged recording gives the clip up to the damage, with a Note; the error
// says why a recording cannot be played at all. Decode never panics, and what
// it allocates is bounded, whatever the data.
func Decode(data []byte) (clip *Clip, err error) {
	defer func() {
		if r := recover(); r != nil {
			clip, err = nil, fmt.Errorf("decode recording: it is damaged (%v)", r)
		}
	}()
	var note string
	if isGzip(data) {
		expanded, err := gunzip(data, maxExpanded)
		if len(expanded) == 0 {
			return nil, fmt.Errorf("decode recording: gzip: %w", orEmpty(err))
		}
		if err != nil {
			note = "cut short: the gzip wrapper is damaged"
		}
		data = expanded
	}
	format := sniff(data)
	clip, err = decodeFormat(format, data)
	if err != nil {
		return nil, fmt.Errorf("decode %s recording: %w", orUnknown(format), err)
	}
	if len(clip.samples) == 0 {
		return nil, fmt.Errorf("decode %s recording: it holds no sound", format)
	}
	if clip.note == "" {
		clip.note = note
	}
	return clip, nil
}

func decodeFormat(format string, data []byte) (*Clip, error) {
	switch format {
	case "wav":
		return decodeWAV(data)
	case "flac":
		return decodeFLAC(skipID3(data))
	case "mp3":
		return decodeMP3(skipInfoFrame(skipID3(data)))
	case "ogg":
		return decodeVorbis(data)
	case "":
		return nil, errors.New("its content is no known audio; export it to look at it")
	}
	return nil, errors.New("this format cannot be played here; export it and open it in another program")
}

// collect drains a decoder into a clip. It keeps what came before an error or a
// panic, treats "no samples but more to come" as the end (some decoders say so
// for ever), and stops at the limits.
func collect(s beep.Streamer, format beep.Format) (*Clip, error) {
	rate := int(format.SampleRate)
	if rate < minSampleRate || rate > maxSampleRate {
		return nil, fmt.Errorf("the header says %d samples a second", rate)
	}
	c := &Clip{rate: rate, channels: 2}
	if format.NumChannels == 1 {
		c.channels = 1
	}
	var block [64][2]float64 // small, because a decoder that fails drops the block it is in
	for {
		n, err := streamBlock(s, block[:])
		for _, frame := range block[:n] {
			for ch := range c.channels {
				c.samples = append(c.samples, sanitize(float32(frame[ch])))
			}
		}
		switch {
		case err != nil && len(c.samples) == 0:
			return nil, err
		case err != nil:
			c.note = fmt.Sprintf("damaged after %.1f s: %v", c.Duration().Seconds(), err)
			return c, nil
		case n == 0:
			return c, nil
		case len(c.samples)+len(block)*c.channels > maxSamples:
			c.note = c.tooLong()
			return c, nil
		}
	}
}

// streamBlock reads one block; a panic of the decoder is an error.
func streamBlock(s beep.Streamer, block [][2]float64) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = 0, fmt.Errorf("%v", r)
		}
	}()
	n, _ = s.Stream(block)
	return n, s.Err()
}

// sanitize makes any number a sample: hostile floats are not only too large but
// infinite or not a number, which a resampler would spread over its whole window.
func sanitize(x float32) float32 {
	switch {
	case x != x:
		return 0
	case x > 1:
		return 1
	case x < -1:
		return -1
	}
	return x
}

func (c *Clip) tooLong() string {
	limit := beep.SampleRate(c.rate).D(maxSamples / c.channels)
	return fmt.Sprintf("only the first %.0f minutes are played", limit.Minutes())
}

func orEmpty(err error) error {
	if err == nil {
		return errors.New("it is empty")
	}
	return err
}

func orUnknown(format string) string {
	if format == "" {
		return "unknown"
	}
	return format
}
