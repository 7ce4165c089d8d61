package plain

import (
	"strings"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
)

// hint says what to do at the prompt to get out of an error, "" for a remedy that the prompt does not know.
func hint(r store.Remedy) string {
	if maps := importer.Mappings(r); maps != nil {
		return "On the command line, unsaid import --map " + strings.Join(maps, " or --map ") + " reads it"
	}
	return map[store.Remedy]string{
		store.ChooseFolder:   "Make room, or choose another folder",
		store.ListDevices:    "devices lists them",
		store.ListParts:      "devices and a number lists what was merged into it",
		store.ListImports:    "imports lists them",
		store.NameAccount:    "On the command line, unsaid import --account NAME says whose it is",
		store.NameZone:       "On the command line, unsaid import --zone ZONE says which is meant",
		store.CaptureAgain:   phrase.Capital(phrase.CaptureAgain),
		store.ListExports:    "exports lists them",
		store.ListRequests:   "requests lists them",
		store.ListTrash:      "trash lists them",
		store.CorrectSent:    "sent, its number and a day corrects the day",
		store.MarkSent:       "sent and its number notes that it was",
		store.MarkDraft:      "sent, its number and not takes that back, if it was not sent after all",
		store.ExplainVerdict: "requests and its number says why",
	}[r]
}
