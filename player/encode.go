package player

import (
	"encoding/binary"
	"math"
)

// WAV returns the clip as a WAV file with 16-bit PCM, at the clip's own sampling
// rate and with its one or two channels. Samples that were decoded from at most
// 16 bits keep their exact values.
func (c *Clip) WAV() []byte {
	const header, bytesPerSample = 44, 2
	size := len(c.samples) * bytesPerSample
	le := binary.LittleEndian
	w := make([]byte, 0, header+size)
	w = append(w, "RIFF"...)
	w = le.AppendUint32(w, uint32(header-8+size))
	w = append(w, "WAVEfmt "...)
	w = le.AppendUint32(w, 16)
	w = le.AppendUint16(w, tagPCM)
	w = le.AppendUint16(w, uint16(c.channels))
	w = le.AppendUint32(w, uint32(c.rate))
	w = le.AppendUint32(w, uint32(c.rate*c.channels*bytesPerSample))
	w = le.AppendUint16(w, uint16(c.channels*bytesPerSample))
	w = le.AppendUint16(w, 8*bytesPerSample)
	w = append(w, "data"...)
	w = le.AppendUint32(w, uint32(size))
	for _, s := range c.samples {
		// Full scale is 1<<15; the largest positive value is one less.
		v := min(math.RoundToEven(float64(s)*(1<<15)), math.MaxInt16)
		w = le.AppendUint16(w, uint16(int16(v)))
	}
	return w
}
