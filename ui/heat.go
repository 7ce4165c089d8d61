package ui

import (
	"slices"
	"strings"

	"unsaid/store"
)

// shades are the marks of a day, from nothing recorded to the most. They are told apart without
// colours.
var shades = []string{"·", "░", "▒", "▓", "█"}

// heat divides days by how much they have. Days are unlike each other by orders of magnitude, so
// each shade is for about as many of the days as any other one.
type heat struct {
	most []int // of a day in each shade that is in use, from the lightest on
}

func newHeat(days map[store.Day]int) heat {
	var counts []int
	for _, n := range days {
		counts = append(counts, n)
	}
	if counts == nil {
		return heat{}
	}
	slices.Sort(counts)
	var h heat
	for quarter := 1; quarter <= 4; quarter++ {
		h.most = append(h.most, counts[(len(counts)*quarter-1)/4])
	}
	h.most = slices.Compact(h.most)
	return h
}

// shade is the mark of a day with n recordings.
func (h heat) shade(n int) string {
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
func (h heat) mark(i int) string { return shades[len(shades)-len(h.most)+i] }

// legend says how many recordings each shade stands for.
func (h heat) legend() string {
	var parts []string
	least := 1
	for i, most := range h.most {
		numbers := comma(most)
		if least < most {
			numbers = comma(least) + "–" + numbers
		}
		parts = append(parts, h.mark(i)+" "+numbers)
		least = most + 1
	}
	if parts == nil {
		return "Nothing with a known time is in the library."
	}
	return strings.Join(parts, "  ") + "  a day"
}
