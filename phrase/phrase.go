package phrase

import (
	"strings"

	"github.com/dustin/go-humanize"
)

// Comma is a number with its thousands set apart: 1,204.
func Comma(n int) string { return humanize.Comma(int64(n)) }

// Count is a number with its noun: "1 recording", "1,204 recordings".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Comma(n) + " " + noun + "s"
}

// Size is a number of bytes: 64 kB, 1.2 MB.
func Size(bytes int64) string { return humanize.Bytes(uint64(max(0, bytes))) }

// Amount is how many there are of something.
type Amount struct {
	N  int
	Of string
}

// Amounts lists what there is any of: "3 gone, 1 still there"; "" if there is nothing.
func Amounts(list ...Amount) string {
	var said []string
	for _, a := range list {
		if a.N > 0 {
			said = append(said, Comma(a.N)+" "+a.Of)
		}
	}
	return strings.Join(said, ", ")
}
