package phrase

import (
	"fmt"

	"unsaid/deletion"
	"unsaid/store"
)

// MadeBy says what tells when an export was made.
func MadeBy(by store.MadeBy) string {
	switch by {
	case store.MadeByRecording:
		return "it has a recording of that day"
	case store.MadeByName:
		return "its maker's stamp says so"
	case store.MadeByUser:
		return "you said so"
	case store.MadeByImport:
		return "it was read then"
	}
	return "nothing tells"
}

// Complete says whether an export is all that the account has.
func Complete(a store.Answer) string {
	switch a {
	case store.Yes:
		return "yes, by your word"
	case store.No:
		return "no, by your word"
	}
	return "not said"
}

// Product names what a maker handed out.
func Product(e store.Export) string {
	if e.Own {
		return "written by unsaid"
	}
	if e.Product == "" {
		return Maker(e.Vendor)
	}
	return Maker(e.Vendor) + " " + e.Product
}

// Evidence says in sentences what an export is evidence of: when it was made and what tells so, whether it is all that
// the account has, and what of it was not read.
func Evidence(e store.Export, d Dates) string {
	if e.Own {
		return "Written by unsaid, so it proves nothing."
	}
	said := Product(e) + "; nothing tells when it was made."
	if !e.Made.IsZero() {
		said = fmt.Sprintf("%s, made after %s (%s).", Product(e), d.Of(e.Made), MadeBy(e.MadeBy))
	}
	switch e.Complete {
	case store.Yes:
		said += " By your word, it is all that they gave you."
	case store.No:
		said += " By your word, it is not all that they gave you."
	default:
		said += " You have not said whether it is all that they gave you."
	}
	if e.Unread > 0 {
		said += fmt.Sprintf(" Not read: %s that may hold recordings.", Count(e.Unread, "file or record"))
	}
	if n := len(e.Missing); n > 0 {
		said += fmt.Sprintf(" Missing: %s of the archive.", Count(n, "part"))
	}
	return said
}

// Proof says on what the outcome of some recordings rests. made is when their export was made.
func Proof(p deletion.Proof, made string) string {
	are, them := "are", "them"
	if p.Recordings == 1 {
		are, them = "is", "it"
	}
	export := fmt.Sprintf("the export of import %d, made after %s (%s),", p.Export.ImportID, made, MadeBy(p.Export.MadeBy))
	what := fmt.Sprintf("%s %s %s: ", Count(p.Recordings, "recording"), are, Standing(p.Outcome))
	switch {
	case p.Outcome == store.StillThere:
		return what + fmt.Sprintf("%s has %s, known by %s", export, them, matchedBy(p.Matched))
	case p.Ground == deletion.ByWord:
		return what + export + " is all that the account has, by your word, and lacks " + them
	}
	return what + export + " has what was recorded before and after, and lacks " + them
}

// matchedBy says by what a recording was known again.
func matchedBy(m store.Matched) string {
	switch m {
	case store.MatchedByIdentifier:
		return "the maker's identifier"
	case store.MatchedByWords:
		return "device, time and words"
	case store.MatchedByUser:
		return "your word"
	}
	return "device and time alone"
}

// Settles says what would settle an unknown outcome.
func Settles(s deletion.Settle) string {
	switch s {
	case deletion.SayMadeOn:
		return "import an export that the maker makes now, or say when this one was made"
	case deletion.SayComplete:
		return "if the export is all that the maker gave you, say so"
	case deletion.ImportAgain:
		return "import again what was not read, or the newer part alone"
	case deletion.CompareBoth:
		return "compare the two and say whether they are one recording"
	case deletion.ImportWithIDs:
		return "import an export that has the maker's identifiers, such as the website's history"
	}
	return "import an export that the maker makes now"
}
