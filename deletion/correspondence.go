package deletion

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
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
	ThisTime    Language            // instead of the language of the settings, or of the letter that was sent; "" for that
	Accounts    map[string]Personal // by the account's name or number: what is different for one account
}

// Personal is what the settings say for the letters of one account. What is empty is as for all others.
type Personal struct {
	Sender      Sender
	Recipient   Recipient
	Law         Law
	Language    Language
	Marketplace string
}

// For returns the correspondence of one account.
func (c Correspondence) For(account store.DeviceAccount) Correspondence {
	for name, p := range c.Accounts {
		if !strings.EqualFold(name, account.Name) && name != strconv.FormatInt(account.ID, 10) {
			continue
		}
		c.Sender = Sender{
			Name: cmp.Or(p.Sender.Name, c.Sender.Name), Email: cmp.Or(p.Sender.Email, c.Sender.Email),
			Address: cmp.Or(p.Sender.Address, c.Sender.Address), AccountID: cmp.Or(p.Sender.AccountID, c.Sender.AccountID),
		}
		if p.Recipient != (Recipient{}) {
			c.Recipients = map[string]Recipient{}
			for _, vendor := range []string{store.Amazon, store.Google} {
				c.Recipients[vendor] = p.Recipient
			}
		}
		c.Law, c.Language, c.Marketplace = cmp.Or(p.Law, c.Law), cmp.Or(p.Language, c.Language), cmp.Or(p.Marketplace, c.Marketplace)
		break
	}
	return c
}

// Options returns what the files of a request are written with. customer is the maker's id of its account, "" if no export
// gave it. If the maker has other accounts, and the settings do not tell them apart, the letter leaves the sender blank: it
// may be another person. Letters that follow one that was sent rely on the same law, in the same language.
func (c Correspondence) Options(r store.Request, customer string, others bool, now time.Time) Options {
	if others && len(c.Accounts) == 0 {
		c.Sender = Sender{}
	}
	c = c.For(r.Device.Account)
	o := Options{
		Sender: c.Sender, Recipient: c.Recipients[r.Device.Vendor], Law: c.Law, Marketplace: c.Marketplace,
		Now: now, Words: c.Words, Language: c.Language,
	}
	o.Sender.AccountID = cmp.Or(customer, o.Sender.AccountID)
	if r.Status != store.Draft {
		o.Law, o.Language = Law(r.Written.Law), Language(r.Written.Language)
	}
	o.Language = cmp.Or(c.ThisTime, o.Language)
	return o
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
