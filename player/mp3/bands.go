package mp3

// band is a group of lines with one scale factor.
type band struct {
	start, width int // in lines, in the order of the main data
	window       int // 0, 1 or 2 for the lines of a short transform, -1 for a long one
	number       int // of the scale factor band; long and short ones are numbered separately
}

// listBands lists a granule's bands in the order of their scale factors. A short
// block has each band three times, once for each window. A mixed block has long
// bands for its first lines.
func (g *granule) listBands(h Header) []band {
	bands := make([]band, 0, 39)
	long, short := longBands[h.bands], shortBands[h.bands]
	longEnd, shortFrom := len(long)-1, len(short)-1
	if g.blockType == shortBlocks {
		longEnd, shortFrom = 0, 0
		if g.mixed {
			for long[longEnd] < mixedLines(h.bands) {
				longEnd++
			}
			shortFrom = 3
		}
	}
	for b := range longEnd {
		bands = append(bands, band{long[b], long[b+1] - long[b], -1, b})
	}
	for b := shortFrom; b < len(short)-1; b++ {
		width := short[b+1] - short[b]
		for w := range 3 {
			bands = append(bands, band{3*short[b] + w*width, width, w, b})
		}
	}
	return bands
}

// mixedLines is the number of long lines in a mixed block: two subbands, or four
// at 8 kHz, where the first three short bands are wider.
func mixedLines(row int) int { return 3 * shortBands[row][3] }

// longBands are the borders of the scale factor bands in a long block (table B.8;
// 13818-3 table B.2). Each row is a sampling rate: 44.1, 48 and 32 kHz, then half
// and a quarter of them. Of the MPEG 2.5 rates, only 8 kHz has its own bands.
var longBands = [9][23]int{
	{0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 52, 62, 74, 90, 110, 134, 162, 196, 238, 288, 342, 418, 576},
	{0, 4, 8, 12, 16, 20, 24, 30, 36, 42, 50, 60, 72, 88, 106, 128, 156, 190, 230, 276, 330, 384, 576},
	{0, 4, 8, 12, 16, 20, 24, 30, 36, 44, 54, 66, 82, 102, 126, 156, 194, 240, 296, 364, 448, 550, 576},
	{0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576},
	{0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 114, 136, 162, 194, 232, 278, 332, 394, 464, 540, 576},
	{0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576},
	{0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576},
	{0, 6, 12, 18, 24, 30, 36, 44, 54, 66, 80, 96, 116, 140, 168, 200, 238, 284, 336, 396, 464, 522, 576},
	{0, 12, 24, 36, 48, 60, 72, 88, 108, 132, 160, 192, 232, 280, 336, 400, 476, 566, 568, 570, 572, 574, 576},
}

// shortBands are the borders in each of the three transforms of a short block.
var shortBands = [9][14]int{
	{0, 4, 8, 12, 16, 22, 30, 40, 52, 66, 84, 106, 136, 192},
	{0, 4, 8, 12, 16, 22, 28, 38, 50, 64, 80, 100, 126, 192},
	{0, 4, 8, 12, 16, 22, 30, 42, 58, 78, 104, 138, 180, 192},
	{0, 4, 8, 12, 18, 24, 32, 42, 56, 74, 100, 132, 174, 192},
	{0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 136, 180, 192},
	{0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192},
	{0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192},
	{0, 4, 8, 12, 18, 26, 36, 48, 62, 80, 104, 134, 174, 192},
	{0, 8, 16, 24, 36, 52, 72, 96, 124, 160, 162, 164, 166, 192},
}
