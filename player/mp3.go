package player

import (
	"errors"

	"unsaid/player/mp3"
)

func decodeMP3(data []byte) (*Clip, error) {
	s, err := mp3.Decode(data, maxSamples)
	if err != nil {
		return nil, mp3Error(err)
	}
	c := &Clip{rate: s.Rate, channels: s.Channels, samples: s.Data}
	for i, x := range c.samples {
		c.samples[i] = sanitize(x)
	}
	switch {
	case s.Frames*s.Samples*s.Channels > maxSamples:
		c.note = c.tooLong()
	case s.Frames < s.Declared-1: // some encoders also count the info frame
		c.note = cutShort(c.Duration(), durationOf(uint64(s.DeclaredLength()), uint64(s.Rate)))
	case s.Gaps+s.Silent > 0:
		c.note = damagedIn(max(s.Gaps, s.Silent))
	case s.Cut:
		c.note = "cut short in the last frame"
	}
	return c, nil
}

func mp3Error(err error) error {
	if errors.Is(err, mp3.ErrFreeFormat) {
		return errors.New("unsaid cannot play free-format MP3, whose frames do not say how long they are; " + otherProgram)
	}
	return err
}

// probeMP3 counts the frames, so the duration covers only the sound that exists.
func probeMP3(data []byte, info *Info) {
	s, err := mp3.Scan(data)
	if info.Playable = err == nil && s.Frames > 0; info.Playable {
		info.Duration = durationOf(uint64(s.Length()), uint64(s.Rate))
	}
}
