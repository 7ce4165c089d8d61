package widget

import (
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
)

// NoShade is the mark of a day with nothing.
const NoShade = "·"

// shades are the marks of a day, from nothing recorded to the most. They are told apart without
// colours.
var shades = []string{NoShade, "░", "▒", "▓", "█"}

// Heat divides days by how much they have. Days are unlike each other by orders of magnitude, so
// each shade is for about as many of the days as any other one.
type Heat struct {
	most []int // of a day in each shade that is in use, from the lightest on
}

// NewHeat divides the days that have something.
func NewHeat[Day comparable](days map[Day]int) Heat {
	var counts []int
	for _, n := range days {
		counts = append(counts, n)
	}
	if counts == nil {
		return Heat{}
	}
	slices.Sort(counts)
	var h Heat
	for quarter := 1; quarter <= 4; quarter++ {
		h.most = append(h.most, counts[(len(counts)*quarter-1)/4])
	}
	h.most = slices.Compact(h.most)
	return h
}

// Shade is the mark of a day that has n.
func (h Heat) Shade(n int) string {
	if n == 0 {
		return shades[0]
	}
	for i, most := range h.most {
		if n <= most {
			return h.mark(i)
		}
	}
	return shades[len(shades)-1]
}

// mark is that of a shade in use. The darkest is in use always.
func (h Heat) mark(i int) string { return shades[len(shades)-len(h.most)+i] }

// Legend says how many each shade stands for, "" if there are none.
func (h Heat) Legend() string {
	var parts []string
	least := 1
	for i, most := range h.most {
		numbers := humanize.Comma(int64(most))
		if least < most {
			numbers = humanize.Comma(int64(least)) + "–" + numbers
		}
		parts = append(parts, h.mark(i)+" "+numbers)
		least = most + 1
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, "  ") + "  a day"
}
