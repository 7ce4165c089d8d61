package player

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"math"
	"testing"
)

// sweep returns a sine that rises from 200 Hz to a fifth of the rate, at half of
// full scale. No two parts of it are alike.
func sweep(frames, rate int) []float32 {
	samples := make([]float32, frames)
	phase := 0.0
	for i := range samples {
		hz := 200 + (float64(rate)/5-200)*float64(i)/float64(frames)
		phase += 2 * math.Pi * hz / float64(rate)
		samples[i] = float32(0.5 * math.Sin(phase))
	}
	return samples
}

// pcm16 encodes samples as signed 16-bit little-endian.
func pcm16(samples []float32) []byte {
	var b []byte
	for _, s := range samples {
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(float64(s)*32767))))
	}
	return b
}

// chunk builds a RIFF chunk with the given size in its header, right or wrong.
func chunk(id string, size uint32, body []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(id), size)
	return append(b, body...)
}

// wavFormat builds the body of a WAV format chunk.
func wavFormat(tag, channels uint16, rate uint32, bits uint16) []byte {
	b := binary.LittleEndian.AppendUint16(nil, tag)
	b = binary.LittleEndian.AppendUint16(b, channels)
	b = binary.LittleEndian.AppendUint32(b, rate)
	b = binary.LittleEndian.AppendUint32(b, rate*uint32(channels)*uint32(bits)/8)
	b = binary.LittleEndian.AppendUint16(b, channels*bits/8)
	return binary.LittleEndian.AppendUint16(b, bits)
}

// riff joins chunks into a RIFF/WAVE file.
func riff(chunks ...[]byte) []byte {
	var body []byte
	for _, c := range chunks {
		body = append(body, c...)
	}
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(b, "WAVE"...), body...)
}

// wav builds an ordinary WAV file around encoded samples.
func wav(tag, channels uint16, rate uint32, bits uint16, data []byte) []byte {
	return riff(
		chunk("fmt ", 16, wavFormat(tag, channels, rate, bits)),
		chunk("data", uint32(len(data)), data))
}

// rf64 builds a 16 kHz mono PCM16 file with a 64-bit size of the sound.
func rf64(size uint64, pcm []byte) []byte {
	sizes := binary.LittleEndian.AppendUint64(make([]byte, 8, 28), size)
	file := riff(chunk("ds64", 28, append(sizes, make([]byte, 12)...)),
		chunk("fmt ", 16, wavFormat(tagPCM, 1, 16000, 16)), chunk("data", math.MaxUint32, pcm))
	copy(file, "RF64\xff\xff\xff\xff")
	return file
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	_, _ = zw.Write(data)
	_ = zw.Close()
	return b.Bytes()
}

func mustDecode(t *testing.T, data []byte) *Clip {
	t.Helper()
	clip, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return clip
}

// sweepClip is a decoded mono sweep.
func sweepClip(t *testing.T, frames, rate int) *Clip {
	t.Helper()
	return mustDecode(t, wav(tagPCM, 1, uint32(rate), 16, pcm16(sweep(frames, rate))))
}
