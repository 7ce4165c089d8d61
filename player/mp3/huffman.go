package mp3

import "sync"

// bitReader reads numbers, starting with the high bits of each byte. After the end
// it reads zeros.
type bitReader struct {
	data []byte
	at   int // position in bits
}

// peek returns the next 32 bits.
func (r *bitReader) peek() uint32 {
	var v uint64
	for i := range 5 {
		v <<= 8
		if at := r.at/8 + i; at < len(r.data) {
			v |= uint64(r.data[at])
		}
	}
	return uint32(v >> (8 - r.at%8))
}

func (r *bitReader) skip(n int) { r.at += n }

// read reads a number of up to 31 bits.
func (r *bitReader) read(n int) int {
	v := r.peek() >> (32 - n)
	r.at += n
	return int(v)
}

// word is a word of a Huffman code.
type word struct {
	bits   uint32 // left-aligned
	length int
	x, y   int
}

// code is a Huffman code: its words sorted by their bits and, for each value of
// the first byte, the index of the last word that is not greater.
type code struct {
	words []word
	from  [256]int
}

// codes are the codes by their numbers in table B.7. Numbers that are not in
// codeWords are nil.
var codes = sync.OnceValue(func() *[34]*code {
	var all [34]*code
	for n, words := range codeWords {
		all[n] = newCode(words)
	}
	return &all
})

func newCode(text string) *code {
	c := &code{words: make([]word, 0, len(text)/3)}
	var bits uint32
	for ; len(text) > 0; text = text[3:] {
		w := word{bits, digit(text[0]), digit(text[1]), digit(text[2])}
		c.words = append(c.words, w)
		bits += 1 << (32 - w.length)
	}
	n := 0
	for first := range c.from {
		for n+1 < len(c.words) && c.words[n+1].bits <= uint32(first)<<24 {
			n++
		}
		c.from[first] = n
	}
	return c
}

func digit(b byte) int {
	if b >= 'a' {
		return int(b-'a') + 10
	}
	return int(b - '0')
}

// next reads a word.
func (c *code) next(r *bitReader) word {
	bits := r.peek()
	n := c.from[bits>>24]
	for n+1 < len(c.words) && c.words[n+1].bits <= bits {
		n++
	}
	w := c.words[n]
	r.skip(w.length)
	return w
}

// pairTable returns the code of a table of pairs, and the number of extra bits of
// the value 15. A nil code means that all values are zero.
func pairTable(number int) (c *code, moreBits int) {
	switch {
	case number >= 24:
		return codes()[24], [8]int{4, 5, 6, 7, 8, 9, 11, 13}[number-24]
	case number >= 16:
		return codes()[16], [8]int{1, 2, 3, 4, 6, 8, 10, 13}[number-16]
	}
	return codes()[number], 0
}

// quantized are the values of a granule's lines.
type quantized struct {
	lines [granuleLines]int
	used  int // the lines from here on are zero
}

// readLines reads the lines up to the bit end of the main data (§2.4.1.7).
func (g *granule) readLines(r *bitReader, end int) (q quantized) {
	pairsEnd := min(2*g.bigPairs, granuleLines)
	for region := range 3 {
		regionEnd := pairsEnd
		if region < 2 {
			regionEnd = min(g.regionEnds[region], pairsEnd)
		}
		c, more := pairTable(g.tables[region])
		for ; q.used < regionEnd && r.at < end; q.used += 2 {
			if c == nil {
				continue
			}
			w := c.next(r)
			q.lines[q.used] = readValue(r, w.x, more)
			q.lines[q.used+1] = readValue(r, w.y, more)
		}
	}
	fours := codes()[32+g.lastTable]
	for q.used+4 <= granuleLines && r.at < end {
		w := fours.next(r)
		var four [4]int
		for i := range four {
			four[i] = readValue(r, w.y>>(3-i)&1, 0)
		}
		if r.at > end {
			break // these bits were padding, not a word
		}
		copy(q.lines[q.used:], four[:])
		q.used += 4
	}
	r.at = end
	for q.used > 0 && q.lines[q.used-1] == 0 {
		q.used--
	}
	return q
}

// readValue reads the bits after a value's word: extra bits if it is 15, and the
// sign.
func readValue(r *bitReader, v, moreBits int) int {
	if v == 0 {
		return 0
	}
	if v == 15 && moreBits > 0 {
		v += r.read(moreBits)
	}
	if r.read(1) == 1 {
		return -v
	}
	return v
}
