package widget

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"unsaid/ui/style"
)

func TestWaveforms(t *testing.T) {
	peaks := []float32{0, 0.25, 1, 1, 0.1, 0}
	for wave, want := range map[string]string{style.Blocks: "▁▅██▃▁", style.ASCII: "_=##,_", style.Braille: "⣰⣿⣄"} {
		st := style.New(style.Look{Theme: "mono", Waveform: wave}, true, colorprofile.TrueColor)
		cells := len([]rune(want))
		if got := ansi.Strip(Waveform(&st, peaks, cells, 0.5)); got != want {
			t.Errorf("%s: %q, want %q", wave, got, want)
		}
		if got := ansi.Strip(Silence(&st, cells)); len([]rune(got)) != cells {
			t.Errorf("%s: silence is %q", wave, got)
		}
	}
}
