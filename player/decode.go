package player

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gopxl/beep/v2"
)

// maxExpanded bounds what a gzip-wrapped recording may expand to.
const maxExpanded = 256 << 20

// Decode decodes a whole recording into memory. The content decides the format.
// A damaged recording is decoded as far as possible and gets a Note; an error
// means that nothing of it can be played, and says why. Decode never panics and
// allocates a bounded amount of memory, whatever the data.
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
		return nil, fmt.Errorf("decode %s recording: it contains no sound", format)
	}
	if clip.note == "" {
		clip.note = note
	}
	return clip, nil
}

// otherProgram is the hint in errors about recordings that cannot be played.
const otherProgram = "export it and open it in another program"

func decodeFormat(format string, data []byte) (*Clip, error) {
	switch format {
	case "wav":
		return decodeWAV(data)
	case "flac":
		return decodeFLAC(skipTags(data))
	case "mp3":
		return decodeMP3(skipTags(data))
	case "ogg":
		return decodeVorbis(data)
	case "opus":
		return decodeOpus(data)
	case "ogg-flac":
		return decodeOggFLAC(data)
	case "":
		return nil, errors.New("the content is not a known audio format; export it to look at it")
	}
	return nil, errors.New("unsaid cannot play this format; " + otherProgram)
}

// sanitize limits a sample to -1..1. A hostile file can also contain infinities
// and NaN, which the resampler would spread over its whole window.
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

// cutShort is the note of a recording whose end is missing.
func cutShort(present, whole time.Duration) string {
	if whole-present < 100*time.Millisecond {
		return "cut short: less than 0.1 s is missing"
	}
	return fmt.Sprintf("cut short: %.1f of %.1f s remain", present.Seconds(), whole.Seconds())
}

// damagedIn is the note of a recording that plays despite damage.
func damagedIn(places int) string {
	if places == 1 {
		return "damaged in one place"
	}
	return fmt.Sprintf("damaged in %d places", places)
}

func orEmpty(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
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
