package deletion

import (
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// Sender is the person who asks. Empty fields become marked blanks.
type Sender struct {
	Name      string
	Email     string // the one registered with the account
	Address   string // postal, may have several lines
	AccountID string // the maker's identifier of the account
}

// Recipient is whom the letter is addressed to. Empty fields become marked blanks; none is
// guessed.
type Recipient struct {
	Name    string
	Email   string
	Address string // postal, may have several lines
}

// Options is what a request's files depend on besides the request.
type Options struct {
	Sender      Sender
	Recipient   Recipient
	Law         Law            // Plain if empty
	Marketplace string         // such as amazon.de, for Amazon; amazon.com, marked as assumed, if empty
	Zone        *time.Location // the one the request was planned in; the request's TimeZone if nil
	Now         time.Time
	Newest      time.Time // of the newest recording the library has of the device; zero if not known
	OnlyDevice  bool      // the library knows no other device of this maker
	Words       Words     // WordsInGuide if empty
	Language    Language  // English if empty
}

// Words says which files of a request quote what was said.
type Words string

// Where words may stand. In request.md, which stays with the user, they tell single recordings
// apart; in the manifests, which go to the maker, they stand along with the answers.
const (
	NoWords      Words = "none"
	WordsInGuide Words = "guide"
	WordsInAll   Words = "all"
)

// ParseWords returns the choice of that name.
func ParseWords(name string) (Words, error) {
	choices := []Words{NoWords, WordsInGuide, WordsInAll}
	if w := Words(name); slices.Contains(choices, w) {
		return w, nil
	}
	return "", fmt.Errorf("unknown choice of words %q: it is one of %s", name, joined(choices, ", "))
}

// manifestCSV is the name of the list for the maker.
const manifestCSV = "manifest.csv"

// attachable is how many bytes of a list go into a mail. Many mail servers refuse messages over
// 20 MB, and the encoding adds a third.
const attachable = 12 << 20

// Write writes the request's files into a new folder in dir, which is made if there is none, and
// returns the folder's path: request.md to work through, manifest.json with its schema,
// manifest.csv, and unless the recordings are local files letter.txt and letter.eml. Only the user
// can read them.
//
// The recordings are those of the request's steps. The folder is named by the request and the
// device, with a number if the name is taken; nothing is ever overwritten. On an error nothing
// is left behind.
func Write(dir string, req store.Request, recordings []store.Recording, o Options) (string, error) {
	d, err := newDocument(req, recordings, o)
	if err != nil {
		return "", fmt.Errorf("write erasure request %d: %w", req.ID, err)
	}
	files, err := d.render()
	if err != nil {
		return "", fmt.Errorf("write erasure request %d: %w", req.ID, err)
	}
	path, err := publish(dir, folderName(req.ID, req.Device.Name), files)
	if err != nil {
		return "", fmt.Errorf("write erasure request %d into %s: %w", req.ID, dir, err)
	}
	return path, nil
}

// file is one of a folder's files.
type file struct {
	name    string
	content []byte
}

// render returns the document's files.
func (d *document) render() ([]file, error) {
	list, err := d.csv()
	if err != nil {
		return nil, err
	}
	manifest, err := d.json()
	if err != nil {
		return nil, err
	}
	guide, err := d.markdown()
	if err != nil {
		return nil, err
	}
	files := []file{{"request.md", guide}, {"manifest.json", manifest}, {"manifest.schema.json", manifestSchema}, {manifestCSV, list}}
	if isLocal(d.req.Device.Vendor) {
		return files, nil
	}

	attachment := list
	if len(attachment) > attachable {
		attachment = nil
	}
	subject, text, err := d.letter(attachment != nil)
	if err != nil {
		return nil, err
	}
	draft, err := d.mail(subject, text, manifestCSV, attachment)
	if err != nil {
		return nil, err
	}
	return append(files, file{"letter.txt", text}, file{"letter.eml", draft}), nil
}
