package widget

import (
	"math"

	"unsaid/ui/style"
)

var (
	bars      = []rune("▁▂▃▄▅▆▇█")
	asciiBars = []rune("_.,-=+*#")
)

// Waveform draws peaks, each within 0..1, as one row of so many cells. The part before at, a share of
// the whole, is drawn as heard already; at < 0 means that nothing plays. Quiet speech is lifted
// so that it can be seen.
func Waveform(st *style.Styles, peaks []float32, cells int, at float64) string {
	loudest := float32(0.05)
	for _, p := range peaks {
		loudest = max(loudest, p)
	}
	level := func(p float32) float64 { return math.Sqrt(float64(p / loudest)) }
	var row []rune
	if st.Wave == style.Braille {
		peaks = thin(peaks, 2*cells)
		for i := 0; i+1 < len(peaks); i += 2 {
			row = append(row, dots(level(peaks[i]), level(peaks[i+1])))
		}
	} else {
		ramp := bars
		if st.Wave == style.ASCII {
			ramp = asciiBars
		}
		for _, p := range thin(peaks, cells) {
			row = append(row, ramp[min(int(level(p)*float64(len(ramp))), len(ramp)-1)])
		}
	}
	heard := 0
	if at >= 0 {
		heard = min(int(at*float64(len(row)))+1, len(row))
	}
	return st.Good.Render(string(row[:heard])) + st.Quiet.Render(string(row[heard:]))
}

// Silence draws the waveform of what is not decoded yet.
func Silence(st *style.Styles, cells int) string { return Waveform(st, []float32{0}, cells, -1) }

// dots is the Braille pattern with two bars of up to four dots, for levels within 0..1.
func dots(left, right float64) rune {
	// The dots of each column from the bottom up, as Unicode numbers them in its block.
	columns := [2][4]rune{{0x40, 0x04, 0x02, 0x01}, {0x80, 0x20, 0x10, 0x08}}
	pattern := rune(0x2800)
	for i, level := range [2]float64{left, right} {
		for _, dot := range columns[i][:1+min(int(level*4), 3)] {
			pattern |= dot
		}
	}
	return pattern
}

// thin brings peaks to n values.
func thin(peaks []float32, n int) []float32 {
	if n <= 0 || len(peaks) == 0 {
		return nil
	}
	out := make([]float32, n)
	for i := range out {
		from := i * len(peaks) / n
		for _, p := range peaks[from:max(from+1, (i+1)*len(peaks)/n)] {
			out[i] = max(out[i], p)
		}
	}
	return out
}
