package deletion

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"unsaid/store"
)

// followUp is a follow-up on recordings of the kitchen, two of which are still there, one of these
// by its time alone.
func followUp(t testing.TB, device store.Device, recordings []store.Recording, files string, o Options) *followup {
	t.Helper()
	v := Verdict{
		Exports: []Checked{
			{ImportID: 7, Imported: at(t, time.UTC, "2025-06-02 10:00:00"), Paths: []string{files}, Made: at(t, time.UTC, "2025-06-01 09:30:00"), MadeBy: store.MadeByRecording, Later: true},
			{ImportID: 6, Imported: at(t, time.UTC, "2025-05-20 10:00:00"), Paths: []string{"/home/anna/old.zip"}},
		},
		Findings: []Finding{{Recording: 1, Outcome: store.Gone, Import: 7}},
	}
	for i, r := range recordings {
		matched := store.MatchedByIdentifier
		if i == 0 {
			matched = store.MatchedByTime
		}
		v.Findings = append(v.Findings, Finding{Recording: r.ID, Outcome: store.StillThere, Import: 7, Matched: matched})
	}
	f := newFollowup(v, 2)
	req := store.Request{
		ID: 12, Device: device, Status: store.StillThere, TimeZone: "Europe/Berlin", SentOn: "2025-04-03", DueOn: "2025-05-03",
	}
	if err := f.about(req, recordings, o); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFollowupGolden(t *testing.T) {
	device, timeline := kitchen(t, zone(t, "Europe/Berlin"))
	now := time.Date(2025, 6, 3, 10, 0, 0, 0, time.UTC)
	california := Options{Now: now, Law: CCPA, Marketplace: "amazon.com", Words: WordsInAll}
	gdpr := Options{Now: now, Law: GDPR, Marketplace: "amazon.de", Sender: anna, Recipient: Recipient{Name: "Data Protection", Email: "privacy@example.com"}}
	for _, c := range []struct {
		name       string
		language   Language
		recordings []store.Recording
		options    Options
	}{
		{"followup", English, timeline[3:5], gdpr},
		{"followup-blank", English, timeline[3:4], california},
		{"followup-german", German, timeline[3:5], gdpr},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.options.Language = c.language
			files, err := followUp(t, device, c.recordings, "/home/anna/Downloads/Alexa.zip", c.options).render()
			if err != nil {
				t.Fatal(err)
			}
			folder, err := publish(t.TempDir(), c.name, files)
			if err != nil {
				t.Fatal(err)
			}
			compareFolder(t, filepath.Join("testdata", "golden", c.name), folder)
		})
	}
}

func TestFollowupInEveryLanguageAndLaw(t *testing.T) {
	device, timeline := kitchen(t, time.UTC)
	for _, language := range Languages() {
		for _, law := range Laws() {
			f := followUp(t, device, timeline, "a.zip", Options{Law: law, Language: language, Now: time.Date(2025, 5, 1, 10, 0, 0, 0, time.UTC)})
			subject, text, err := f.letter(true)
			if err != nil || subject == "" {
				t.Fatalf("%s, %s: %q, %v", language, law, subject, err)
			}
			for l := range strings.Lines(string(text)) {
				if strings.Contains(l, "<no value>") || strings.HasSuffix(strings.TrimRight(l, "\n"), " ") {
					t.Errorf("%s, %s: %q", language, law, l)
				}
			}
			if due := strings.Contains(string(text), f.day("2025-05-03")); !due {
				t.Errorf("%s, %s: it does not say when the answer is due:\n%s", language, law, text)
			}
		}
	}
}

func TestFollowupOfLocalFilesIsNoLetter(t *testing.T) {
	device, timeline := kitchen(t, time.UTC)
	device.Vendor = store.OVOS
	files, err := followUp(t, device, timeline[3:5], "a", Options{Now: time.Now()}).render()
	if err != nil || len(files) != 2 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestFollowupOfHostileTexts(t *testing.T) {
	when := time.Date(2025, 3, 1, 17, 42, 7, 0, time.UTC)
	for _, text := range hostile {
		device := store.Device{ID: 1, Vendor: store.Amazon, Name: text, Serial: text, Type: text}
		recording := store.Recording{
			ID: store.MakeID(when, 0), Time: when, TimeFrom: store.TimeExact, Device: device,
			Transcript: text, Reply: text, VendorID: text,
		}
		path := "/exports/" + strings.ReplaceAll(text, "/", "") + ".zip"
		f := followUp(t, device, []store.Recording{recording}, path, Options{Now: when, Words: WordsInAll, Sender: anna})
		files, err := f.render()
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !utf8.Valid(file.content) {
				t.Errorf("%s of %q is not UTF-8", file.name, text)
			}
			for _, r := range strings.ReplaceAll(string(file.content), "\r\n", "\n") {
				if r != '\n' && unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || invisible(r) {
					t.Errorf("%s of %q holds %U", file.name, text, r)
				}
			}
			switch file.name {
			case "evidence.json":
				var e Evidence
				if err := json.Unmarshal(file.content, &e); err != nil || utf8.ValidString(text) && e.Recordings[0].VendorID != text {
					t.Errorf("evidence.json of %q: %v, %q", text, err, e.Recordings[0].VendorID)
				}
			case evidenceCSV:
				checkFormulas(t, text, file.content)
			case "letter.eml":
				if bytes.Contains(file.content, []byte("\nBcc:")) {
					t.Errorf("letter.eml of %q has a Bcc", text)
				}
			}
		}
	}
}

func checkFormulas(t *testing.T, text string, content []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Errorf("evidence.csv of %q has %d rows, %v", text, len(rows), err)
	}
	for _, row := range rows {
		for _, c := range row {
			for part := range strings.SplitSeq(c, ";") {
				part = strings.TrimLeft(part, " \"")
				if part != "" && strings.ContainsRune(formulaSigns, []rune(part)[0]) {
					t.Errorf("evidence.csv of %q: a spreadsheet may compute %q", text, c)
				}
			}
		}
	}
}
