package player

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReference compares every format with ffmpeg and prints the table in
// docs/audio.md. It needs ffmpeg, so it runs only on request:
//
//	UNSAID_FFMPEG=1 go test ./player -run Reference -v
func TestReference(t *testing.T) {
	if os.Getenv("UNSAID_FFMPEG") == "" {
		t.Skip("needs ffmpeg; set UNSAID_FFMPEG")
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "source.wav")
	if err := os.WriteFile(source, wav(tagPCM, 2, 48000, 16, pcm16(referenceSound(3*48000, 48000))), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := referenceRows()
	args := []string{"-loglevel", "error", "-y", "-i", source}
	for i, r := range rows {
		args = append(args, "-map", "0:a", "-ar", fmt.Sprint(r.rate), "-ac", fmt.Sprint(r.channels), "-strict", "-2")
		args = append(append(args, strings.Fields(r.options)...), filepath.Join(dir, r.name(i)))
	}
	if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	fmt.Println("| format | options | rate | channels | frames, ours − ffmpeg's | signal to noise | largest error |\n|---|---|--:|--:|--:|--:|--:|")
	for i, r := range rows {
		name := filepath.Join(dir, r.name(i))
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		clip, err := Decode(data)
		if err != nil {
			fmt.Printf("| %s | `%s` | %d | %d | refused | | |\n", r.suffix, r.options, r.rate, r.channels)
			if r.leastSNR > 0 || !strings.Contains(err.Error(), otherProgram) {
				t.Errorf("%s %s: %v", r.suffix, r.options, err)
			}
			continue
		}
		args := []string{"-loglevel", "error", "-i", name, "-f", "f32le", "-"}
		if r.suffix == "opus" {
			args = append([]string{"-c:a", "libopus"}, args...) // the codec's own decoder, not ffmpeg's
		}
		raw, err := exec.Command("ffmpeg", args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var want []float32
		for ; len(raw) >= 4; raw = raw[4:] {
			want = append(want, sanitize(math.Float32frombits(binary.LittleEndian.Uint32(raw))))
		}
		both := min(len(want), len(clip.samples))
		largest := 0.0
		for n := range both {
			largest = max(largest, math.Abs(float64(clip.samples[n]-want[n])))
		}
		decibel := snr(clip.samples[:both], want[:both])
		exact := fmt.Sprintf("%.0f dB", decibel)
		if largest == 0 {
			exact = "exact"
		}
		fmt.Printf("| %s | `%s` | %d | %d | %d | %s | %.1g |\n", r.suffix, r.options, clip.rate, clip.channels,
			clip.frames()-len(want)/r.channels, exact, largest)
		if decibel < r.leastSNR || clip.channels != r.channels || clip.Note() != "" {
			t.Errorf("%s %s at %d Hz: %.1f dB, %d channels, note %q", r.suffix, r.options, r.rate, decibel, clip.channels, clip.Note())
		}
	}
}

// referenceRow is one way to encode the reference sound with ffmpeg.
type referenceRow struct {
	suffix, options string
	rate, channels  int
	leastSNR        float64
}

func (r referenceRow) name(i int) string { return fmt.Sprintf("%03d.%s", i, r.suffix) }

func referenceRows() []referenceRow {
	var rows []referenceRow
	add := func(suffix, options string, rate, channels int, leastSNR float64) {
		rows = append(rows, referenceRow{suffix, options, rate, channels, leastSNR})
	}
	for _, codec := range []string{"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_alaw", "pcm_mulaw"} {
		add("wav", "-c:a "+codec, 16000, 1, 140)
		add("wav", "-c:a "+codec, 44100, 2, 140)
	}
	add("wav", "-rf64 always", 16000, 1, 140)
	add("wav", "-c:a libmp3lame -b:a 64k", 44100, 2, 100)
	for _, codec := range []string{"adpcm_ima_wav", "adpcm_ms", "libgsm_ms"} {
		add("wav", "-c:a "+codec, 8000, 1, 0)
	}
	for _, rate := range []int{8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000} {
		least := 100.0
		if rate == 24000 {
			least = 35 // ffmpeg differs in two lines; see docs/audio.md
		}
		low := "-b:a 16k"
		if rate >= 32000 {
			low = "-b:a 40k"
		}
		add("mp3", low, rate, 1, least)
		add("mp3", "-b:a 64k -joint_stereo 1", rate, 2, least)
		add("mp3", "-q:a 4", rate, 2, least)
	}
	add("mp3", "-b:a 32k -write_xing 0", 22050, 1, 100)
	for _, rate := range []int{8000, 16000, 44100, 48000} {
		add("flac", "-sample_fmt s16", rate, 1+rate/40000, 140)
	}
	add("flac", "-sample_fmt s32", 48000, 2, 140)
	add("oga", "-c:a flac -sample_fmt s16", 16000, 1, 140)
	for _, rate := range []int{8000, 16000, 22050, 44100, 48000} {
		add("ogg", "-c:a libvorbis -q:a 3", rate, 1, 100)
		add("ogg", "-c:a libvorbis -q:a 6", rate, 2, 100)
	}
	for _, options := range []string{
		"-b:a 8k -application voip", "-b:a 12k -application voip", "-b:a 16k -application voip", "-b:a 24k -application voip", "-b:a 32k -application voip",
		"-b:a 48k -application audio", "-b:a 96k -application audio", "-b:a 64k -application lowdelay -frame_duration 5",
		"-b:a 16k -application voip -frame_duration 60", "-b:a 20k -application voip -frame_duration 10", "-b:a 128k -frame_duration 2.5 -application lowdelay",
	} {
		least := 25.0
		if strings.HasPrefix(options, "-b:a 8k") {
			least = math.Inf(-1) // a voice over a steady tone is distorted; see docs/audio.md
		}
		add("opus", "-c:a libopus "+options, 48000, 1, least)
		add("opus", "-c:a libopus "+options, 48000, 2, least)
	}
	add("m4a", "-c:a aac", 16000, 1, 0)
	add("aac", "-c:a aac", 16000, 1, 0)
	add("spx", "-c:a libspeex", 16000, 1, 0)
	return rows
}

// referenceSound is a voice-like sound on the left and a rising tone with clicks on
// the right. It makes encoders switch blocks, channels and modes. As in a real
// voice, no two periods are quite alike.
func referenceSound(frames, rate int) []float32 {
	noise := rand.New(rand.NewPCG(1, 2))
	samples := make([]float32, 0, 2*frames)
	voice, tone, jitter := 0.0, 0.0, 0.0
	for i := range frames {
		t := float64(i) / float64(rate)
		jitter = 0.999*jitter + 0.2*noise.NormFloat64()
		voice += 2 * math.Pi * (120 + 30*math.Sin(7*t) + jitter) / float64(rate)
		left := 0.0
		for k := 1; k < 30; k++ {
			formant := math.Exp(-math.Abs(float64(k)*120-900*(1.5+math.Sin(5*t)))/400) + 0.2/float64(k)
			left += formant * math.Sin(float64(k)*voice)
		}
		left *= 0.1 * max(0, math.Sin(9*t)) * (1 + 0.05*jitter)
		tone += 2 * math.Pi * (300 + 1800*t) / float64(rate)
		right := 0.2*math.Sin(tone) + 0.3*left
		if math.Mod(t, 0.35) < 0.001 {
			right += 0.3
		}
		samples = append(samples, float32(left+0.003*noise.NormFloat64()), float32(right+0.003*noise.NormFloat64()))
	}
	return samples
}
