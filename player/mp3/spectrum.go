package mp3

import (
	"math"
	"sync"
)

// spectrum is the frequency lines of one channel in a granule.
type spectrum [granuleLines]float64

const greatestValue = 15 + 1<<13 - 1 // of a quantized line

// power43 is v^(4/3) for every value of a line.
var power43 = sync.OnceValue(func() *[greatestValue + 1]float64 {
	var t [greatestValue + 1]float64
	for v := range t {
		t[v] = math.Pow(float64(v), 4./3)
	}
	return &t
})

// dequantize converts quantized lines to magnitudes (§2.4.3.4.7.1), in the order
// of the main data.
func (g *granule) dequantize(q *quantized, s *scaleFactors) *spectrum {
	preemphasis := [22]int{11: 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0}
	power, x := power43(), &spectrum{}
	for i, b := range g.bands {
		if b.start >= q.used {
			continue
		}
		// The exponent of 2 in quarters.
		scale := s.values[i]
		if b.window < 0 && g.preemphasis {
			scale += preemphasis[b.number]
		}
		quarters := g.gain - 210
		if g.coarse {
			quarters -= 4 * scale
		} else {
			quarters -= 2 * scale
		}
		if b.window >= 0 {
			quarters -= 8 * g.subblockGain[b.window]
		}
		factor := math.Exp2(float64(quarters) / 4)
		for line := b.start; line < b.start+b.width; line++ {
			if v := q.lines[line]; v < 0 {
				x[line] = -power[-v] * factor
			} else {
				x[line] = power[v] * factor
			}
		}
	}
	return x
}

// reorder sorts the lines of short blocks by frequency. In the main data, each
// band has the lines of one window after the other; here the windows alternate.
func (g *granule) reorder(x *spectrum) {
	from := *x
	for _, b := range g.bands {
		if b.window < 0 {
			continue
		}
		first := b.start - b.window*b.width
		for i := range b.width {
			x[first+3*i+b.window] = from[b.start+i]
		}
	}
}

// joinStereo converts mid and side, or one channel and its position, to left and
// right (§2.4.3.4.9). right is the side information of the right channel, whose
// scale factors are the positions in the bands where it is silent.
func joinStereo(h Header, right *granule, l, r *spectrum, position *scaleFactors) {
	silent := silentBands(right.bands, r)
	for i, b := range right.bands {
		lines := [2][]float64{l[b.start : b.start+b.width], r[b.start : b.start+b.width]}
		switch at := positionOf(right.bands, i); {
		case h.intense && silent[i] && position.values[at] != position.limits[at]:
			toLeft, toRight := intensity(h, position.values[at], position.step)
			for n, v := range lines[0] {
				lines[0][n], lines[1][n] = v*toLeft, v*toRight
			}
		case h.midSide:
			for n, m := range lines[0] {
				s := lines[1][n]
				lines[0][n], lines[1][n] = (m+s)/math.Sqrt2, (m-s)/math.Sqrt2
			}
		}
	}
}

// positionOf is the index of a band's position. The highest band of each window
// has no scale factor and uses that of the band below.
func positionOf(bands []band, i int) int {
	windows := 1
	if bands[i].window >= 0 {
		windows = 3
	}
	if i >= len(bands)-windows {
		return i - windows
	}
	return i
}

// silentBands marks the bands above the highest one with sound. In a short block
// each window has its own highest band. Long bands of a mixed block count only if
// all short bands are silent.
func silentBands(bands []band, x *spectrum) []bool {
	silent := make([]bool, len(bands))
	var heard [3]bool // by window
	for i := len(bands) - 1; i >= 0; i-- {
		b := bands[i]
		for _, v := range x[b.start : b.start+b.width] {
			if v != 0 {
				heard[max(b.window, 0)] = true
				break
			}
		}
		silent[i] = heard == [3]bool{} || b.window >= 0 && !heard[b.window]
	}
	return silent
}

// intensity is how much of the common channel goes to left and right (13818-3
// §2.4.3.2 for MPEG 2).
func intensity(h Header, position, step int) (left, right float64) {
	if h.Version == MPEG1 {
		if position == 6 {
			return 1, 0
		}
		ratio := math.Tan(float64(position) * math.Pi / 12)
		return ratio / (1 + ratio), 1 / (1 + ratio)
	}
	reduced := math.Exp2(-float64((position+1)/2) * float64(step+1) / 4)
	if position%2 == 1 {
		return reduced, 1
	}
	return 1, reduced
}

// reduceAliases removes the overlap between neighbouring subbands of the filter
// bank (§2.4.3.4.10.1).
func (g *granule) reduceAliases(h Header, x *spectrum) {
	borders := granuleLines/18 - 1
	if g.blockType == shortBlocks {
		borders = 0
		if g.mixed {
			borders = mixedLines(h.bands)/18 - 1
		}
	}
	for sb := 1; sb <= borders; sb++ {
		for i, c := range [8]float64{-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037} {
			cs, ca := 1/math.Sqrt(1+c*c), c/math.Sqrt(1+c*c)
			a, b := x[18*sb-1-i], x[18*sb+i]
			x[18*sb-1-i], x[18*sb+i] = a*cs-b*ca, b*cs+a*ca
		}
	}
}
