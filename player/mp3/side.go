package mp3

// granuleLines is the number of frequency lines, and of samples, in a granule.
const granuleLines = 576

const shortBlocks = 2 // the block type of three short transforms

// granule is the side information of one granule of one channel (§2.4.1.7).
type granule struct {
	bits          int // size of scale factors and lines in the main data
	bigPairs      int // pairs of lines in the first three regions
	gain          int
	scaleCompress int
	blockType     int
	mixed         bool // a short block whose lowest subbands are long
	tables        [3]int
	regionEnds    [2]int // in lines; the third region ends with the pairs
	subblockGain  [3]int
	preemphasis   bool
	coarse        bool // scale factors count double
	lastTable     int  // of the groups of four lines
	shared        [4]bool
	bands         []band
}

// side is a frame's side information.
type side struct {
	mainBegin int // how many bytes before the frame the main data starts
	granules  [2][2]granule
}

// readSide reads the side information. Any bits are valid side information.
func readSide(h Header, data []byte) *side {
	r := &bitReader{data: data}
	s := &side{}
	if h.Version == MPEG1 {
		s.mainBegin = r.read(9)
		r.skip([]int{5, 3}[h.Channels-1]) // private bits
		for ch := range h.Channels {
			for i := range 4 {
				s.granules[1][ch].shared[i] = r.read(1) == 1
			}
		}
	} else {
		s.mainBegin = r.read(8)
		r.skip(h.Channels) // private bits
	}
	for g := range h.granules() {
		for ch := range h.Channels {
			s.granules[g][ch].read(h, r)
		}
	}
	return s
}

func (g *granule) read(h Header, r *bitReader) {
	g.bits, g.bigPairs, g.gain = r.read(12), r.read(9), r.read(8)
	if h.Version == MPEG1 {
		g.scaleCompress = r.read(4)
	} else {
		g.scaleCompress = r.read(9)
	}
	long := longBands[h.bands]
	if switched := r.read(1) == 1; switched {
		g.blockType, g.mixed = r.read(2), r.read(1) == 1
		g.tables = [3]int{r.read(5), r.read(5), 0}
		g.subblockGain = [3]int{r.read(3), r.read(3), r.read(3)}
		g.regionEnds = [2]int{long[8], granuleLines}
		if g.blockType == shortBlocks {
			short := shortBands[h.bands]
			g.regionEnds[0] = 3 * short[3]
		}
	} else {
		g.tables = [3]int{r.read(5), r.read(5), r.read(5)}
		first := r.read(4) + 1
		second := first + r.read(3) + 1
		g.regionEnds = [2]int{long[min(first, len(long)-1)], long[min(second, len(long)-1)]}
	}
	if h.Version == MPEG1 {
		g.preemphasis = r.read(1) == 1
	}
	g.coarse, g.lastTable = r.read(1) == 1, r.read(1)
	g.bands = g.listBands(h)
}
