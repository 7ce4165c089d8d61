package player

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func readTone(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// toneSNR compares a decoded tone with its formula, at the delay that fits best,
// since MP3 starts with silence from the encoder.
func toneSNR(clip *Clip) float64 {
	want := make([]float32, clip.rate*4/10)
	for i := range want {
		t := 0.02 + float64(i)/float64(clip.rate)
		want[i] = float32(0.5 * math.Sin(2*math.Pi*(300+600*t)*t))
	}
	best := math.Inf(-1)
	mono := make([]float32, clip.frames())
	for i := range mono {
		mono[i] = clip.samples[i*clip.channels]
	}
	for delay := 0; delay < clip.rate/10 && delay+len(want) <= len(mono); delay++ {
		best = max(best, snr(mono[delay:], want))
	}
	return best
}

func TestDecodeCodecs(t *testing.T) {
	for _, c := range []struct {
		file     string
		format   string
		leastSNR float64
		probed   time.Duration // 0: the header does not say
	}{
		{"tone-44100.mp3", "mp3", 20, 500 * time.Millisecond},
		{"tone-16000.mp3", "mp3", 20, 500 * time.Millisecond},
		{"tone-22050-padded.mp3", "mp3", 20, 500 * time.Millisecond},
		{"tone-11025-mpeg25.mp3", "mp3", 15, 500 * time.Millisecond},
		{"tone-8000-mpeg25.mp3", "mp3", 15, 500 * time.Millisecond},
		{"tone-16000.flac", "flac", 80, 500 * time.Millisecond},
		{"tone-16000.oga", "ogg-flac", 80, 0},
		{"tone-16000.ogg", "ogg", 20, 0},
		{"tone.opus", "opus", 15, 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			data := readTone(t, c.file)
			info, ok := Probe(data)
			if !ok || info.Format != c.format || !info.Playable || (info.Duration-c.probed).Abs() > time.Millisecond {
				t.Errorf("probed as %+v", info)
			}
			clip := mustDecode(t, data)
			if got := toneSNR(clip); got < c.leastSNR {
				t.Errorf("signal to noise %.1f dB, want %.0f", got, c.leastSNR)
			}
			if (clip.Duration()-500*time.Millisecond).Abs() > time.Millisecond || clip.Note() != "" {
				t.Errorf("%v, note %q", clip.Duration(), clip.Note())
			}
			wrapped := map[string][]byte{"gzip": gzipped(data)}
			if c.format == "mp3" || c.format == "flac" {
				wrapped["an ID3 tag"] = append([]byte("ID3\x03\x00\x00\x00\x00\x00\x05hello\x00\x00"), data...)
				wrapped["an APE tag"] = slices.Concat([]byte("APETAGEX\xd0\x07\x00\x00\x05\x00\x00\x00"), make([]byte, 16), []byte("hello"), data)
			}
			if c.format == "mp3" {
				wrapped["a WAV header"] = wav(tagMP3, 1, 8000, 0, data)
			}
			for in, file := range wrapped {
				info, ok := Probe(file)
				if !ok || !info.Playable || (info.Duration-c.probed).Abs() > time.Millisecond {
					t.Errorf("in %s: probed as %+v", in, info)
				}
				if again := mustDecode(t, file); !slices.Equal(again.samples, clip.samples) || again.Note() != "" {
					t.Errorf("in %s: decoded differently, note %q", in, again.Note())
				}
			}
			for n := 0; n < len(data); n += len(data)/8 + 1 { // a cut or damage anywhere must not panic
				Decode(data[:n])
				damaged := bytes.Clone(data)
				damaged[n] ^= 0x55
				Decode(damaged)
			}
			cut, err := Decode(data[:len(data)*19/20])
			if err != nil || cut.Duration() < 60*time.Millisecond || cut.Duration() == clip.Duration() || !strings.HasPrefix(cut.Note(), "cut short") {
				t.Errorf("without its end: %v, note %q, %v", cut.Duration(), cut.Note(), err)
			}
		})
	}
}

func TestRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct{ file, format, reason string }{
		{"tone.m4a", "m4a", "export it"},
		{"tone.aac", "aac", "export it"},
		{"tone.spx", "speex", "export it"},
	} {
		data := readTone(t, c.file)
		info, ok := Probe(data)
		if !ok || info.Format != c.format || info.Playable {
			t.Errorf("%s: probed as %+v", c.file, info)
		}
		if _, err := Decode(data); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: error %v, want one with %q", c.file, err, c.reason)
		}
	}
	free := bytes.Repeat(append([]byte{0xff, 0xfb, 0, 0xc0}, make([]byte, 96)...), 5)
	six := oggPage(2, 0, []byte{19}, "OpusHead\x01\x06"+strings.Repeat("\x00", 8)+"\x01")
	for reason, data := range map[string][]byte{"free-format MP3": free, "6 channels": six} {
		info, ok := Probe(data)
		if _, err := Decode(data); !ok || info.Playable || err == nil || !strings.Contains(err.Error(), reason) || !strings.Contains(err.Error(), otherProgram) {
			t.Errorf("probed as %+v, error %v, want one with %q", info, err, reason)
		}
	}
	info, ok := Probe([]byte("#!AMR\n\x3c\x91\x17\x16\xbe\x66\x79\xe1\xe0\x01\xe7\xaf\xf0"))
	if !ok || info.Format != "amr" || info.Playable {
		t.Errorf("AMR probed as %+v", info)
	}
	for _, text := range []string{"", "R", "RIFF", "<html><body>Not found</body></html>", "\xff\xfb", "PK\x03\x04", "ID3\x03\x00\x00\x7f\x7f\x7f\x7f", "\x1f\x8b\x08"} {
		if info, ok := Probe([]byte(text)); ok {
			t.Errorf("%q probed as %+v", text, info)
		}
		if _, err := Decode([]byte(text)); err == nil {
			t.Errorf("%q is decoded", text)
		}
	}
}
