package player

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// addSeeds adds a recording of every kind that the decoder distinguishes.
func addSeeds(f *testing.F) {
	pcm := pcm16(sweep(400, 16000))
	f.Add([]byte{})
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	f.Add([]byte("ID3\x03\x00\x00\x00\x00\x00\x05hello"))
	f.Add(wav(tagPCM, 1, 16000, 16, pcm))
	f.Add(wav(tagPCM, 2, 44100, 24, pcm))
	f.Add(wav(tagFloat, 1, 16000, 32, pcm))
	f.Add(wav(tagMuLaw, 1, 8000, 8, pcm))
	f.Add(wav(tagALaw, 2, 8000, 8, pcm))
	f.Add(wav(tagFloat, 1, 16000, 64, pcm))
	f.Add(wav(0x0011, 1, 8000, 4, pcm))
	f.Add(rf64(uint64(len(pcm)), pcm))
	f.Add(gzipped(wav(tagPCM, 1, 8000, 16, pcm)))
	f.Add([]byte("#!AMR\n\x3c\x91\x17\x16\xbe\x66\x79\xe1\xe0\x01\xe7\xaf\xf0"))
	f.Add(riff(chunk("fmt ", 16, wavFormat(tagPCM, 1, 16000, 16)), chunk("data", 0xffffffff, pcm)))
	f.Add(riff(chunk("LIST", 5, []byte("INFOx")), chunk("fmt ", 16, wavFormat(tagPCM, 0, 0, 0)), chunk("data", 0, pcm)))
	tones, err := filepath.Glob("testdata/tone*")
	if err != nil || len(tones) == 0 {
		f.Fatalf("no tones in testdata: %v", err)
	}
	for _, name := range tones {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		if filepath.Ext(name) == ".mp3" {
			f.Add(wav(tagMP3, 1, 16000, 0, data))
			f.Add(append([]byte("ID3\x03\x00\x00\x00\x00\x00\x05hello"), data...))
		}
	}
}

func FuzzDecode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		clip, err := Decode(data)
		if err != nil {
			if clip != nil {
				t.Fatal("a clip and an error")
			}
			return
		}
		if clip.frames() == 0 || clip.Duration() <= 0 || len(clip.samples)%clip.channels != 0 {
			t.Fatalf("%d samples of %d channels last %v", len(clip.samples), clip.channels, clip.Duration())
		}
		for i, s := range clip.samples {
			if !(math.Abs(float64(s)) <= 1) {
				t.Fatalf("sample %d is %v", i, s)
			}
		}
		for _, peak := range clip.Peaks(7) {
			if !(peak >= 0 && peak <= 1) {
				t.Fatalf("peak %v", peak)
			}
		}
		if info, ok := Probe(data); !ok || !info.Playable {
			t.Fatalf("decoded, but probed as %+v, %v", info, ok)
		}
	})
}

func FuzzProbe(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		info, ok := Probe(data)
		if ok != (info.Format != "") || info.Duration < 0 || info.Playable && !ok {
			t.Fatalf("%+v, %v", info, ok)
		}
	})
}
