package player

import (
	"fmt"

	"github.com/jfreymuth/vorbis"
)

// decodeVorbis decodes the first two channels of an Ogg Vorbis stream.
func decodeVorbis(data []byte) (*Clip, error) {
	r := &oggReader{data: data}
	var d vorbis.Decoder
	var headers [3][]byte
	for i := range headers {
		p, ok := r.next()
		if !ok {
			return nil, errNoOgg
		}
		headers[i] = p.data
	}
	if err := checkVorbis(headers); err != nil {
		return nil, err
	}
	for _, h := range headers {
		if err := d.ReadHeader(h); err != nil {
			return nil, err
		}
	}
	rate, all := d.SampleRate(), d.Channels()
	if rate < minSampleRate || rate > maxSampleRate {
		return nil, fmt.Errorf("the header says %d samples a second", rate)
	}
	c := &Clip{rate: rate, channels: min(all, 2)}
	buffer := make([]float32, d.BufferSize())
	damage := 0
	c.collectPackets(r, 0, func(packet []byte) ([]float32, error) {
		if r.damage > damage {
			damage = r.damage
			d.Clear() // packets overlap, and the one before is missing
		}
		samples, err := d.DecodeInto(packet, buffer)
		return firstTwo(samples, all), err
	})
	return c, nil
}

// firstTwo reduces interleaved samples to their first two channels, in place.
func firstTwo(samples []float32, channels int) []float32 {
	if channels <= 2 {
		return samples
	}
	frames := len(samples) / channels
	for i := range frames {
		samples[2*i], samples[2*i+1] = samples[channels*i], samples[channels*i+1]
	}
	return samples[:2*frames]
}
