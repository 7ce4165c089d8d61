package player

import (
	"path/filepath"
	"strings"
	"testing"
)

// The output of the codecs' reference decoders is stored beside these files.
func TestDecodesAsTheReferenceDecoders(t *testing.T) {
	for _, c := range []struct {
		file     string
		rate     int
		channels int
		leastSNR float64 // the reference has 16 bits
	}{
		{"8000.mp3", 8000, 2, 75},             // has its own scale factor bands
		{"16000-intensity.mp3", 16000, 2, 50}, // ffmpeg applies the highest position, which means none
		{"22050.mp3", 22050, 2, 75},           // padded frames
		{"44100-intensity.mp3", 44100, 2, 75},
		{"silk.opus", 48000, 1, 25}, // the reference decoder uses integers, ours floating point
		{"hybrid.opus", 48000, 1, 30},
		{"celt.opus", 48000, 2, 75},
	} {
		name := filepath.Join("reference", c.file)
		got := mustDecode(t, readTone(t, name))
		want := mustDecode(t, readTone(t, strings.TrimSuffix(name, filepath.Ext(name))+".flac"))
		if got.rate != c.rate || got.channels != c.channels || len(got.samples) != len(want.samples) || got.Note() != "" {
			t.Errorf("%s: %d Hz, %d channels, %d samples, note %q; want %d samples",
				c.file, got.rate, got.channels, len(got.samples), got.Note(), len(want.samples))
			continue
		}
		if level := snr(got.samples, want.samples); level < c.leastSNR {
			t.Errorf("%s: signal to noise %.1f dB, want %.0f", c.file, level, c.leastSNR)
		} else {
			t.Logf("%s: %.1f dB", c.file, level)
		}
	}
}
