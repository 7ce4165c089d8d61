package deletion

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// Sender is the person who makes the request. Empty fields become blanks in brackets.
type Sender struct {
	Name      string
	Email     string // registered with the account
	Address   string // postal, in one or more lines
	AccountID string // the maker's identifier of the account
}

// Recipient is the addressee of the letter. Empty fields become blanks in brackets.
type Recipient struct {
	Name    string
	Email   string
	Address string // postal, in one or more lines
}

// Options are what a request's files depend on in addition to the request.
type Options struct {
	Sender      Sender
	Recipient   Recipient
	Law         Law            // Plain if empty
	Marketplace string         // of Amazon, such as amazon.de; if empty amazon.com, marked as assumed
	Zone        *time.Location // in which the request was planned; the request's TimeZone if nil
	Now         time.Time
	Newest      time.Time // of the device's newest recording in the library; zero if not known
	OnlyDevice  bool      // the library has no other device of this maker
	Namesakes   bool      // another device of the account has the same name at the maker
	Words       Words     // WordsInGuide if empty
	Language    Language  // English if empty
}

// Words says which files of a request quote what was said.
type Words string

// Where words are quoted: nowhere; in request.md, which stays with the user, to identify single
// recordings; or also in the manifests for the maker, together with the replies.
const (
	NoWords      Words = "none"
	WordsInGuide Words = "guide"
	WordsInAll   Words = "all"
)

// ParseWords returns the choice with that name.
func ParseWords(name string) (Words, error) {
	choices := []Words{NoWords, WordsInGuide, WordsInAll}
	if w := Words(name); slices.Contains(choices, w) {
		return w, nil
	}
	return "", fmt.Errorf("unknown choice of words %q: it is one of %s", name, joined(choices, ", "))
}

// Names of files.
const (
	manifestCSV = "manifest.csv" // the list for the maker
	letterText  = "letter.txt"
)

// maxAttachment is the largest list that is attached to a mail, in bytes. Many mail servers reject
// messages over 20 MB, and the encoding adds a third.
const maxAttachment = 12 << 20

// Write writes the request's files into a new folder in dir and returns what they say and where they are. It creates
// dir if necessary. The files are request.md, a list of steps for the user; manifest.json with its
// schema; manifest.csv; and, unless the recordings are local files, letter.txt and letter.eml. Only the
// user can read them.
//
// The recordings are those of the request's steps. The folder is named after the request and the
// device, with a number if the name is taken. Nothing is overwritten. After an error nothing is left
// behind.
func Write(dir string, req store.Request, recordings []store.Recording, o Options) (store.Written, error) {
	d, err := newDocument(req, recordings, o)
	if err != nil {
		return store.Written{}, fmt.Errorf("write erasure request %d: %w", req.ID, err)
	}
	files, err := d.render()
	if err != nil {
		return store.Written{}, fmt.Errorf("write erasure request %d: %w", req.ID, err)
	}
	written := d.written(files)
	if written.Folder, err = publish(dir, folderName(req.ID, req.Device.MakerName), files); err != nil {
		return store.Written{}, fmt.Errorf("write erasure request %d into %s: %w", req.ID, dir, err)
	}
	return written, nil
}

// Unwritten returns what is sent if the files of a request were not written: the letter as it would be now.
func Unwritten(req store.Request, recordings []store.Recording, o Options) (store.Written, error) {
	d, err := newDocument(req, recordings, o)
	if err != nil {
		return store.Written{}, fmt.Errorf("write erasure request %d: %w", req.ID, err)
	}
	written := d.written(nil)
	if !IsLocal(req.Device.Vendor) {
		_, text, err := d.letter(false)
		if err != nil {
			return store.Written{}, err
		}
		written.Letter = string(text)
	}
	return written, nil
}

// written is what the files say, with their hashes.
func (d *document) written(files []file) store.Written {
	w := store.Written{Law: string(d.law), Language: string(d.language), Files: map[string]string{}}
	for _, f := range files {
		w.Files[f.name] = fmt.Sprintf("%x", sha256.Sum256(f.content))
		if f.name == letterText {
			w.Letter = string(f.content)
		}
	}
	return w
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
	letters, err := d.letterFiles(d.letter, manifestCSV, list)
	return append(files, letters...), err
}

// letterFiles returns letter.txt and letter.eml, to which the list is attached unless it is too large.
// There are none if the recordings are local files.
func (d *document) letterFiles(letter func(enclosed bool) (string, []byte, error), listName string, list []byte) ([]file, error) {
	if IsLocal(d.req.Device.Vendor) {
		return nil, nil
	}
	if len(list) > maxAttachment {
		list = nil
	}
	subject, text, err := letter(list != nil)
	if err != nil {
		return nil, err
	}
	draft, err := d.mail(subject, text, listName, list)
	if err != nil {
		return nil, err
	}
	return []file{{letterText, text}, {"letter.eml", draft}}, nil
}
