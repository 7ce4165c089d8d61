package player

import "testing"

// bitWriter builds what bitReader reads.
type bitWriter struct {
	data []byte
	at   int
}

func (w *bitWriter) write(v uint64, n int) *bitWriter {
	for i := range n {
		if w.at%8 == 0 {
			w.data = append(w.data, 0)
		}
		w.data[w.at/8] |= byte(v>>i&1) << (w.at % 8)
		w.at++
	}
	return w
}

// book starts a setup header with one code book, up to the code's lengths.
func book(dimensions, entries uint64) *bitWriter {
	return new(bitWriter).write(0, 8).write(0x564342, 24).write(dimensions, 16).write(entries, 24)
}

func TestVorbisHeaderGuard(t *testing.T) {
	const ordered, unordered, dense, noValues = 1, 0, 0, 0
	for _, c := range []struct {
		name  string
		setup *bitWriter
		sound bool
	}{
		{"two words of one bit", book(2, 2).write(unordered, 1).write(dense, 1).write(0, 5).write(0, 5).write(noValues, 4), true},
		{"the same, ordered", book(2, 2).write(ordered, 1).write(0, 5).write(2, 2).write(noValues, 4), true},
		{"with values", book(1, 2).write(unordered, 1).write(dense, 1).write(0, 5).write(0, 5).write(1, 4).write(0, 69).write(0, 2), true},
		{"a word that leads nowhere", book(2, 2).write(unordered, 1).write(dense, 1).write(0, 5).write(1, 5).write(noValues, 4), false},
		{"too many words", book(2, 3).write(unordered, 1).write(dense, 1).write(0, 15).write(noValues, 4), false},
		{"no word used", book(2, 2).write(unordered, 1).write(1, 1).write(0, 2).write(noValues, 4), false},
		{"ordered, never advancing", book(2, 2).write(ordered, 1).write(0, 5), false},
		{"terabytes of values", book(65535, 1<<24-1).write(unordered, 1).write(dense, 1), false},
		{"no dimensions", book(0, 2).write(unordered, 1).write(dense, 1).write(0, 10).write(noValues, 4), false},
		{"values cut off", book(1, 2).write(unordered, 1).write(dense, 1).write(0, 10).write(2, 4).write(0, 50), false},
		{"nothing", new(bitWriter), false},
	} {
		if got := validCodebooks(c.setup.data); got != c.sound {
			t.Errorf("%s: sound is %v", c.name, got)
		}
	}

	if !validComments([]byte("\x01\x00\x00\x00v\x00\x00\x00\x00")) {
		t.Error("a header without comments is refused")
	}
	if validComments([]byte("\x01\x00\x00\x00v\xff\xff\xff\xff")) || validComments([]byte("\xff\xff\xff\xff")) || validComments(nil) {
		t.Error("4 billion comments in no bytes are accepted")
	}
}
