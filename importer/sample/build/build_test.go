package main

import (
	"encoding/binary"
	"math"
	"os"
	"strings"
	"testing"
)

func TestScriptIsReadable(t *testing.T) {
	script, err := os.Open("../script.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer script.Close()
	lines, err := readScript(script)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines[1:] {
		if !l.time.After(lines[i].time) {
			t.Errorf("the line of %v is not after the one before", l.time)
		}
	}
}

func TestReadScriptNamesTheWrongLine(t *testing.T) {
	const header = "time,device,kind,speech,reply\n"
	const good = "2026-01-02 07:41:12,Mia's Room,said,Mia: Hello.,\n"
	for _, bad := range []string{
		"yesterday,Mia's Room,said,Mia: Hello.,\n",
		"2026-01-02 07:41:12,Attic,said,Mia: Hello.,\n",
		"2026-01-02 07:41:12,Mia's Room,sung,Mia: Hello.,\n",
		"2026-01-02 07:41:12,Mia's Room,said,Hello.,\n",
		"2026-01-02 07:41:12,Mia's Room,said,Nobody: Hello.,\n",
	} {
		_, err := readScript(strings.NewReader(header + good + bad))
		if err == nil || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("readScript(%q): %v", bad, err)
		}
	}
	if _, err := readScript(strings.NewReader(good)); err == nil {
		t.Error("a script without its header was read")
	}
}

func TestUnintendedLineHidesItsWords(t *testing.T) {
	speech, err := readSpeech("Anna: You forgot! | Ben: No.")
	if err != nil {
		t.Fatal(err)
	}
	r := line{kind: unintended, speech: speech}.recording()
	if r.Transcript != unintendedText || r.Person != "" || !r.HasAudio {
		t.Errorf("recording = %+v", r)
	}
	r = line{kind: said, speech: speech}.recording()
	if r.Transcript != "you forgot" || r.Person != "Anna" {
		t.Errorf("recording = %+v", r)
	}
}

// tone returns a second of a sine at espeakRate.
func tone(hertz, amplitude float64) []int16 {
	samples := make([]int16, espeakRate)
	for i := range samples {
		samples[i] = int16(amplitude * math.Sin(2*math.Pi*hertz*float64(i)/espeakRate))
	}
	return samples
}

func TestResampleKeepsATone(t *testing.T) {
	got := resample(tone(1000, 10000))
	if len(got) != sampleRate {
		t.Fatalf("%d samples of a second", len(got))
	}
	for i := 100; i < len(got)-100; i++ {
		want := 10000 * math.Sin(2*math.Pi*1000*float64(i)/sampleRate)
		if math.Abs(float64(got[i])-want) > 100 {
			t.Fatalf("sample %d is %d, want %.0f", i, got[i], want)
		}
	}
}

func TestResampleDropsWhatTheNewRateCannotHold(t *testing.T) {
	got := resample(tone(10000, 10000))
	for i := 100; i < len(got)-100; i++ {
		if got[i] > 200 || got[i] < -200 {
			t.Fatalf("sample %d is %d", i, got[i])
		}
	}
}

func TestTrimKeepsTheSoundAndAMargin(t *testing.T) {
	sound := make([]int16, 10*marginLen)
	for i := 4 * marginLen; i < 6*marginLen; i++ {
		sound[i] = 1000
	}
	if got := len(trim(sound)); got < 4*marginLen-1 || got > 4*marginLen {
		t.Errorf("%d samples are left, want about %d", got, 4*marginLen)
	}
	if got := trim(make([]int16, 100)); len(got) != 0 {
		t.Errorf("%d samples of silence are left", len(got))
	}
}

func TestShortenStaysNearTheSample(t *testing.T) {
	for s := math.MinInt16; s <= math.MaxInt16; s++ {
		got := int(shorten(int16(s)))
		allowed := max(finestStep/2, int(math.Abs(float64(s)))>>keptBits)
		if off := got - s; off > allowed || off < -allowed {
			t.Fatalf("shorten(%d) = %d", s, got)
		}
	}
}

func TestEncodeWAV(t *testing.T) {
	content := encodeWAV([]int16{1, -2})
	if len(content) != 48 || string(content[:4]) != "RIFF" || binary.LittleEndian.Uint32(content[40:]) != 4 {
		t.Errorf("encodeWAV() = % x", content)
	}
}
