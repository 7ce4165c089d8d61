package deletion

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"os"
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
			{ImportID: 7, Imported: at(t, time.UTC, "2025-06-02 10:00:00"), Paths: []string{files}, Made: at(t, time.UTC, "2025-06-01 09:30:00"), Later: true},
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
	f := newFollowup(v)
	f.number = 2
	req := store.Request{
		ID: 12, Device: device, Status: store.StillThere, TimeZone: "Europe/Berlin", SentOn: "2025-04-03", DueOn: "2025-05-03", Steps: f.steps(),
	}
	var err error
	if f.document, err = newDocument(req, recordings, o); err != nil {
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

// requested is a library in which a request about the middle one of three recordings was drafted.
func requested(t *testing.T) (*store.DB, int64) {
	t.Helper()
	db, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	bring(t, db, "first.zip", "2025-02-01 10:00:00", "2025-02-02 10:00:00", "2025-02-03 10:00:00")
	middle := store.MakeID(at(t, time.UTC, "2025-02-02 10:00:00"), 0)
	ids, err := db.IDs(context.Background(), store.Query{})
	if err != nil || len(ids) != 3 || ids[1]>>20 != middle>>20 {
		t.Fatal(ids, err)
	}
	p, err := Propose(context.Background(), db, ids[1:2], time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	_, requests, err := db.Delete(context.Background(), p.Order("", true, true))
	if err != nil || len(requests) != 1 {
		t.Fatal(requests, err)
	}
	return db, requests[0]
}

// bring imports an export of a kitchen's recordings.
func bring(t *testing.T, db *store.DB, path string, times ...string) {
	t.Helper()
	bringAs(t, db, path, store.ImportDone, times...)
}

// bringAs does the same, and has the import end so.
func bringAs(t *testing.T, db *store.DB, path string, state store.ImportState, times ...string) {
	t.Helper()
	im, err := db.BeginImport(context.Background(), []string{path}, false)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(strings.Join(times, ",")))
	if err := im.File(context.Background(), path, 1, sum[:]); err != nil {
		t.Fatal(err)
	}
	for _, when := range times {
		if err := im.Add(context.Background(), store.Incoming{
			Vendor: store.Amazon, Device: store.IncomingDevice{Serial: "G01", Name: "Kitchen"}, Time: at(t, time.UTC, when), TimeFrom: store.TimeExact,
			VendorID: "key#" + when, Transcript: "said at " + when,
		}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(context.Background(), state); err != nil {
		t.Fatal(err)
	}
}

func TestFollowupsAreNumberedAndNeedEvidence(t *testing.T) {
	ctx, dir, now := context.Background(), filepath.Join(t.TempDir(), "letters"), time.Date(2025, 6, 1, 10, 0, 0, 0, time.UTC)
	db, id := requested(t)
	refused := func(want string) {
		t.Helper()
		if _, _, err := (Correspondence{}).WriteFollowup(ctx, db, id, dir, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Error("it leaves a folder")
		}
	}
	refused("was not sent yet")
	if err := db.MarkSent(ctx, id, "2025-03-10", "2025-04-10", at(t, time.UTC, "2025-03-10 23:59:59"), nil); err != nil {
		t.Fatal(err)
	}
	refused("it is sent")
	bring(t, db, "second.zip", "2025-02-01 10:00:00", "2025-02-03 10:00:00", "2025-04-01 10:00:00")
	refused("it is gone")
	bring(t, db, "third.zip", "2025-02-02 10:00:00", "2025-05-01 10:00:00")
	for number := 1; number <= 2; number++ {
		folder, n, err := (Correspondence{}).WriteFollowup(ctx, db, id, dir, now)
		if err != nil || n != number || filepath.Base(folder) != "request-"+string(rune('0'+id))+"-kitchen-followup-"+string(rune('0'+n)) {
			t.Fatalf("%s, %d, %v", folder, n, err)
		}
		letter, err := os.ReadFile(filepath.Join(folder, "letter.txt"))
		if err != nil || !strings.Contains(string(letter), "1 recording in your export third.zip") || strings.Contains(string(letter), "said at") {
			t.Errorf("%v:\n%s", err, letter)
		}
	}

	report, err := NewReport(ctx, db, now)
	if err != nil || report.Totals.StillThere != 1 || report.Totals.Followups != 2 || report.Totals.Status[store.StillThere] != 1 {
		t.Fatalf("%+v, %v", report.Totals, err)
	}
	if e := report.Requests[0].Exports; len(e) != 2 || e[0].StillThere != 1 || e[1].Gone != 1 {
		t.Errorf("the exports alone say %+v", e)
	}
	var text bytes.Buffer
	if err := report.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"- Asked for: 1 single recording", "- Sent on 2025-03-10; due on 2025-04-10", "`third.zip`", "**still-there**: 1 still there",
		"- Follow-up 2, written on 2025-06-01, about 1 recording",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, text.String())
		}
	}
}
