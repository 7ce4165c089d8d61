package text

import "testing"

func TestLineKeepsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]string{
		"play some jazz":            "play some jazz",
		"  two\t words \n":          "two words",
		"café, cafe\u0301, Ünïcödé": "café, cafe\u0301, Ünïcödé",
		"今日の天気":                     "今日の天気",
		"می\u200cخواهم":             "می\u200cخواهم",
		"👍 ok":                      "👍 ok",
		"a\x1b[31mb":                "a[31mb",
		"\u202eabc":                 "abc",
		"":                          "",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}
