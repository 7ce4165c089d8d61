package deletion

import "unsaid/store"

// Abilities is what a maker lets people delete.
type Abilities struct {
	Device            bool // everything of one device
	DayRange          bool // everything in a range of days
	DayRangePerDevice bool // a range of days of one device; otherwise a range includes every device of the account
	Single            bool // one recording
}

// AbilitiesOf returns what a maker lets people delete, according to the deletion pages of Amazon
// (Review Voice History, Manage Your Content and Devices) and Google (My Activity). The recordings
// of local assistants, and of unknown vendors, are files that are deleted one by one.
//
// If ranges are not per device, the timeline for [Plan] must contain the whole account, with the
// chosen recordings of other devices as free.
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

// AbilitiesFor returns what a maker lets people delete of a device. Recordings without a device cannot be found by one, so
// their ranges include every device of the account.
func AbilitiesFor(d store.Device) Abilities {
	can := AbilitiesOf(d.Vendor)
	if d.None {
		can.Device, can.DayRangePerDevice = false, false
	}
	return can
}

// IsLocal reports whether the vendor's recordings are the user's own files, so that there is nobody
// to write a letter to.
func IsLocal(vendor string) bool {
	return vendor != store.Amazon && vendor != store.Google
}
