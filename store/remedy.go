package store

import "errors"

// Remedy is a way out of an error. It is data: the front end that shows the error words it for its
// user, as a command, a key or a sentence.
type Remedy string

// The ways out of errors of the library.
const (
	ChooseLibrary  Remedy = "choose-library"  // open another file
	OpenBackup     Remedy = "open-backup"     // the library is damaged
	ChooseFolder   Remedy = "choose-folder"   // write to another folder
	ExportAsIs     Remedy = "export-as-is"    // do not convert the sound
	FindID         Remedy = "find-recording"  // list recordings to find the right id
	ListDevices    Remedy = "list-devices"    // to find the right id, and so on
	ListParts      Remedy = "list-parts"      // of merged devices
	ListImports    Remedy = "list-imports"    //
	ListAccounts   Remedy = "list-accounts"   //
	NameAccount    Remedy = "name-account"    // say whose history it is
	ListExports    Remedy = "list-exports"    //
	ListRequests   Remedy = "list-requests"   //
	ListTrash      Remedy = "list-trash"      //
	ListTombstones Remedy = "list-tombstones" //
	CorrectSent    Remedy = "correct-sent"    // the day on which a request was sent
	MarkSent       Remedy = "mark-sent"       //
	MarkDraft      Remedy = "mark-draft"      // a request that was not sent after all
	ExplainVerdict Remedy = "explain-verdict" //
)

// The ways to import a table that unsaid could not read by itself.
const (
	NameColumns    Remedy = "name-columns"     // say which columns hold the time and the text
	NameTimeColumn Remedy = "name-time-column" //
	NameTextColumn Remedy = "name-text-column" //
	OrderDates     Remedy = "order-dates"      // say whether its dates are month first or day first
	NameZone       Remedy = "name-zone"        // say the time zone of its dates
	CaptureAgain   Remedy = "capture-again"    // save what the browser got once more, with all of it
)

// remedied is an error with a way out.
type remedied struct {
	error
	remedy Remedy
}

func (e *remedied) Unwrap() error { return e.error }

// WithRemedy returns err with a way out, which [RemedyOf] finds; err itself if r is "".
func WithRemedy(err error, r Remedy) error {
	if r == "" {
		return err
	}
	return &remedied{err, r}
}

// RemedyOf returns the way out of an error, "" if it names none. Of several the outermost counts.
func RemedyOf(err error) Remedy {
	var e *remedied
	if errors.As(err, &e) {
		return e.remedy
	}
	return ""
}
