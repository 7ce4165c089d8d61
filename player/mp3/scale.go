package mp3

// scaleFactors are a granule's scale factors in the order of its bands. In the
// right channel of an intensity stereo frame they are positions between left and
// right; a position equal to its limit means that the band has none.
type scaleFactors struct {
	values [39]int
	limits [39]int
	step   int // of the positions; MPEG 2 only
}

// readScale reads the scale factors at the start of a granule's main data
// (§2.4.1.7). before are those of the frame's first granule, which the second one
// can reuse.
func (g *granule) readScale(r *bitReader, before *scaleFactors) *scaleFactors {
	short := g.blockType == shortBlocks
	first := [16]int{0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4}[g.scaleCompress]
	second := [16]int{0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3}[g.scaleCompress]
	counts := [4]int{6, 5, 5, 5}
	switch {
	case short && g.mixed:
		counts = [4]int{8, 9, 18, 0}
	case short:
		counts = [4]int{9, 9, 18, 0}
	}
	s, n := &scaleFactors{}, 0
	for i, width := range [4]int{first, first, second, second} {
		for range counts[i] {
			s.limits[n] = 7
			if g.shared[i] && !short {
				s.values[n] = before.values[n]
			} else {
				s.values[n] = r.read(width)
			}
			n++
		}
	}
	return s
}

// readScale2 reads the scale factors of an MPEG 2 granule (13818-3 §2.4.3.2), and
// whether the granule has preemphasis.
func (g *granule) readScale2(r *bitReader, position bool) *scaleFactors {
	var widths [4]int
	var table int
	s, c := &scaleFactors{}, g.scaleCompress
	if position {
		s.step, c = c&1, c>>1
		switch {
		case c < 180:
			widths, table = [4]int{c / 36, c % 36 / 6, c % 6, 0}, 3
		case c < 244:
			c -= 180
			widths, table = [4]int{c >> 4 & 3, c >> 2 & 3, c & 3, 0}, 4
		default:
			c -= 244
			widths, table = [4]int{c / 3, c % 3, 0, 0}, 5
		}
	} else {
		switch {
		case c < 400:
			widths, table = [4]int{c >> 4 / 5, c >> 4 % 5, c >> 2 & 3, c & 3}, 0
		case c < 500:
			c -= 400
			widths, table = [4]int{c >> 2 / 5, c >> 2 % 5, c & 3, 0}, 1
		default:
			c -= 500
			widths, table = [4]int{c / 3, c % 3, 0, 0}, 2
			g.preemphasis = true
		}
	}
	kind := 0
	if g.blockType == shortBlocks {
		kind = 1
		if g.mixed {
			kind = 2
		}
	}
	n := 0
	for i, count := range scaleCounts2[table][kind] {
		for range count {
			s.values[n], s.limits[n] = r.read(widths[i]), 1<<widths[i]-1
			if widths[i] == 0 {
				s.limits[n] = -1 // every position is valid
			}
			n++
		}
	}
	return s
}

// scaleCounts2 is the number of scale factors with each of four widths, for long,
// short and mixed blocks (13818-3 §2.4.3.2).
var scaleCounts2 = [6][3][4]int{
	{{6, 5, 5, 5}, {9, 9, 9, 9}, {6, 9, 9, 9}},
	{{6, 5, 7, 3}, {9, 9, 12, 6}, {6, 9, 12, 6}},
	{{11, 10, 0, 0}, {18, 18, 0, 0}, {15, 18, 0, 0}},
	{{7, 7, 7, 0}, {12, 12, 12, 0}, {6, 15, 12, 0}},
	{{6, 6, 6, 3}, {12, 9, 9, 6}, {6, 12, 9, 6}},
	{{8, 8, 5, 0}, {15, 12, 9, 0}, {6, 18, 9, 0}},
}
