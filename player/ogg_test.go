package player

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// oggPage builds a page of stream 7.
func oggPage(flags byte, granule uint64, table []byte, body string) []byte {
	p := append([]byte("OggS\x00"), flags)
	p = binary.LittleEndian.AppendUint64(p, granule)
	p = append(p, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, byte(len(table)))
	p = slices.Concat(p, table, []byte(body))
	binary.LittleEndian.PutUint32(p[22:], oggChecksum(p))
	return p
}

func readPackets(data []byte) (packets []string, r *oggReader) {
	r = &oggReader{data: data}
	for p, ok := r.next(); ok; p, ok = r.next() {
		text := strings.ReplaceAll(string(p.data), strings.Repeat("x", 255), "X")
		if p.granule >= 0 {
			text += fmt.Sprint("@", p.granule)
		}
		packets = append(packets, text)
	}
	return packets, r
}

func TestOggPackets(t *testing.T) {
	long := strings.Repeat("x", 255)
	first := oggPage(2, 1, []byte{3}, "one")
	second := oggPage(0, 2, []byte{2, 255}, "tw"+long)
	third := oggPage(oggContinued|oggLast, 3, []byte{1, 4, 0}, "yfour")
	broken := slices.Clone(second)
	broken[len(broken)-1]++
	misled := slices.Clone(second)
	misled[27]++
	other := slices.Clone(second)
	other[14] = 8
	binary.LittleEndian.PutUint32(other[22:], oggChecksum(other))
	endless := oggPage(0, 1<<64-1, []byte{255}, long)
	for _, c := range []struct {
		name string
		data []byte
		want []string
		note string
	}{
		{"whole", slices.Concat(first, second, third), []string{"one@1", "tw@2", "Xy", "four", "@3"}, ""},
		{"a packet over three pages", slices.Concat(second, oggPage(oggContinued, 1<<64-1, []byte{255}, long), third), []string{"tw@2", "XXy", "four", "@3"}, ""},
		{"another stream's page between", slices.Concat(first, other, second, third), []string{"one@1", "tw@2", "Xy", "four", "@3"}, ""},
		{"a packet is broken", slices.Concat(second, first, broken), []string{"tw@2", "one@1", "tw@2"}, "damaged"},
		{"a page leads nowhere", slices.Concat(first, misled, third), []string{"one@1", "four", "@3"}, "damaged in one place"},
		{"garbage between", slices.Concat(first, []byte("garbage"), third), []string{"one@1", "four", "@3"}, "damaged in one place"},
		{"cut within a page", slices.Concat(first, third[:len(third)-1]), []string{"one@1"}, "cut short"},
		{"cut within a packet", slices.Concat(first, second[:len(second)-1]), []string{"one@1", "tw@2"}, "cut short"},
		{"the packet continues, but the next page starts a new one", slices.Concat(second, first), []string{"tw@2", "one@1"}, "damaged in one place"},
		{"no last page", first, []string{"one@1"}, "no end mark"},
		{"never a packet", slices.Concat(endless, endless), nil, "damaged in one place"},
		{"nothing", nil, nil, "no end mark"},
	} {
		packets, r := readPackets(c.data)
		if note := r.note(0); !slices.Equal(packets, c.want) || !strings.Contains(note, c.note) || (note == "") != (c.note == "") {
			t.Errorf("%s: %q, note %q; want %q, %q", c.name, packets, note, c.want, c.note)
		}
		for n := range c.data {
			readPackets(c.data[:n])
		}
	}
}
