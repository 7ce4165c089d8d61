package cli

import "unsaid/store"

// hint words the way out of an error as something to type, "" if it names none.
func hint(err error) string {
	return map[store.Remedy]string{
		store.ChooseLibrary:  "choose another library with --db",
		store.OpenBackup:     "if it is damaged, open a backup with --db",
		store.ChooseFolder:   "make room, or choose another folder with --out",
		store.ExportAsIs:     "without --wav it is exported as it is",
		store.FindID:         "unsaid list shows the ids",
		store.ListDevices:    "list them with: unsaid devices",
		store.ListParts:      "list what was merged with: unsaid devices --json",
		store.ListImports:    "list them with: unsaid imports",
		store.ListRequests:   "list them with: unsaid requests",
		store.ListTrash:      "list the trash with: unsaid trash",
		store.ListTombstones: "list them with: unsaid tombstones",
		store.CorrectSent:    "correct the day with: unsaid requests sent",
		store.MarkSent:       "once it is sent, note it with: unsaid requests sent",
		store.ExplainVerdict: "see why with: unsaid verify",
	}[store.RemedyOf(err)]
}
