package player

import (
	"math"
	"sync"
)

// The kernel of the resampler is a sinc with a Kaiser window. Its half width, in
// zero crossings, sets how sharp the cutoff is (an 8 kHz clip is accurate up to
// 3.5 kHz); beta sets the attenuation beyond it (90 dB).
const (
	kernelWidth = 24
	kernelSteps = 512 // table entries from one zero crossing to the next
	kernelBeta  = 9
)

// kernel returns the right half of the kernel as a table, followed by zeros for
// one more crossing.
var kernel = sync.OnceValue(func() []float64 {
	table := make([]float64, (kernelWidth+1)*kernelSteps+1)
	table[0] = 1
	middle := bessel(kernelBeta)
	for i := 1; i < kernelWidth*kernelSteps; i++ {
		x := float64(i) / kernelSteps
		edge := x / kernelWidth
		window := bessel(kernelBeta*math.Sqrt(1-edge*edge)) / middle
		table[i] = window * math.Sin(math.Pi*x) / (math.Pi * x)
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

// resampler converts sound to another rate. Beep's own resampler interpolates a
// polynomial through 8 samples, which adds mirror images to an 8 kHz voice above
// 2 kHz (a signal-to-noise ratio of 14 dB at 3 kHz). It also reads up to 1024
// frames ahead, which would delay a change of speed.
type resampler struct {
	source   func([][2]float64) int // reads frames at the old rate; fewer than requested means the end
	from, to int                    // the rates
	kernel   []float64
	scale    float64 // of the kernel; below 1 it is wider, to remove what the lower rate cannot represent
	reach    int     // frames on each side of a point that contribute to its value

	window  [][2]float64 // the frames around the point, with room to append
	at      int          // the next frame lies between window[at] and window[at+1],
	rest    int          // at the fraction rest/to of the way
	end     int          // of the sound, as an index of window
	reading [][2]float64
}

func newResampler(source func([][2]float64) int, from, to int) *resampler {
	const ahead = 32 // frames read at once
	r := &resampler{source: source, from: from, to: to, kernel: kernel(), end: math.MaxInt}
	r.scale = min(float64(to)/float64(from), 1)
	r.reach = int(math.Ceil(kernelWidth / r.scale))
	r.window = make([][2]float64, r.reach, 8*(r.reach+ahead)) // starts with silence before the sound
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

// fill reads until the window reaches far enough. After the end it adds silence.
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
