package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
)

// sampleRate is that of the sample's audio, 16-bit mono: what Amazon's is said
// to have.
const sampleRate = 16000

const (
	silentBelow = 250             // a sample this close to zero is silence
	marginLen   = sampleRate / 25 // samples of silence kept before and after speech
	keptBits    = 5               // see shorten; telephones keep as many
	finestStep  = 64
)

// resample converts from espeakRate to sampleRate by a sinc under a Hann window.
// What lies above half the new rate is filtered out.
func resample(in []int16) []int16 {
	const reach = 24 // input samples on each side
	const cutoff = 0.95 * sampleRate / espeakRate
	out := make([]int16, len(in)*sampleRate/espeakRate)
	for i := range out {
		at := float64(i) * espeakRate / sampleRate
		sum := 0.0
		for j := max(0, int(at)-reach+1); j <= min(len(in)-1, int(at)+reach); j++ {
			x := at - float64(j)
			window := 0.5 + 0.5*math.Cos(math.Pi*x/reach)
			sum += float64(in[j]) * cutoff * sinc(cutoff*x) * window
		}
		out[i] = int16(math.Round(max(math.MinInt16, min(math.MaxInt16, sum))))
	}
	return out
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// trim cuts the silence before and after the sound down to a margin.
func trim(sound []int16) []int16 {
	loud := func(s int16) bool { return s > silentBelow || s < -silentBelow }
	first := slices.IndexFunc(sound, loud)
	if first < 0 {
		return nil
	}
	last := len(sound) - 1
	for !loud(sound[last]) {
		last--
	}
	return sound[max(0, first-marginLen):min(len(sound), last+marginLen)]
}

// shorten rounds a sample to its highest keptBits, but not finer than finestStep,
// as the telephone's µ-law does: the sound hides the error, and the zip becomes much
// smaller.
func shorten(s int16) int16 {
	magnitude, sign := int(s), 1
	if s < 0 {
		magnitude, sign = -magnitude, -1
	}
	step := finestStep
	for magnitude >= step<<keptBits {
		step <<= 1
	}
	rounded := (magnitude + step/2) / step * step
	return int16(sign * min(rounded, math.MaxInt16))
}

// encodeWAV returns the samples as a WAV file.
func encodeWAV(samples []int16) []byte {
	length := uint32(2 * len(samples))
	var out bytes.Buffer
	out.WriteString("RIFF")
	write := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&out, binary.LittleEndian, v) // a bytes.Buffer cannot fail
		}
	}
	write(36+length, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(sampleRate),
		uint32(2*sampleRate), uint16(2), uint16(16), []byte("data"), length, samples)
	return out.Bytes()
}
