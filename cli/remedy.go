package cli

import (
	"strings"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
)

// withHints returns the text of an error followed by its remedy. Each of several joined errors is followed by
// its own.
func withHints(err error) string {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || !strings.Contains(err.Error(), "\n") {
		return withHint(err.Error(), store.RemedyOf(err))
	}
	var lines []string
	for _, e := range joined.Unwrap() {
		lines = append(lines, withHints(e))
	}
	return strings.Join(lines, "\n")
}

// withReason returns why a member was not imported, followed by the way to import it after all.
func withReason(m store.MemberOutcome) string { return withHint(m.Reason, m.Remedy) }

func withHint(text string, r store.Remedy) string {
	if way := hint(r); way != "" {
		return text + " (" + way + ")"
	}
	return text
}

// hint says what to type to resolve an error, "" for a remedy that the command line does not know.
func hint(r store.Remedy) string {
	if maps := importer.Mappings(r); maps != nil {
		return "import again with --map " + strings.Join(maps, " or --map ")
	}
	return map[store.Remedy]string{
		store.ChooseLibrary:  "choose another library with --db",
		store.OpenBackup:     "if it is damaged, open a backup with --db",
		store.ChooseFolder:   "make room, or choose another folder with --out",
		store.ExportAsIs:     "without --wav it is exported as it is",
		store.FindID:         "unsaid list shows the ids",
		store.ListDevices:    "list them with: unsaid devices",
		store.ListParts:      "list what was merged with: unsaid devices --json",
		store.ListImports:    "list them with: unsaid imports",
		store.ListExports:    "list them with: unsaid exports",
		store.ListAccounts:   "list them with: unsaid accounts",
		store.NameAccount:    "say whose it is with --account NAME; a new name makes a new account",
		store.NameZone:       "import again with --zone and the name of the zone, such as Asia/Kolkata, or its offset, such as +05:30",
		store.CaptureAgain:   phrase.CaptureAgain,
		store.ListRequests:   "list them with: unsaid requests",
		store.ListTrash:      "list the trash with: unsaid trash",
		store.ListTombstones: "list them with: unsaid tombstones",
		store.CorrectSent:    "correct the day with: unsaid requests sent",
		store.MarkSent:       "once it is sent, note it with: unsaid requests sent",
		store.MarkDraft:      "if it was not sent after all, drop it with: unsaid requests draft",
		store.ExplainVerdict: "see why with: unsaid verify",
	}[r]
}
