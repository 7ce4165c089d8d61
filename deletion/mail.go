package deletion

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
	"golang.org/x/net/idna"
)

// mail returns the letter as a draft for a mail program, with the list as an attachment unless it is
// nil. It leaves out unknown addresses: the mail program fills in From, and the user To.
func (d *document) mail(subject string, text []byte, listName string, list []byte) ([]byte, error) {
	var h mail.Header
	setAddress(&h, "From", d.sender.Name, d.sender.Email)
	setAddress(&h, "To", d.recipient.Name, d.recipient.Email)
	h.SetDate(d.now)
	h.AddRaw(folded("Subject: " + encoded(short(subject, longestSubject), func(r rune) bool { return r < utf8.RuneSelf && r != '=' })))
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
	if address == "" {
		return
	}
	at := strings.LastIndexByte(address, '@') // newDocument has checked the address
	domain, _ := idna.Lookup.ToASCII(address[at+1:])
	value := "<" + address[:at+1] + domain + ">"
	if name = encoded(Line(name), isAtom); name != "" {
		value = name + " " + value
	}
	h.AddRaw(folded(field + ": " + value))
}

// Limits of header fields, in bytes unless said otherwise.
const (
	longestSubject = 160 // characters
	maxLine        = 78  // RFC 5322 § 2.1.1
	longestWord    = 60  // that fits a line with the name of the field
	longestPiece   = 42  // which base64 makes 56, of an encoded word with its delimiters 68
	longestAddress = 254 // RFC 5321 § 4.5.3.1.3
)

// isAtom reports whether a rune may be part of a name without quotation marks.
func isAtom(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == ' ' || r == '-')
}

// encoded returns a text for a header field, in which a line can be folded at each space: as it is if it consists of short
// words of plain characters, else as encoded words (RFC 2047).
func encoded(s string, plain func(rune) bool) string {
	isLong := func(word string) bool { return len(word) > longestWord }
	if !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) && !slices.ContainsFunc(strings.Fields(s), isLong) {
		return s
	}
	var words []string
	var piece []byte
	flush := func() {
		words = append(words, "=?utf-8?b?"+base64.StdEncoding.EncodeToString(piece)+"?=")
		piece = piece[:0]
	}
	for _, r := range s {
		if len(piece)+utf8.RuneLen(r) > longestPiece {
			flush()
		}
		piece = utf8.AppendRune(piece, r)
	}
	flush()
	return strings.Join(words, " ")
}

// folded returns a header field in lines, folded at spaces.
func folded(field string) []byte {
	var b []byte
	length := 0
	for i, word := range strings.Split(field, " ") {
		switch {
		case i == 0:
		case length+1+len(word) > maxLine:
			b, length = append(b, "\r\n "...), 1
		default:
			b, length = append(b, ' '), length+1
		}
		b, length = append(b, word...), length+len(word)
	}
	return append(b, "\r\n"...)
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

// checkAddress returns an error unless address is empty or a plain address such as a@example.org. The part before the @
// must be ASCII, since not every mail server accepts others; the domain may be an international one.
func checkAddress(address string) error {
	if address == "" {
		return nil
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > longestAddress {
		return fmt.Errorf("%q is not an e-mail address like name@example.org", address)
	}
	name, domain, _ := strings.Cut(address, "@")
	if _, err := idna.Lookup.ToASCII(domain); err != nil || strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return fmt.Errorf("%q is not an e-mail address that every mail server accepts", address)
	}
	return nil
}
