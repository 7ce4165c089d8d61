package player

import (
	"encoding/binary"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"
)

// quantize encodes samples for a WAV encoding, independently of the decoder.
func quantize(tag, bits int, samples []float32) []byte {
	var b []byte
	for _, s := range samples {
		x := float64(s)
		switch {
		case tag == tagFloat && bits == 32:
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s))
		case tag == tagFloat:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		case bits == 8:
			b = append(b, byte(math.Round(x*127)+128))
		case bits == 16:
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(x*32767))))
		case bits == 24:
			v := uint32(int32(math.Round(x * 8388607)))
			b = append(b, byte(v), byte(v>>8), byte(v>>16))
		default:
			b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(x*2147483520))))
		}
	}
	return b
}

func snr(got, want []float32) float64 {
	signal, noise := 0.0, 1e-20
	for i, w := range want {
		signal += float64(w) * float64(w)
		noise += float64(got[i]-w) * float64(got[i]-w)
	}
	return 10 * math.Log10(signal/noise)
}

func TestDecodeWAVEncodings(t *testing.T) {
	samples := sweep(16000, 16000)
	for _, c := range []struct {
		name      string
		tag, bits int
		leastSNR  float64
	}{
		{"8 bit", tagPCM, 8, 38},
		{"16 bit", tagPCM, 16, 85},
		{"24 bit", tagPCM, 24, 130},
		{"32 bit", tagPCM, 32, 140},
		{"float32", tagFloat, 32, 190},
		{"float64", tagFloat, 64, 190},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := quantize(c.tag, c.bits, samples)
			plain := mustDecode(t, wav(uint16(c.tag), 1, 16000, uint16(c.bits), data))
			if got := snr(plain.samples, samples); got < c.leastSNR {
				t.Errorf("signal to noise %.1f dB, want %.0f", got, c.leastSNR)
			}
			if plain.Duration() != time.Second || plain.Note() != "" {
				t.Errorf("%v, note %q", plain.Duration(), plain.Note())
			}
			// The same with a WAVEFORMATEXTENSIBLE header, whose GUID starts with the tag.
			format := wavFormat(tagExtensible, 1, 16000, uint16(c.bits))
			format = append(format, 22, 0, byte(c.bits), 0, 4, 0, 0, 0, byte(c.tag), 0)
			format = append(format, "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"...)
			extensible := mustDecode(t, riff(
				chunk("fmt ", 40, format), chunk("data", uint32(len(data)), data)))
			if snr(extensible.samples, plain.samples) < 190 {
				t.Error("decoded differently from an extensible header")
			}
		})
	}
}

// The values at the corners of ITU-T G.711's tables, as 16-bit numbers.
func TestDecodeG711(t *testing.T) {
	for _, c := range []struct {
		tag  uint16
		in   []byte
		want []float32
	}{
		{tagMuLaw, []byte{0x00, 0x80, 0x7f, 0xff, 0x0f, 0x8f}, []float32{-32124, 32124, 0, 0, -16764, 16764}},
		{tagALaw, []byte{0x2a, 0xaa, 0x55, 0xd5, 0x45, 0x7f}, []float32{-32256, 32256, -8, 8, -264, -848}},
	} {
		clip := mustDecode(t, wav(c.tag, 1, 8000, 8, c.in))
		for i, want := range c.want {
			if got := clip.samples[i] * 32768; got != want {
				t.Errorf("tag %d byte %#02x is %v, want %v", c.tag, c.in[i], got, want)
			}
		}
	}
}

func TestDecodeChannels(t *testing.T) {
	six := make([]float32, 6*100)
	for i := range six {
		six[i] = float32(i%6) / 10
	}
	clip := mustDecode(t, wav(tagPCM, 6, 48000, 16, pcm16(six)))
	if clip.channels != 2 || clip.frames() != 100 {
		t.Fatalf("%d channels, %d frames", clip.channels, clip.frames())
	}
	if l, r := clip.samples[198], clip.samples[199]; l != 0 || math.Abs(float64(r)-0.1) > 1e-3 {
		t.Errorf("front left and right are %v, %v", l, r)
	}
}

func TestDecodeHostileFloats(t *testing.T) {
	inf := float32(math.Inf(1))
	clip := mustDecode(t, wav(tagFloat, 1, 16000, 32,
		quantize(tagFloat, 32, []float32{inf, -inf, float32(math.NaN()), 1e30, 0.25})))
	for i, want := range []float32{1, -1, 0, 1, 0.25} {
		if clip.samples[i] != want {
			t.Errorf("sample %d is %v, want %v", i, clip.samples[i], want)
		}
	}
}

func TestDecodeOddWAV(t *testing.T) {
	pcm := pcm16(sweep(8000, 16000)) // 0.5 s
	format := chunk("fmt ", 16, wavFormat(tagPCM, 1, 16000, 16))
	size := uint32(len(pcm))
	withFormat := func(change func(f []byte)) []byte {
		f := wavFormat(tagPCM, 1, 16000, 16)
		change(f)
		return riff(chunk("fmt ", 16, f), chunk("data", size, pcm))
	}
	for _, c := range []struct {
		name    string
		file    []byte
		frames  int    // 0: refused
		message string // in the error or the note
	}{
		{"whole", riff(format, chunk("data", size, pcm)), 8000, ""},
		{"size of the file is a lie", append([]byte("RIFF\x01\x00\x00\x00"), riff(format, chunk("data", size, pcm))[8:]...), 8000, ""},
		{"size 0, sound follows", riff(format, chunk("data", 0, pcm)), 8000, ""},
		{"size 0xFFFFFFFF", riff(format, chunk("data", 0xffffffff, pcm)), 8000, ""},
		{"size 0x80000000", riff(format, chunk("data", 0x80000000, pcm)), 8000, ""},
		{"size 0x7FFFFFFF", riff(format, chunk("data", 0x7fffffff, pcm)), 8000, ""},
		{"truncated", riff(format, chunk("data", size*2, pcm)), 8000, "cut short: 0.5 of 1.0 s remain"},
		{"truncated inside a sample", riff(format, chunk("data", size, pcm[:len(pcm)-1])), 7999, "missing"},
		{"trailing chunk", riff(format, chunk("data", size, pcm), chunk("LIST", 4, []byte("INFO"))), 8000, ""},
		{"trailing garbage", append(riff(format, chunk("data", size, pcm)), "garbage"...), 8000, ""},
		{"odd LIST, padded", riff(format, chunk("LIST", 5, []byte("INFOx\x00")), chunk("data", size, pcm)), 8000, ""},
		{"odd LIST, not padded", riff(format, chunk("LIST", 5, []byte("INFOx")), chunk("data", size, pcm)), 8000, ""},
		{"format after the sound", riff(chunk("data", size, pcm), format), 8000, ""},
		{"block align 0", withFormat(func(f []byte) { f[12] = 0 }), 8000, ""},
		{"block align 65535", withFormat(func(f []byte) { f[12], f[13] = 255, 255 }), 8000, ""},
		{"byte rate 0", withFormat(func(f []byte) { copy(f[8:], "\x00\x00\x00\x00") }), 8000, ""},
		{"empty", riff(format, chunk("data", 0, nil)), 0, "no sound"}, // 44 bytes, as in asterisk-core-sounds
		{"empty, chunk follows", riff(format, chunk("data", 0, nil), chunk("LIST", 4, []byte("INFO"))), 0, "no sound"},
		{"no data chunk", riff(format), 0, "no data chunk"},
		{"no format chunk", riff(chunk("data", size, pcm)), 0, "no format chunk"},
		{"huge chunk before the sound", riff(format, chunk("LIST", 0x7fffffff, nil), chunk("data", size, pcm)), 0, "no data chunk"},
		{"format chunk cut", riff(chunk("fmt ", 16, []byte{1, 0})), 0, "cut short"},
		{"header only", []byte("RIFF\xff\xff\xff\xffWAVE"), 0, "no format chunk"},
		{"0 channels", withFormat(func(f []byte) { f[2] = 0 }), 0, "0 channels"},
		{"65535 channels", withFormat(func(f []byte) { f[2], f[3] = 255, 255 }), 0, "no sound"},
		{"rate 0", withFormat(func(f []byte) { copy(f[4:], "\x00\x00\x00\x00") }), 0, "0 samples a second"},
		{"rate 0xFFFFFFFF", withFormat(func(f []byte) { copy(f[4:], "\xff\xff\xff\xff") }), 0, "samples a second"},
		{"0 bits", withFormat(func(f []byte) { f[14] = 0 }), 0, "not supported"},
		{"12 bits", withFormat(func(f []byte) { f[14] = 12 }), 0, "not supported"},
		{"RF64", rf64(uint64(size), pcm), 8000, ""},
		{"RF64, truncated", rf64(uint64(size)*3, pcm), 8000, "0.5 of 1.5 s"},
		{"RF64, size unknown", rf64(0, pcm), 8000, ""},
		{"RF64, size beyond all reason", rf64(1<<63, pcm), 8000, ""},
		{"GSM", withFormat(func(f []byte) { f[0], f[14] = 0x31, 0 }), 0, "GSM 6.10"},
		{"ADPCM", withFormat(func(f []byte) { f[0], f[14] = 0x11, 4 }), 0, "IMA ADPCM"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clip, err := Decode(c.file)
			info, known := Probe(c.file)
			if !known || info.Format != "wav" {
				t.Errorf("probed as %+v", info)
			}
			if c.frames == 0 {
				if err == nil || !strings.Contains(err.Error(), c.message) {
					t.Fatalf("error %v, want one with %q", err, c.message)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if clip.frames() != c.frames || !strings.Contains(clip.Note(), c.message) || (c.message == "") != (clip.Note() == "") {
				t.Errorf("%d frames, note %q; want %d, %q", clip.frames(), clip.Note(), c.frames, c.message)
			}
			if !info.Playable || info.Duration != clip.Duration() {
				t.Errorf("probed as %+v, decoded %v", info, clip.Duration())
			}
		})
	}
}

func TestDecodeGzip(t *testing.T) {
	file := wav(tagPCM, 1, 16000, 16, pcm16(sweep(16000, 16000)))
	packed := gzipped(file)
	clip := mustDecode(t, packed)
	if clip.Duration() != time.Second || clip.Note() != "" {
		t.Errorf("%v, note %q", clip.Duration(), clip.Note())
	}
	info, ok := Probe(packed)
	if !ok || info.Format != "wav" || !info.Gzipped || !info.Playable {
		t.Errorf("%+v", info)
	}
	cut := mustDecode(t, packed[:len(packed)/2])
	if cut.Duration() >= time.Second || cut.Note() == "" {
		t.Errorf("half the wrapper: %v, note %q", cut.Duration(), cut.Note())
	}
	if _, err := Decode(packed[:12]); err == nil {
		t.Error("a gzip header alone is decoded")
	}
}

// Memory is allocated by the size of the file, whatever the header declares.
func TestDecodeAllocatesByTheSizeOfTheFile(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range []uint32{0x7fffffff, 0x80000000, 0xffffffff} {
		Decode(riff(chunk("fmt ", 16, wavFormat(tagPCM, 1, 16000, 16)), chunk("data", size, make([]byte, 100))))
		Decode(riff(chunk("fmt ", size, wavFormat(tagPCM, 1, 16000, 16))))
		Decode(riff(chunk("LIST", size, nil)))
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("%d bytes allocated for nothing", got)
	}
}

func TestPeaks(t *testing.T) {
	samples := make([]float32, 1000)
	samples[5], samples[995] = -0.5, 0.25
	clip := &Clip{rate: 8000, channels: 1, samples: samples}
	peaks := clip.Peaks(10)
	for i, want := range []float32{0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.25} {
		if peaks[i] != want {
			t.Errorf("peak %d is %v, want %v", i, peaks[i], want)
		}
	}
	stereo := &Clip{rate: 8000, channels: 2, samples: []float32{0, 0, 0, -1}}
	if got := stereo.Peaks(2); got[0] != 0 || got[1] != 1 {
		t.Errorf("stereo peaks %v", got)
	}
	if got := stereo.Peaks(5); len(got) != 5 || got[4] != 1 {
		t.Errorf("more peaks than frames: %v", got)
	}
	if got := clip.Peaks(0); got != nil {
		t.Errorf("no peaks: %v", got)
	}
}
