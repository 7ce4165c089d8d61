// Package sample holds a small archive to try the program with: two months of an
// invented household in the layout of Amazon's "Request my data". It is
// synthetic, and its README.txt says so: nobody said any of it, and the voices
// are a speech synthesiser's. LICENSE.md tells where it comes from; script.csv is
// its text, and the program in build makes the archive of it.
package sample

import (
	_ "embed"
	"slices"
)

//go:embed sample.zip
var archive []byte

// Archive returns the synthetic sample archive, a zip of less than 1.5 MB. The
// bytes are the caller's own.
func Archive() []byte { return slices.Clone(archive) }
