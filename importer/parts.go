package importer

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// numberedPart matches the name of a part of an archive: what the parts have in common, the part's number and the rest.
// Takeout numbers from 001 on, such as takeout-20240516T230250Z-003.zip; Amazon's numbers may begin anywhere.
var numberedPart = regexp.MustCompile(`^(takeout-\d{8}T\d{6,7}Z-(?:\d-)?|All Data Categories\.)(\d{1,3})(\.zip|\.tgz)$`)

// missingParts returns the names of the parts that have to exist between those at paths.
func missingParts(paths []string) []string {
	type archive struct{ stem, suffix string }
	numbers := map[archive][]int{}
	digits := map[archive]int{}
	var order []archive
	for _, p := range paths {
		m := numberedPart.FindStringSubmatch(filepath.Base(p))
		if m == nil {
			continue
		}
		a := archive{m[1], m[3]}
		if numbers[a] == nil {
			order = append(order, a)
		}
		n, _ := strconv.Atoi(m[2]) // which are digits
		numbers[a] = append(numbers[a], n)
		digits[a] = len(m[2])
	}
	var missing []string
	for _, a := range order {
		first := slices.Min(numbers[a])
		if digits[a] == len("001") {
			first = 1
		}
		for n := first; n < slices.Max(numbers[a]); n++ {
			if !slices.Contains(numbers[a], n) {
				missing = append(missing, fmt.Sprintf("%s%0*d%s", a.stem, digits[a], n, a.suffix))
			}
		}
	}
	return missing
}
