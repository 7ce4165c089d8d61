package text

import "testing"

func TestASCII(t *testing.T) {
	const drawn = "\x1b[1m▌ grüße\x1b[m an Zoe\u0301 東京 …"
	if got, want := ASCII(drawn, false), "\x1b[1m> grüße\x1b[m an Zoe\u0301 東京.."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := ASCII(drawn, true), "\x1b[1m> gru?e\x1b[m an Zoe ????.."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
