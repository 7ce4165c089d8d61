package phrase

import (
	"github.com/dustin/go-humanize"

	"unsaid/store"
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

// Standing says where a recording or a request stands with the maker.
func Standing(s store.RequestStatus) string {
	switch s {
	case store.Draft:
		return "drafted"
	case store.Sent:
		return "asked"
	case store.Gone:
		return "gone"
	case store.StillThere:
		return "still there"
	case store.CannotTell:
		return "cannot tell"
	}
	return "not asked"
}

// Maker is the name of a maker, or of what recorded where there is no maker.
func Maker(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "Amazon"
	case store.Google:
		return "Google"
	case store.OVOS:
		return "OVOS"
	case store.HomeAssistant:
		return "Home Assistant"
	}
	return "files"
}

// Assistant is the name of the one who replies.
func Assistant(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "alexa"
	case store.Google:
		return "google"
	}
	return "reply"
}
