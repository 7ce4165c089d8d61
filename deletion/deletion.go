// Package deletion turns a choice of recordings into what to ask of their maker: [Plan] finds the
// fewest steps that remove exactly the chosen ones, and [Write] writes them as a folder of files
// for a person to work through and to send. Nothing here deletes anything, and no maker offers a
// way to do so from a program.
package deletion

import "unsaid/store"

// Abilities is what a maker lets people delete.
type Abilities struct {
	Device            bool // everything of one device at once
	DayRange          bool // everything on a range of days
	DayRangePerDevice bool // … on one device; otherwise a range takes every device of the account
	Single            bool // one recording
}

// AbilitiesOf returns what the maker lets people delete, as the deletion pages of Amazon (Review
// Voice History, Manage Your Content and Devices) and Google (My Activity) offer it. The
// recordings of local assistants are files, each deleted by itself; so are those of a vendor
// that is not known.
//
// Where ranges are not per device, the timeline given to [Plan] must be the whole account's, the
// other devices' recordings with their chosen ones as free.
func AbilitiesOf(vendor string) Abilities {
	switch vendor {
	case store.Amazon:
		return Abilities{Device: true, DayRange: true, DayRangePerDevice: true, Single: true}
	case store.Google:
		return Abilities{DayRange: true, Single: true}
	default:
		return Abilities{Single: true}
	}
}

// isLocal reports whether the vendor's recordings are files in the user's own hands, so that
// there is nobody to write a letter to.
func isLocal(vendor string) bool {
	return vendor != store.Amazon && vendor != store.Google
}
