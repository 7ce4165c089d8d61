package player

import (
	"math"
	"sync"
)

// The kernel of the resampler: a sine cardinal under a Kaiser window. Its half
// width, in zero crossings, sets how sharp the limit of the band is (a clip of
// 8 kHz is right up to 3.6 kHz), beta how far what lies beyond is put down (90 dB).
const (
	kernelWidth = 24
	kernelSteps = 512 // table entries from one zero crossing to the next
	kernelBeta  = 9
)

// kernel returns the table, from the middle to the right end and one crossing
// of zeros behind it.
var kernel = sync.OnceValue(func() []float64 {
	table := make([]float64, (kernelWidth+1)*kernelSteps+1)
	table[0] = 1
	for i := 1; i < kernelWidth*kernelSteps; i++ {
		x := float64(i) / kernelSteps
		edge := x / kernelWidth
		table[i] = math.Sin(math.Pi*x) / (math.Pi * x) * bessel(kernelBeta*math.Sqrt(1-edge*edge)) / bessel(kernelBeta)
	}
	return table
})

// bessel is the modified Bessel function of the first kind of order 0.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-12; k++ {
		term *= x / (2 * k) * x / (2 * k)
		sum += term
	}
	return sum
}

// resampler brings sound to another rate. beep's own, which draws a polynomial
// through 8 samples, leaves a voice of 8 kHz above 2 kHz a noise of its mirror
// image, at 14 dB in 3 kHz; it also reads up to 1024 frames ahead, by which a
// change of speed would be late.
type resampler struct {
	source   func([][2]float64) int // gives frames at the old rate; fewer than asked for is their end
	from, to int                    // the rates
	kernel   []float64
	scale    float64 // of the kernel: below 1 it is wider, to leave out what the lower rate cannot hold
	reach    int     // frames to each side of a point that its value is made of

	window  [][2]float64 // the frames around the point, with room to append
	at      int          // the next frame lies behind window[at], by
	rest    int          // so many parts in `to` of the way to the frame after it
	end     int          // in the window, of the sound
	reading [][2]float64
}

func newResampler(source func([][2]float64) int, from, to int) *resampler {
	const ahead = 32 // frames read at once
	r := &resampler{source: source, from: from, to: to, kernel: kernel(), end: math.MaxInt}
	r.scale = min(float64(to)/float64(from), 1)
	r.reach = int(math.Ceil(kernelWidth / r.scale))
	r.window = make([][2]float64, r.reach, 8*(r.reach+ahead)) // begins with the silence before the sound
	r.at = r.reach
	r.reading = make([][2]float64, ahead)
	return r
}

func (r *resampler) read(frames [][2]float64) int {
	for i := range frames {
		r.fill()
		if r.at >= r.end {
			return i
		}
		frames[i] = r.value()
		r.rest += r.from
		r.at += r.rest / r.to
		r.rest %= r.to
	}
	return len(frames)
}

// fill reads on until the window reaches far enough; behind the end is silence.
func (r *resampler) fill() {
	for r.at+r.reach >= len(r.window) {
		if len(r.window)+len(r.reading) > cap(r.window) {
			passed := r.at - r.reach
			r.window = r.window[:copy(r.window, r.window[passed:])]
			r.at -= passed
			if r.end != math.MaxInt {
				r.end -= passed
			}
		}
		n := 0
		if r.end == math.MaxInt {
			if n = r.source(r.reading); n < len(r.reading) {
				r.end = len(r.window) + n
			}
		}
		clear(r.reading[n:])
		r.window = append(r.window, r.reading...)
	}
}

func (r *resampler) value() (sum [2]float64) {
	between := float64(r.rest) / float64(r.to)
	step := r.scale * kernelSteps
	first := r.at - r.reach + 1
	for i, frame := range r.window[first : r.at+r.reach+1] {
		x := math.Abs(float64(i+1-r.reach)-between) * step
		entry := int(x)
		weight := r.kernel[entry] + (x-float64(entry))*(r.kernel[entry+1]-r.kernel[entry])
		sum[0] += weight * frame[0]
		sum[1] += weight * frame[1]
	}
	return [2]float64{sum[0] * r.scale, sum[1] * r.scale}
}
