// Package texttest has text that is as hostile as text of an archive can be, and says what of it must not
// reach a terminal. It is for tests.
package texttest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hostile is text that archives may hold and terminals must not get.
var Hostile = map[string]string{
	"clear screen":        "\x1b[2J\x1b[Hgone",
	"title":               "\x1b]0;owned\x07 \x1b]52;c;b3duZWQ=\x1b\\",
	"link":                "\x1b]8;;https://example.org\x1b\\click\x1b]8;;\x1b\\",
	"device control":      "\x1bP+q544e\x1b\\ \x1b_x\x1b\\ \x1bc",
	"C0":                  "a\x00b\x01c\x07d\x08e\x0bf\x0cg\x0eh\x7fi\rj\nk\tl",
	"C1":                  "a\u009b31mb\u0090c\u009dd\u0085e\u008df",
	"raw C1":              "a\x9b31mb\x90c\x9dd",
	"invalid UTF-8":       "a\xffb\xc3(c\xed\xa0\x80d\xf4\x90\x80\x80e",
	"bidi overrides":      "abc\u202edcba\u202c\u2066x\u2069\u200f\u200e\u061c",
	"separators":          "one\u2028two\u2029three\u0085four",
	"zero-width flood":    "a" + strings.Repeat("\u200b\u200d\u2060\ufeff", 500) + "b",
	"combining flood":     "Z" + strings.Repeat("\u0351\u0316\u0489", 400) + "o",
	"only marks":          strings.Repeat("\u0301", 50),
	"mark without base":   "\u0903 \u0903a \u093f",
	"flood of vowels":     "\u0915" + strings.Repeat("\u093e\u0903", 100),
	"letter over nothing": "\U000111c2 \u0d4e",
	"skin without emoji":  "\U0001f3fd \uff9e",
	"variation selectors": "❤\ufe0f a\ufe0f\U000e0100",
	"tags":                "flag \U000e0067\U000e0062\U000e007f",
	"private use":         "\ue000\U000f0000\U0010ffff",
	"emoji ZWJ":           "👩‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 🇩🇪🇩 1️⃣",
	"right to left":       "مرحبا كيف حالك שלום עולם",
	"Persian joiners":     "می\u200cخواهم نمی\u200cدانم",
	"Devanagari":          "क्\u200dष नमस्ते क्षत्रिय",
	"wide":                "今日の天気は何ですか 한국어 音声 ｆｕｌｌ",
	"Thai and Zalgo":      "กำลังทำ น้ำ ท̴̢͎ẽ̷xt",
	"jamo":                "ᄒᆞᆫᄀᆞᆯ 한",
	"huge":                strings.Repeat("word \x1b[31m漢\u202e ", 1<<12),
	"one long word":       strings.Repeat("x", 1<<15),
	"one long wide word":  strings.Repeat("漢", 1<<12),
	"spaces":              " \u00a0\u2003\u3000 ",
	"soft hyphens":        "so\u00adft hy\u00adphen",
	"interlinear":         "\ufff9a\ufffab\ufffb\ufffc",
	"query syntax":        `"unclosed device: -- ( ) * ^ NEAR`,
	"Mongolian selector":  "A\u180b",
	"hyphen at the end":   "000000- device: -- so",
	"format verbs":        "%s %d %!v(MISSING) %[9]d %",
	"a path":              "../../../etc/passwd\x00.wav",
}

// Forbidden returns the first rune of s that must not reach a terminal, beyond the line breaks and
// styles (SGR) of our own.
func Forbidden(s string) (rune, bool) {
	for i := 0; i < len(s); {
		if n := styleLength(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\n':
		case r == utf8.RuneError && n == 1, unicode.IsControl(r), unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs),
			unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d', unicode.Is(unicode.Variation_Selector, r):
			return r, true
		}
	}
	return 0, false
}

// styleLength is the length of the SGR sequence that s begins with, 0 if it begins with none.
func styleLength(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	end := strings.IndexFunc(s[2:], func(r rune) bool { return (r < '0' || r > '9') && r != ';' && r != ':' })
	if end < 0 || s[2+end] != 'm' {
		return 0
	}
	return 2 + end + 1
}

// LongestRun is the length of the longest run of runes that take no cell.
func LongestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if unicode.In(r, unicode.M, unicode.Cf) {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}
