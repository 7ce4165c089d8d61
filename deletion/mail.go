package deletion

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
)

// mail returns the letter as a draft for a mail program, with the list as an attachment unless it is
// nil. It leaves out unknown addresses: the mail program fills in From, and the user To.
func (d *document) mail(subject string, text []byte, listName string, list []byte) ([]byte, error) {
	var h mail.Header
	setAddress(&h, "From", d.sender.Name, d.sender.Email)
	setAddress(&h, "To", d.recipient.Name, d.recipient.Email)
	h.SetDate(d.now)
	h.SetSubject(subject)
	h.Set("X-Unsent", "1") // makes some mail programs open the message as a draft
	h.SetContentType("multipart/mixed", map[string]string{"boundary": boundary(text, list)})
	var b bytes.Buffer
	out, err := message.CreateWriter(&b, h.Header)
	if err != nil {
		return nil, err
	}

	var body mail.InlineHeader
	body.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	body.Set("Content-Disposition", "inline")
	body.Set("Content-Transfer-Encoding", "quoted-printable")
	if err := writePart(out, body.Header, text); err != nil {
		return nil, err
	}
	if list != nil {
		var attachment mail.AttachmentHeader
		attachment.SetContentType("text/csv", map[string]string{"charset": "utf-8"})
		attachment.SetFilename(listName)
		attachment.Set("Content-Transfer-Encoding", "base64")
		if err := writePart(out, attachment.Header, list); err != nil {
			return nil, err
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// setAddress sets a header field to an address, unless the address is empty.
func setAddress(h *mail.Header, field, name, address string) {
	if address != "" {
		h.SetAddressList(field, []*mail.Address{{Name: Line(name), Address: address}})
	}
}

func writePart(out *message.Writer, h message.Header, content []byte) error {
	part, err := out.CreatePart(h)
	if err != nil {
		return err
	}
	if _, err := part.Write(content); err != nil {
		return err
	}
	return part.Close()
}

// boundary returns a separator that depends only on the content. The content cannot contain it, since
// it would have to contain its own hash.
func boundary(text, list []byte) string {
	hash := sha256.Sum256(slices.Concat(text, list))
	return fmt.Sprintf("unsaid-%x", hash[:16])
}

// checkAddress returns an error unless address is empty or a plain address such as a@example.org.
func checkAddress(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return fmt.Errorf("%q is not an e-mail address like name@example.org", address)
	}
	return nil
}
