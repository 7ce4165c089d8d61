package mp3

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return withoutID3(data)
}

func withoutID3(data []byte) []byte {
	for !Starts(data) {
		data = data[1:]
	}
	return data
}

// header builds a frame header, mono and without a checksum.
func header(version, bitRate, rate, padding byte) []byte {
	return []byte{0xff, 0xe3 | version<<3, bitRate<<4 | rate<<2 | padding<<1, 0xc0}
}

func TestFrameSizes(t *testing.T) {
	const mpeg25, mpeg2, mpeg1 = 0, 2, 3
	for _, c := range []struct {
		header     []byte
		rate, size int
	}{
		{header(mpeg1, 9, 0, 0), 44100, 417},
		{header(mpeg1, 9, 0, 1), 44100, 418},
		{header(mpeg1, 14, 1, 0), 48000, 960},
		{header(mpeg1, 1, 2, 0), 32000, 144},
		{header(mpeg2, 1, 0, 0), 22050, 26},
		{header(mpeg2, 1, 0, 1), 22050, 27}, // (52 + 1) / 2 is 26: not the way to compute it
		{header(mpeg2, 5, 0, 0), 22050, 130},
		{header(mpeg2, 5, 0, 1), 22050, 131},
		{header(mpeg2, 14, 2, 0), 16000, 720},
		{header(mpeg25, 1, 0, 1), 11025, 53},
		{header(mpeg25, 1, 1, 0), 12000, 48},
		{header(mpeg25, 8, 2, 0), 8000, 576},
	} {
		h, ok := ParseHeader(c.header)
		if !ok || h.Rate != c.rate || h.size != c.size || h.Channels != 1 {
			t.Errorf("% x: %+v, %v; want %d Hz, %d bytes", c.header, h, ok, c.rate, c.size)
		}
	}
	for _, none := range [][]byte{
		nil,
		{0xff, 0xfb, 0x90},
		header(1, 9, 0, 0), header(3, 15, 0, 0), header(3, 9, 3, 0), header(3, 0, 0, 0),
		{0xff, 0xfd, 0x90, 0},
		{0xff, 0xf1, 0x50, 0x80},
		{0xfe, 0xfb, 0x90, 0},
		{0xff, 0xfb, 0x90, 2},
	} {
		if h, ok := ParseHeader(none); ok {
			t.Errorf("% x is taken for a frame: %+v", none, h)
		}
	}
}

// A code is complete if the sum of 2^-length over its words is one. Then the bits
// of the words follow from their order and lengths.
func TestCodesAreComplete(t *testing.T) {
	for n, c := range codes() {
		if c == nil {
			continue
		}
		share, seen := 0.0, map[[2]int]bool{}
		for _, w := range c.words {
			share += math.Exp2(-float64(w.length))
			seen[[2]int{w.x, w.y}] = true
			r := &bitReader{data: binary.BigEndian.AppendUint32(nil, w.bits)}
			if got := c.next(r); got != w || r.at != w.length {
				t.Errorf("code %d: %+v is read as %+v", n, w, got)
			}
		}
		if share != 1 || len(seen) != len(c.words) {
			t.Errorf("code %d: shares add up to %v, %d of %d words are different", n, share, len(seen), len(c.words))
		}
	}
}

func TestBandsCoverAllLines(t *testing.T) {
	for row := range 9 {
		for _, g := range []granule{{}, {blockType: shortBlocks}, {blockType: shortBlocks, mixed: true}} {
			at := 0
			for _, b := range g.listBands(Header{bands: row}) {
				if b.start != at || b.width < 1 {
					t.Fatalf("row %d, %+v: %+v does not start at line %d", row, g, b, at)
				}
				at += b.width
			}
			if at != granuleLines {
				t.Errorf("row %d, %+v: %d lines", row, g, at)
			}
		}
	}
}

func TestScan(t *testing.T) {
	whole := read(t, "tone-22050-padded.mp3")
	first, _ := ParseHeader(whole)
	info, err := Scan(whole)
	if err != nil || info.Length() != 11025 || info.Frames != info.Declared || info.Gaps != 0 || info.Cut {
		t.Fatalf("%d samples, %+v, %v", info.Length(), info, err)
	}
	second := first.size
	for range 4 {
		h, _ := ParseHeader(whole[second:])
		second += h.size
	}
	free := bytes.Repeat(append(header(3, 0, 0, 0), make([]byte, 96)...), 5)
	if _, err := Scan(free); !errors.Is(err, ErrFreeFormat) || !Starts(free) {
		t.Errorf("free format: %v, starts %v", err, Starts(free))
	}
	for _, c := range []struct {
		name   string
		data   []byte
		frames int
		gaps   int
		cut    bool
	}{
		{"a tag after the frames", append(slices.Clone(whole), "TAG what follows is no frame"...), info.Frames, 0, false},
		{"garbage before", append([]byte("\xff\xfb\x90 no frame"), whole...), info.Frames, 0, false},
		{"garbage between", slices.Concat(whole[:second], []byte("\xff\xf3\x10\xc4 no frame"), whole[second:]), info.Frames, 1, false},
		{"last byte missing", whole[:len(whole)-1], info.Frames - 1, 0, true},
	} {
		got, err := Scan(c.data)
		if err != nil || got.Frames != c.frames || got.Gaps != c.gaps || got.Cut != c.cut {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	if _, err := Scan([]byte("no frame")); err == nil {
		t.Error("no frame is scanned")
	}
}

// A stream cut out of a longer one sounds the same as the whole, once it has all
// the earlier data that its frames need.
func TestDecodeFromTheMiddle(t *testing.T) {
	data := read(t, "reference/22050.mp3")
	whole, err := Decode(data, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	cut := data
	for range 4 { // the info frame and three frames
		h, _ := ParseHeader(cut)
		cut = cut[h.size:]
	}
	part, err := Decode(cut, 1<<20)
	if err != nil || part.Silent != 0 {
		t.Fatalf("%d silent, %v", part.Silent, err)
	}
	const settled = 5 * 576 * 2
	at := 3*576*2 - 2*(whole.delay+decoderDelay)
	for i := settled; at+i < len(whole.Data); i++ {
		if math.Abs(float64(part.Data[i]-whole.Data[at+i])) > 1e-5 {
			t.Fatalf("sample %d is %v, want %v", i, part.Data[i], whole.Data[at+i])
		}
	}
}

func TestDecodeStopsAtTheLimit(t *testing.T) {
	s, err := Decode(read(t, "tone-16000.mp3"), 2000)
	if err != nil || len(s.Data) > 2000 || len(s.Data) == 0 {
		t.Errorf("%d samples, %v", len(s.Data), err)
	}
}

// Frames with any bits are decoded without a panic.
func TestDecodeDamaged(t *testing.T) {
	for _, name := range []string{"reference/8000.mp3", "reference/16000-intensity.mp3", "reference/44100-intensity.mp3"} {
		data := read(t, name)
		for at := 0; at < len(data); at += 211 {
			damaged := slices.Clone(data)
			for i := at; i < min(at+3, len(data)); i++ {
				damaged[i] ^= byte(0xa5 + i)
			}
			_, _ = Decode(damaged, 1<<20)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	data := read(b, "reference/44100-intensity.mp3")
	for b.Loop() {
		if _, err := Decode(data, 1<<20); err != nil {
			b.Fatal(err)
		}
	}
}
