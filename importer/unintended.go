package importer

import "strings"

// placeholders are the words that Amazon's pages show in place of a transcript, reduced
// to their letters. They mark recordings that were not meant for the assistant.
var placeholders = map[string]bool{
	"audiocouldnotbeunderstood":                   true,
	"audiowasnotintendedforalexa":                 true,
	"audiowasnotintendedforthisdevice":            true,
	"notextstored":                                true,
	"textnotavailableaudiowasnotintendedforalexa": true,
}

// unintendedText reports whether a transcript is a placeholder of a recording that was not meant
// for the assistant.
func unintendedText(text string) bool {
	return len(text) < 100 && placeholders[lettersAndDigits(text)]
}

// unintendedKind reports whether the maker's word for a recording (utteranceType, activityStatus
// or domainAttributes) says that it was not meant for the assistant. WAKE_WORD_ONLY and
// DEVICE_ARBITRATION do not: there, somebody did speak to it.
func unintendedKind(kind string) bool {
	switch {
	case strings.HasPrefix(kind, "FALSE_WAKE_WORD"), strings.HasPrefix(kind, "NO_EXPRESSED_INTENT"):
		return true
	}
	return kind == "DISCARDED_NON_DEVICE_DIRECTED_INTENT" || kind == "ASR_TIMEOUT"
}
