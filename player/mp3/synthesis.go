package mp3

import (
	"math"
	"sync"
)

const (
	subbands     = 32
	subbandLines = granuleLines / subbands
)

// transforms are the constant factors of the two transforms from lines to samples.
// Where halves are symmetric, only one is stored.
type transforms struct {
	long    [18][18]float64           // by sample (half of them) and line of a long block
	short   [12][6]float64            // by sample and line of a short block
	windows [4][36]float64            // by block type; that of short blocks has 12 values
	cosines [32][subbands / 2]float64 // by value (half of them) and subband (half of them) of the filter bank
	window  [512]float64              // of the filter bank
}

var factors = sync.OnceValue(func() *transforms {
	t := &transforms{}
	sine := func(i, n int) float64 { return math.Sin(math.Pi / float64(n) * (float64(i) + 0.5)) }
	for i := range 36 {
		t.windows[0][i] = sine(i, 36)
		switch {
		case i < 18:
			t.windows[1][i] = sine(i, 36)
		case i < 24:
			t.windows[1][i] = 1
		case i < 30:
			t.windows[1][i] = sine(i-18, 12)
		}
	}
	for i := range 36 {
		t.windows[3][i] = t.windows[1][35-i]
	}
	for i := range 12 {
		t.windows[shortBlocks][i] = sine(i, 12)
	}
	cosine := func(i, k, n int) float64 {
		return math.Cos(math.Pi / float64(2*n) * float64((2*i+1+n/2)*(2*k+1)))
	}
	for i := range t.long {
		for k := range t.long[i] {
			t.long[i][k] = cosine(i+9, k, 36)
		}
	}
	for i := range t.short {
		for k := range t.short[i] {
			t.short[i][k] = cosine(i, k, 12)
		}
	}
	for m := range t.cosines {
		for k := range t.cosines[m] {
			t.cosines[m][k] = math.Cos(math.Pi / 64 * float64(m*(2*k+1)))
		}
	}
	for i, v := range halfWindow {
		t.window[i] = v / (1 << 16)
		if i > 0 && i%64 != 0 {
			t.window[512-i] = -v / (1 << 16)
		} else if i > 0 {
			t.window[512-i] = v / (1 << 16)
		}
	}
	return t
})

// channel is the state of one channel that is kept from granule to granule.
type channel struct {
	overlap spectrum        // second halves of the last blocks
	values  [16][64]float64 // of the filter bank; next is the newest
	next    int
}

// synthesize converts a granule's lines to samples and passes each to put.
func (c *channel) synthesize(g *granule, h Header, x *spectrum, put func(float32)) {
	var slots [subbandLines][subbands]float64
	long := 0
	if g.mixed {
		long = mixedLines(h.bands) / subbandLines
	}
	for sb := range subbands {
		blockType := g.blockType
		if sb < long {
			blockType = 0
		}
		block := inverse((*[subbandLines]float64)(x[sb*subbandLines:]), blockType)
		for i := range subbandLines {
			v := block[i] + c.overlap[sb*subbandLines+i]
			if sb%2 == 1 && i%2 == 1 {
				v = -v // every other subband is inverted in frequency
			}
			slots[i][sb] = v
			c.overlap[sb*subbandLines+i] = block[subbandLines+i]
		}
	}
	for i := range slots {
		c.filter(&slots[i], put)
	}
}

// inverse computes the windowed inverse transform of one subband (§2.4.3.4.10.2).
func inverse(x *[subbandLines]float64, blockType int) (block [36]float64) {
	f := factors()
	window := &f.windows[blockType]
	if blockType == shortBlocks {
		for w := range 3 {
			for i := range f.short {
				sum := 0.0
				for k, c := range f.short[i] {
					sum += x[3*k+w] * c
				}
				block[6+6*w+i] += sum * window[i]
			}
		}
		return block
	}
	// The first half is odd about its middle, the second half even.
	for i := range f.long {
		sum := 0.0
		for k, c := range f.long[i] {
			sum += x[k] * c
		}
		if at := i + 9; at < 18 {
			block[at], block[17-at] = sum*window[at], -sum*window[17-at]
		} else {
			block[at], block[53-at] = sum*window[at], sum*window[53-at]
		}
	}
	return block
}

// filter converts one value of each subband to 32 samples (§2.4.3.2.2, figure A.2).
// Half of the 64 rows of its matrix are the negatives of the other half.
func (c *channel) filter(slot *[subbands]float64, put func(float32)) {
	f := factors()
	c.next = (c.next + 15) % 16
	newest := &c.values[c.next]
	var halves [2][subbands / 2]float64 // the second half of a cosine mirrors the first, or negates that
	for k := range subbands / 2 {
		low, high := slot[k], slot[subbands-1-k]
		halves[0][k], halves[1][k] = low+high, low-high
	}
	for m := range f.cosines {
		sum := 0.0
		for k, v := range halves[m%2] {
			sum += v * f.cosines[m][k]
		}
		if m >= 16 {
			newest[m-16] = sum
		} else {
			newest[48+m] = -sum
		}
		newest[48-m] = -sum
	}
	newest[16] = 0
	for j := range subbands {
		sum := 0.0
		for i := range 8 {
			sum += c.values[(c.next+2*i)%16][j] * f.window[64*i+j]
			sum += c.values[(c.next+2*i+1)%16][32+j] * f.window[64*i+32+j]
		}
		put(float32(sum))
	}
}
