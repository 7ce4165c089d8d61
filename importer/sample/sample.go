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
