package deletion

import (
	"fmt"
	"time"

	"unsaid/store"
)

// Correspondence is who asks whom, and how: the part of a request's files that the user's
// settings give. What is empty becomes a marked blank.
type Correspondence struct {
	Sender      Sender
	Recipients  map[string]Recipient // by vendor
	Law         Law
	Marketplace string
	Words       Words
	Language    Language
}

// Options returns what the files of a request to a vendor are written with.
func (c Correspondence) Options(vendor string, now time.Time) Options {
	return Options{
		Sender: c.Sender, Recipient: c.Recipients[vendor], Law: c.Law, Marketplace: c.Marketplace,
		Now: now, Words: c.Words, Language: c.Language,
	}
}

// Letter returns the letter of a request, as it can be pasted into a maker's form: with no list enclosed. The error
// is for a request about local files, to which no letter is sent.
func Letter(req store.Request, recordings []store.Recording, o Options) (string, error) {
	if IsLocal(req.Device.Vendor) {
		return "", fmt.Errorf("request %d is about files on your own machines; request.md says what to do with them, and nobody is written to", req.ID)
	}
	d, err := newDocument(req, recordings, o)
	if err != nil {
		return "", fmt.Errorf("write the letter of request %d: %w", req.ID, err)
	}
	_, text, err := d.letter(false)
	return string(text), err
}
