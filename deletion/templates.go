package deletion

import (
	"embed"

	"github.com/dustin/go-humanize"
)

// templates has the words of all files, a folder per language.
//
//go:embed templates
var templates embed.FS

// countOf returns n of a thing as people write it: 1 recording, 1,204 recordings.
func countOf(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return humanize.Comma(int64(n)) + " " + thing
}
