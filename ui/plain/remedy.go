package plain

import "unsaid/store"

// hint words the way out of an error as what to type at the prompt, "" if it names none.
func hint(err error) string {
	return map[store.Remedy]string{
		store.ChooseFolder:   "Make room, or choose another folder",
		store.ListDevices:    "devices lists them",
		store.ListParts:      "devices and a number lists what was merged into it",
		store.ListImports:    "imports lists them",
		store.ListRequests:   "requests lists them",
		store.ListTrash:      "trash lists them",
		store.CorrectSent:    "sent, its number and a day corrects the day",
		store.MarkSent:       "sent and its number notes that it was",
		store.ExplainVerdict: "requests and its number says why",
	}[store.RemedyOf(err)]
}
