package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// likenesses are what the screens draw with, and ASCII that takes as many cells and says the same.
var likenesses = strings.NewReplacer(
	"─", "-", "│", "|", "╭", "+", "╮", "+", "╰", "+", "╯", "+", "└", "+",
	"▌", ">", "▐", ">", "›", ">", "▶", ">", "●", "*", "‖", "=", "✓", "x", "✗", "!", "⚠", "!",
	"↑", "^", "↓", "v", "←", "<", "→", ">",
	" …", "..", "…", "~", "·", "-", "–", "-", "×", "x",
	"▁", "_", "▂", ".", "▃", ",", "▄", "-", "▅", "=", "▆", "+", "▇", "*", "█", "#", "░", ".", "▒", "o", "▓", "O",
)

// ASCII is a screen as it is drawn on a terminal for ASCII: what the program draws has its likeness. With
// text, letters have theirs too, and what is like no letter is a question mark.
func ASCII(screen string, text bool) string {
	screen = likenesses.Replace(screen)
	if !text {
		return screen
	}
	var out strings.Builder
	var state byte
	for len(screen) > 0 {
		glyph, width, n, next := ansi.DecodeSequence(screen, state, nil)
		screen, state = screen[n:], next
		base := norm.NFKD.String(glyph)
		switch {
		case glyph[0] < 0x80: // a letter, or an escape sequence
			out.WriteString(strings.TrimRightFunc(glyph, func(r rune) bool { return r >= 0x80 }))
		case width == 1 && base[0] < 0x80:
			out.WriteByte(base[0])
		default:
			out.WriteString(strings.Repeat("?", width))
		}
	}
	return out.String()
}
