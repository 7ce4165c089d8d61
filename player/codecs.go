package player

import (
	"bytes"
	"io"

	"github.com/gopxl/beep/v2/flac"
	"github.com/gopxl/beep/v2/mp3"
	"github.com/gopxl/beep/v2/vorbis"
)

// stream hides from a decoder that data could be sought in: decoders that can
// seek read ahead to learn a length nobody needs here.
func stream(data []byte) io.ReadCloser {
	return io.NopCloser(io.MultiReader(bytes.NewReader(data)))
}

func decodeMP3(data []byte) (*Clip, error) {
	if err := scanMP3(data).playable(); err != nil {
		return nil, err
	}
	s, format, err := mp3.Decode(stream(data))
	if err != nil {
		return nil, err
	}
	return collect(s, format)
}

func decodeFLAC(data []byte) (*Clip, error) {
	s, format, err := flac.Decode(stream(data))
	if err != nil {
		return nil, err
	}
	return collect(s, format)
}

func decodeVorbis(data []byte) (*Clip, error) {
	if err := checkVorbis(data); err != nil {
		return nil, err
	}
	s, format, err := vorbis.Decode(stream(data))
	if err != nil {
		return nil, err
	}
	return collect(s, format)
}
