package ui

import (
	"math"
	"strings"
)

var bars = []rune("▁▂▃▄▅▆▇█")

// waveform draws peaks, each within 0..1, as one row of blocks. The part before at, a share of
// the whole, is drawn as heard already; at < 0 means that nothing plays. Quiet speech is lifted
// so that it can be seen.
func (st *styles) waveform(peaks []float32, at float64) string {
	loudest := float32(0.05)
	for _, p := range peaks {
		loudest = max(loudest, p)
	}
	head := -1
	if at >= 0 {
		head = min(int(at*float64(len(peaks))), len(peaks)-1)
	}
	var heard, ahead strings.Builder
	for i, p := range peaks {
		level := math.Sqrt(float64(p / loudest))
		bar := bars[min(int(level*float64(len(bars))), len(bars)-1)]
		if i <= head {
			heard.WriteRune(bar)
		} else {
			ahead.WriteRune(bar)
		}
	}
	return st.good.Render(heard.String()) + st.quiet.Render(ahead.String())
}
