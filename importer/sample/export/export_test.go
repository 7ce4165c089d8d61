package export

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"
	"time"
)

// utteranceID is the form seen in Amazon's own data.
var utteranceID = regexp.MustCompile(`^(\w+):1\.0/(\d{4})/(\d\d)/(\d\d)/(\d\d)/(\w+)/(\d\d):(\d\d)::TNIH_2V\.([0-9a-f-]{36})([A-Z]{3})(?:/(\d+))?$`)

func kitchen() Recording {
	return Recording{
		Time:       time.Date(2026, 1, 3, 8, 30, 5, 0, time.FixedZone("CET", 3600)),
		Device:     Device{Name: "Kitchen", Serial: "G0SAMPLE1", Type: "A0SAMPLE1"},
		Region:     RegionEU,
		Transcript: `alexa, "play" jazz`,
		HasAudio:   true,
	}
}

func TestUtteranceIDHasTheVendorsForm(t *testing.T) {
	id := kitchen().UtteranceID()
	parts := utteranceID.FindStringSubmatch(id)
	if parts == nil {
		t.Fatalf("UtteranceID() = %q, not of the vendor's form", id)
	}
	if got := strings.Join(parts[1:9], " "); got != "A0SAMPLE1 2026 01 03 07 G0SAMPLE1 30 05" {
		t.Errorf("UtteranceID() = %q, parts %q", id, got)
	}
	if id != kitchen().UtteranceID() {
		t.Error("the same recording got two identifiers")
	}
	later := kitchen()
	later.Time = later.Time.Add(time.Second)
	if later.uuid() == kitchen().uuid() {
		t.Error("two recordings got one uuid")
	}
}

func TestTypedRequestNamesTheTextClient(t *testing.T) {
	r := kitchen()
	r.Typed = true
	if id := r.UtteranceID(); !strings.HasPrefix(id, "TextClient:") || !utteranceID.MatchString(id) {
		t.Errorf("UtteranceID() = %q", id)
	}
}

func TestAudioNameIsAFileName(t *testing.T) {
	if name := kitchen().AudioName(); strings.ContainsAny(name, `:/\`) {
		t.Errorf("AudioName() = %q", name)
	}
}

func TestTranscriptsKeepWordsAndNameAudioOnlyWhereThereIsSome(t *testing.T) {
	silent := kitchen()
	silent.HasAudio = false
	var out bytes.Buffer
	if err := WriteTranscripts(&out, []Recording{kitchen(), silent}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || rows[1][5] != kitchen().Transcript {
		t.Fatalf("rows = %q", rows)
	}
	if rows[1][7] != kitchen().AudioName() || rows[2][7] != "" {
		t.Errorf("audio cells = %q, %q", rows[1][7], rows[2][7])
	}
}

func TestZipIsTheSameEveryTime(t *testing.T) {
	build := func() []byte {
		var out bytes.Buffer
		z := NewZip(&out, time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
		if err := z.Add("a.txt", []byte("words")); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if !bytes.Equal(build(), build()) {
		t.Error("two builds differ")
	}
}
