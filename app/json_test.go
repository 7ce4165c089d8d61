package app

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

func FuzzJSONIsFaithfulAndHarmless(f *testing.F) {
	for _, seed := range []string{
		"", "plain", `back\slash "quoted" \u202e`, "\x1b]0;title\x07", "\u009b2J\u0085", "\u202eright to left\u2069",
		"line\u2028separator\u2029", "flag \U0001f3f4\U000e0067\U000e007f", "\u200dzero\ufeffwidth", "<b>&amp;", "bad \xff\xc3 bytes", "\x7f\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, words string) {
		var out bytes.Buffer
		if err := WriteJSON(&out, map[string]string{"words": words}); err != nil {
			t.Fatal(err)
		}
		line, ended := strings.CutSuffix(out.String(), "\n")
		if !ended {
			t.Errorf("no end of line: %q", line)
		}
		if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) && !unicode.In(r, unicode.Co, unicode.Cn) }); i >= 0 {
			if r := []rune(line[i:])[0]; unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				t.Errorf("%q at %d of %q", r, i, line)
			}
		}
		var back map[string]string
		if err := json.Unmarshal([]byte(line), &back); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if want := strings.ToValidUTF8(words, "\ufffd"); strings.ReplaceAll(back["words"], "\ufffd", "") != strings.ReplaceAll(want, "\ufffd", "") {
			t.Errorf("%q became %q", words, back["words"])
		}
	})
}
