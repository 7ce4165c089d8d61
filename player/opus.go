package player

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/pion/opus"
)

const (
	opusRate       = 48_000 // the rate of all positions and of the decoder's output
	opusMaxSamples = 5_760  // per channel and packet: 120 ms
)

// opusHead is the first packet of an Ogg Opus stream (RFC 7845 §5.1).
type opusHead struct {
	channels int
	preSkip  int // frames to leave out at the start
	gain     float64
}

func parseOpusHead(p []byte) (opusHead, error) {
	const size, family = 19, 18
	if len(p) < size || !hasAt(p, 0, "OpusHead") {
		return opusHead{}, errors.New("the first packet is damaged")
	}
	h := opusHead{
		channels: int(p[9]),
		preSkip:  int(binary.LittleEndian.Uint16(p[10:])),
		gain:     math.Pow(10, float64(int16(binary.LittleEndian.Uint16(p[16:])))/256/20),
	}
	if h.channels < 1 || h.channels > 2 || p[family] > 1 {
		return h, fmt.Errorf("%d channels of mapping family %d are not supported; %s", h.channels, p[family], otherProgram)
	}
	return h, nil
}

// decodeOpus decodes a mono or stereo Ogg Opus stream.
func decodeOpus(data []byte) (*Clip, error) {
	r := &oggReader{data: data}
	first, ok := r.next()
	if !ok {
		return nil, errNoOgg
	}
	head, err := parseOpusHead(first.data)
	if err != nil {
		return nil, err
	}
	if _, ok := r.next(); !ok { // the comments
		return nil, errNoOgg
	}
	d, err := opus.NewDecoderWithOutput(opusRate, head.channels)
	if err != nil {
		return nil, err
	}
	c := &Clip{rate: opusRate, channels: head.channels}
	buffer := make([]float32, opusMaxSamples*head.channels)
	c.collectPackets(r, head.preSkip, func(packet []byte) ([]float32, error) {
		n, err := d.DecodeToFloat32(packet, buffer)
		if err != nil {
			return nil, err
		}
		samples := buffer[:n*head.channels]
		for i := range samples {
			samples[i] *= float32(head.gain)
		}
		return samples, nil
	})
	return c, nil
}
