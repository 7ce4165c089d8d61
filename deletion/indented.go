package deletion

import (
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// indented returns a value as indented JSON. Values are exact; control and invisible characters, which
// could affect a terminal, are escaped.
func indented(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(data)+1)
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r >= utf8.RuneSelf && (unicode.IsControl(r) || invisible(r)) || r == 0x7f {
			out = appendEscape(out, r)
		} else {
			out = append(out, data[:size]...)
		}
		data = data[size:]
	}
	return append(out, '\n'), nil
}

// appendEscape appends the JSON escape of r, as a surrogate pair if necessary.
func appendEscape(out []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
