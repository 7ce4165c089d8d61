package text

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"unsaid/ui/text/texttest"
)

func checkText(t interface{ Fatalf(string, ...any) }, s string, width, rows int) {
	clean := Line(s)
	if r, bad := texttest.Forbidden(clean); bad || strings.ContainsAny(clean, "\n\x1b") {
		t.Fatalf("Line(%.80q) holds %U", s, r)
	}
	if again := Line(clean); again != clean {
		t.Fatalf("Line of %.80q is %.80q, of that %.80q", s, clean, again)
	}
	if n := texttest.LongestRun(clean); n > MaxMarks {
		t.Fatalf("Line(%.80q) has %d marks in a row", s, n)
	}
	for _, fitted := range []string{Fit(clean, width), FitRight(clean, width)} {
		if w := ansi.StringWidth(fitted); w != max(0, width) {
			t.Fatalf("%.80q fitted into %d is %d wide", clean, width, w)
		}
		if w := ansi.StringWidth(" " + fitted + " "); w != max(0, width)+2 {
			t.Fatalf("%.80q fitted into %d joins what stands beside it", clean, width)
		}
	}
	if width == 1 {
		return // a wide character does not fit into a column of one cell, and there is no such column
	}
	lines := Wrap(clean, width, rows)
	if len(lines) > max(0, rows) {
		t.Fatalf("%.80q wrapped into %d rows has %d", clean, rows, len(lines))
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width || strings.Contains(line, "\n") {
			t.Fatalf("%.80q wrapped into %d has %q, %d wide", clean, width, line, w)
		}
	}
}

func TestHostileTextIsMadeSafe(t *testing.T) {
	for name, text := range texttest.Hostile {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{-1, 0, 1, 2, 3, 10, 37, 80} {
				checkText(t, text, width, 3)
			}
		})
	}
}

func TestAnyTextIsMadeSafe(t *testing.T) {
	piece := rapid.OneOf(rapid.StringN(0, 20, -1), rapid.SampledFrom(someOf(texttest.Hostile)), rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 10), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), "")
		checkText(t, text, rapid.IntRange(-1, 90).Draw(t, "width"), rapid.IntRange(-1, 6).Draw(t, "rows"))
	})
}

// someOf is the shorter ones of the texts.
func someOf(texts map[string]string) []string {
	var short []string
	for _, text := range texts {
		if len(text) < 200 {
			short = append(short, text)
		}
	}
	slices.Sort(short)
	return short
}

func FuzzText(f *testing.F) {
	for _, text := range texttest.Hostile {
		if len(text) < 5000 {
			f.Add(text, 20, 3)
		}
	}
	f.Fuzz(func(t *testing.T, text string, width, rows int) {
		checkText(t, text, min(width, 300), min(rows, 50))
	})
}
