package deletion

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
	"unicode/utf8"

	"unsaid/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// All recordings here are made up.

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// at returns an instant of a local time such as 2025-03-01 18:42:07.
func at(t testing.TB, z *time.Location, s string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation(time.DateTime, s, z)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// kitchen is a speaker with recordings of known time on six days and one of unknown time.
func kitchen(t testing.TB, z *time.Location) (store.Device, []store.Recording) {
	device := store.Device{
		ID: 1, Vendor: store.Amazon, Name: "Kitchen", MakerName: "Kitchen", Serial: "G0911W0793360TLG", Type: "A3S5BH2HU6VAYF",
	}
	said := []struct{ when, words string }{
		{"2025-02-27 07:30:00", "alexa what's the weather"},
		{"2025-02-27 22:15:41", "alexa good night"},
		{"2025-03-01 18:20:31", "what time is it"},
		{"2025-03-01 18:42:07", "alexa play some jazz"},
		{"2025-03-03 09:00:00", "alexa set a timer"},
		{"2025-03-03 09:10:00", "alexa stop"},
		{"2025-03-03 21:59:59", ""},
		{"2025-03-30 01:59:59", "alexa what day is it"},
		{"2025-03-30 03:00:00", "alexa are the clocks set"},
		{"2025-04-02 12:00:00", "alexa thank you"},
	}
	recordings := []store.Recording{{
		ID: 1, Time: time.UnixMilli(0), TimeFrom: store.TimeUnknown, Transcript: "alexa where am i",
		Audio: &store.Audio{SHA256: hash(0), Format: "wav", Bytes: 64044, Duration: 2 * time.Second},
	}}
	for i, s := range said {
		when := at(t, z, s.when)
		recordings = append(recordings, store.Recording{
			ID: store.MakeID(when, uint32(i)), Time: when.UTC(), TimeFrom: store.TimeExact,
			Transcript: s.words, Unintended: s.words == "",
			VendorID: "A3NSX4MMJVG96V#" + when.UTC().Format("20060102150405") + "#A3S5BH2HU6VAYF#G0911W0793360TLG",
			Audio:    &store.Audio{SHA256: hash(i + 1), Format: "wav", Bytes: 32044, Duration: time.Second},
		})
	}
	for i := range recordings {
		recordings[i].Device = device
	}
	return device, recordings
}

func hash(i int) string {
	return string(bytes.Repeat([]byte{"0123456789abcdef"[i%16]}, 64))
}

// ask returns the request for the recordings at the indices of a device's timeline, and these
// recordings.
func ask(device store.Device, timeline []store.Recording, z *time.Location, indices ...int) (store.Request, []store.Recording) {
	moments := make([]Moment, len(timeline))
	for i, r := range timeline {
		moments[i].ID = r.ID
	}
	var chosen []store.Recording
	for _, i := range indices {
		moments[i].Role = Chosen
		chosen = append(chosen, timeline[i])
	}
	return store.Request{
		ID: 12, Deletions: []int64{7}, Device: device, Status: store.Draft, TimeZone: z.String(),
		Created:    time.Date(2025, 4, 3, 8, 0, 0, 0, time.UTC),
		Recordings: len(chosen), Steps: Plan(moments, z, AbilitiesFor(device)),
	}, chosen
}

// anna is a sender with all details, as the config may give them.
var anna = Sender{
	Name: "Änna Müller", Email: "anna@example.org", Address: "Beispielweg 1\n12345 Musterstadt", AccountID: "A3NSX4MMJVG96V",
}

func TestWriteGolden(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	google := store.Device{ID: 2, Vendor: store.Google, Name: "Google Assistant (device not recorded)", MakerName: "Google Assistant (device not recorded)"}
	ovos := store.Device{ID: 3, Vendor: store.OVOS, Name: "utterances", MakerName: "utterances"}
	as := func(device store.Device) []store.Recording {
		list := make([]store.Recording, len(timeline)-1)
		for i, r := range timeline[1:] {
			r.Device, r.VendorID = device, ""
			list[i] = r
		}
		return list
	}
	now := time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)
	sender := Options{Sender: anna, Law: GDPR, Marketplace: "amazon.de", Zone: berlin, Now: now}
	sender.Recipient = Recipient{Name: "Data Protection", Email: "privacy@example.com", Address: "1 Example Street\nLuxembourg"}
	blank := Options{Now: now, OnlyDevice: true}
	german := sender
	german.Language, german.Recipient.Name = German, "Datenschutz"
	silent := german
	silent.Sender, silent.Marketplace, silent.Words, silent.Recipient = Sender{}, "", NoWords, Recipient{}
	california := Options{Sender: Sender{Name: "A. Müller"}, Law: CCPA, Now: now, Words: WordsInAll, Newest: now}

	everything := make([]int, len(timeline))
	for i := range everything {
		everything[i] = i
	}
	for _, c := range []struct {
		name     string
		device   store.Device
		timeline []store.Recording
		chosen   []int
		options  Options
	}{
		{"amazon-device", device, timeline, everything, blank},
		{"amazon-device-sender", device, timeline, everything, sender},
		{"amazon-days", device, timeline, []int{0, 1, 2, 4, 6, 7, 8, 9, 10}, sender},
		{"amazon-days-blank", device, timeline, []int{0, 1, 2, 4, 6, 7, 8, 9, 10}, california},
		{"google", google, as(google), []int{0, 1, 2, 4, 5, 6}, sender},
		{"google-blank", google, as(google), []int{0, 1, 2, 4, 5, 6}, blank},
		{"ovos", ovos, as(ovos), []int{0, 1, 6}, sender},
		{"amazon-device-merged", device, timeline, everything, sender},
		{"amazon-device-merged-de", device, timeline, everything, german},
		{"amazon-days-de", device, timeline, []int{0, 1, 2, 4, 6, 7, 8, 9, 10}, german},
		{"amazon-days-blank-de", device, timeline, []int{0, 1, 2, 4, 6, 7, 8, 9, 10}, silent},
		{"google-de", google, as(google), []int{0, 1, 2, 3, 4, 5, 6}, german},
		{"ovos-de", ovos, as(ovos), []int{0, 1, 6}, german},
	} {
		t.Run(c.name, func(t *testing.T) {
			req, chosen := ask(c.device, c.timeline, berlin, c.chosen...)
			if strings.Contains(c.name, "merged") {
				req.Merged = []store.Device{{ID: 9, Vendor: store.Amazon, Name: "Old kitchen", MakerName: "Old kitchen", Serial: "G0911W0793360OLD"}}
			}
			written, err := Write(t.TempDir(), req, chosen, c.options)
			if err != nil {
				t.Fatal(err)
			}
			compareFolder(t, filepath.Join("testdata", "golden", c.name), written.Folder)
		})
	}
}

// Each law in each language: the letter from Anna about some days of a device.
func TestLettersGolden(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	req, chosen := ask(device, timeline, berlin, 1, 2, 4)
	got := map[string]string{}
	for _, language := range Languages() {
		for _, law := range Laws() {
			d, err := newDocument(req, chosen, Options{
				Sender: anna, Law: law, Language: language, Marketplace: "amazon.de", Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC),
			})
			if err != nil {
				t.Fatal(err)
			}
			subject, text, err := d.letter(true)
			if err != nil {
				t.Fatal(err)
			}
			if longest := longestLine(string(text)); longest > 120 {
				t.Errorf("%s in %s has a line of %d characters", law, language, longest)
			}
			got[string(language)+"-"+string(law)+".txt"] = "Subject: " + subject + "\n\n" + string(text)
		}
	}
	folder := t.TempDir()
	for name, text := range got {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	compareFolder(t, filepath.Join("testdata", "golden", "letters"), folder)
}

func longestLine(text string) int {
	longest := 0
	for line := range strings.Lines(text) {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	return longest
}

// What the languages have in common is said by the same templates: none is missing or broken.
func TestLanguagesHaveTheSameTemplates(t *testing.T) {
	for _, language := range Languages() {
		for _, law := range Laws() {
			if _, err := language.parse("letter.txt.tmpl", "letter_parts.txt.tmpl", "law/"+string(law)+".txt.tmpl"); err != nil {
				t.Error(err)
			}
		}
		for _, vendor := range []string{"amazon", "google", "local"} {
			if _, err := language.parse("request_"+vendor+".md.tmpl", "request_parts.md.tmpl"); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := ParseLanguage("la"); err == nil {
		t.Error("an unknown language is accepted")
	}
}

// The makers' settings for how long to keep recordings also delete what was kept so far.
func TestGuidesSayToExportBeforeASettingIsChanged(t *testing.T) {
	warnings := map[Language]string{English: "Export first.", German: "Exportieren Sie vorher."}
	setting := regexp.MustCompile(`Don't save|auto-delete|automatische Löschen`)
	for language, warning := range warnings {
		named := 0
		err := fs.WalkDir(templates, "templates/"+string(language), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := templates.ReadFile(path)
			if setting.Match(text) {
				named++
				if !strings.Contains(string(text), warning) {
					t.Errorf("%s names a setting without %q", path, warning)
				}
			}
			return err
		})
		if err != nil || named < 2 {
			t.Errorf("%s: %d guides name a setting, %v", language, named, err)
		}
	}
}

func TestWording(t *testing.T) {
	when := time.Date(2025, 3, 5, 8, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		language                   Language
		dateline, day, stamp, many string
	}{
		{English, "5 March 2025", "Wed 5 Mar 2025", "2025-03-05 08:04:05 +00:00", "1,204,000 things"},
		{German, "5. März 2025", "Mi 5. März 2025", "05.03.2025 08:04:05 +00:00", "1.204.000 things"},
	} {
		w := c.language.wording()
		if got := w.format(when, w.dateline); got != c.dateline {
			t.Errorf("%s: dateline %s", c.language, got)
		}
		if got := w.format(when, w.guideDay); got != c.day {
			t.Errorf("%s: day %s", c.language, got)
		}
		if got := w.stamp(when); got != c.stamp {
			t.Errorf("%s: stamp %s", c.language, got)
		}
		if got := w.count(1204000, "thing", "things"); got != c.many {
			t.Errorf("%s: %s", c.language, got)
		}
		if got := w.count(1, "thing", "things") + w.count(204, "thing", "things"); got != "1 thing204 things" {
			t.Errorf("%s: %s", c.language, got)
		}
	}
	if got := German.wording().list([]string{"a", "b", "c"}); got != "a, b und c" {
		t.Error(got)
	}
}

// In German every month and day has a name of its own, in every form that a layout uses.
func TestGermanNamesOfDaysAndMonths(t *testing.T) {
	w := German.wording()
	for i := range 12 {
		got := w.format(time.Date(2025, time.Month(i+1), 15, 0, 0, 0, 0, time.UTC), "January")
		want := []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}[i]
		if got != want {
			t.Errorf("month %d is %s", i+1, got)
		}
	}
	for i := range 7 {
		got := w.format(time.Date(2025, 3, 3+i, 0, 0, 0, 0, time.UTC), "Mon")
		if want := []string{"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"}[i]; got != want {
			t.Errorf("day %d is %s", i+1, got)
		}
	}
}

func TestParseMarketplace(t *testing.T) {
	for _, name := range Marketplaces() {
		if got, err := ParseMarketplace("www." + strings.ToUpper(name)); err != nil || got != name {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "amazon", "amazon.xx", "amazon.de.example.org", "example.org", "amazon.de/x", "amazon.nl"} {
		if got, err := ParseMarketplace(name); err == nil {
			t.Errorf("%q is taken for %q", name, got)
		}
	}
}

// compareFolder fails the test unless the folders have the same files, or with -update makes the
// golden one have them. The schema, which is the same in all, is left out.
func compareFolder(t *testing.T, golden, folder string) {
	t.Helper()
	if err := os.Remove(filepath.Join(folder, "manifest.schema.json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if *update {
		if err := os.RemoveAll(golden); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(golden, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	want, got := readFolder(t, golden), readFolder(t, folder)
	for name := range got {
		if want[name] == "" {
			t.Errorf("unexpected file %s", name)
		}
	}
	for name, content := range want {
		if got[name] != content {
			t.Errorf("%s differs from %s; got:\n%s", name, golden, got[name])
		}
	}
}

func readFolder(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string, len(entries))
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(content)
	}
	return files
}
