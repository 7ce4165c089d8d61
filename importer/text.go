package importer

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"unsaid/store"
)

// decodeText returns r as UTF-8 without a byte-order mark. It takes UTF-8 and UTF-16 with a mark;
// else UTF-8, in which every byte that is not UTF-8 is read as Windows-1252.
func decodeText(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	head, _ := br.Peek(3)
	if order := utf16Order(head); order != nil {
		return transform.NewReader(br, unicode.UTF16(*order, unicode.UseBOM).NewDecoder())
	}
	if bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = br.Discard(len(head)) // what was just peeked is there
	}
	return transform.NewReader(br, lenientUTF8{})
}

// utf16Order returns the byte order that a UTF-16 byte-order mark at the beginning of head
// stands for, nil if there is none.
func utf16Order(head []byte) *unicode.Endianness {
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		order = unicode.BigEndian
	default:
		return nil
	}
	return &order
}

// lenientUTF8 passes UTF-8 on and reads all other bytes as Windows-1252. Going byte by
// byte spares reading a large text ahead to learn which of the two it is.
type lenientUTF8 struct{ transform.NopResetter }

func (lenientUTF8) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := rune(src[nSrc]), 1
		if r >= utf8.RuneSelf {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r, size = utf8.DecodeRune(src[nSrc:])
			if r == utf8.RuneError && size == 1 {
				r = charmap.Windows1252.DecodeByte(src[nSrc])
			}
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// lettersAndDigits returns the ASCII letters and digits of s, in lower case.
func lettersAndDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, s)
}

// countOf is a count with its noun: 1 record, 1,204 records.
func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return humanize.Comma(int64(n)) + " " + noun + "s"
}

// quote quotes s, which stood in a member, in a reason.
func quote(s string) string { return store.Quoted(oneLine(s)) }

// oneLine returns s, shortened, with its control characters replaced, to be quoted in a reason.
func oneLine(s string) string {
	const most = 60
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
