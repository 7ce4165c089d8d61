package importer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

func openLibrary(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func mustRun(t *testing.T, db *store.DB, o Options) store.ImportReport {
	t.Helper()
	report, err := Run(t.Context(), db, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// export is a synthetic Alexa archive as a zip of zips, with one of everything that can go right
// or wrong in it.
func export(t *testing.T) files {
	t.Helper()
	name := strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance)
	return files{
		"Alexa.zip": zipped(t, files{
			"Alexa/Transcripts.csv": "Timestamp,Device Name,Serial,utteranceId,Transcript\n" +
				"2021-02-02 20:17:21,Kitchen,G0911W0000000TST," + testUtterance + ",play some jazz\n" +
				"2021-02-03 08:00:00,Kitchen,G0911W0000000TST,,\"good morning\"\n" +
				"2021-02-03 08:00:00,Kitchen,G0911W0000000TST,,\"good morning\"\n" +
				"not a date,Kitchen,G0911W0000000TST,,what is this\n",
			"Alexa/Audio/" + name + ".wav":              wav(100, 1),
			"Alexa/Audio/2021-02-04_10.wav":             wav(100, 2),
			"Alexa/Audio/broken.wav":                    "no sound",
			"Alexa/history.json":                        `{"customerHistoryRecords":[` + historyJSON + `]}`,
			"Alexa/Location/Country of Residence-1.csv": "Timestamp,Country\n2021-02-02,DE\n",
			"Alexa/logo.png":                            "\x89PNG\x00",
		}),
		"Devices.Registration.zip": zipped(t, files{"registration.csv": "FirstTimeRegistered,AccountName,SerialNumber\n2020-01-01,The kitchen,G0911W0000000TST\n"}),
		"README.txt":               "how to read this",
	}
}

func TestRunAccountsForEveryMember(t *testing.T) {
	dir := onDisk(t, files{"all.zip": zipped(t, export(t))})
	db := openLibrary(t)
	var last Progress
	opened := 0
	report := mustRun(t, db, Options{Paths: []string{filepath.Join(dir, "all.zip")}, Progress: func(p Progress) {
		if p.Opening {
			opened = p.Members
			return
		}
		if p.BytesRead < last.BytesRead || p.BytesRead > p.BytesTotal {
			t.Errorf("progress went from %d to %d of %d bytes", last.BytesRead, p.BytesRead, p.BytesTotal)
		}
		last = p
	}})
	if opened != report.Members {
		t.Errorf("%d members found, %d accounted for", opened, report.Members)
	}
	if report.State != store.ImportDone || report.Added != 4 {
		t.Errorf("%s, %d added: %+v", report.State, report.Added, report)
	}
	if !slices.Equal(report.Sources, []string{"alexa-history", "alexa-archive"}) {
		t.Errorf("sources %v", report.Sources)
	}
	if last.BytesRead != last.BytesTotal || last.BytesTotal == 0 {
		t.Errorf("it ended at %d of %d bytes", last.BytesRead, last.BytesTotal)
	}
	members, err := db.ImportMembers(t.Context(), report.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]store.Outcome{}
	for _, m := range members {
		if _, twice := got[m.Member]; twice {
			t.Errorf("%s was accounted for twice", m.Member)
		}
		got[m.Member] = m.Outcome
		if m.Outcome != store.MemberImported && m.Reason == "" {
			t.Errorf("%s was %s without a reason", m.Member, m.Outcome)
		}
	}
	name := strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance)
	for member, want := range map[string]store.Outcome{
		"Alexa.zip/Alexa/Transcripts.csv":           store.MemberImported,
		"Alexa.zip/Alexa/Transcripts.csv:5":         store.MemberFailed,
		"Alexa.zip/Alexa/Audio/" + name + ".wav":    store.MemberImported,
		"Alexa.zip/Alexa/Audio/2021-02-04_10.wav":   store.MemberImported,
		"Alexa.zip/Alexa/Audio/broken.wav":          store.MemberFailed,
		"Alexa.zip/Alexa/history.json":              store.MemberImported,
		"Alexa.zip/Alexa/logo.png":                  store.MemberIgnored,
		"Devices.Registration.zip/registration.csv": store.MemberIgnored,
		"README.txt": store.MemberIgnored,
		"Alexa.zip/Alexa/Location/Country of Residence-1.csv": store.MemberIgnored,
	} {
		if got[member] != want {
			t.Errorf("%s: %q, want %s", member, got[member], want)
		}
		delete(got, member)
	}
	if len(got) > 0 {
		t.Errorf("members out of nowhere: %v", got)
	}
}

func TestImportingAgainAddsNothing(t *testing.T) {
	dir := onDisk(t, files{"all.zip": zipped(t, export(t))})
	for name, data := range export(t) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db := openLibrary(t)
	first := mustRun(t, db, Options{Paths: []string{filepath.Join(dir, "all.zip")}})
	for name, list := range map[string][]string{
		"the same zip":  {filepath.Join(dir, "all.zip")},
		"its parts":     {filepath.Join(dir, "Alexa.zip"), filepath.Join(dir, "Devices.Registration.zip")},
		"a part":        {filepath.Join(dir, "Alexa.zip")},
		"a folder with": {dir},
	} {
		again := mustRun(t, db, Options{Paths: list})
		if again.Added != 0 || again.Completed != 0 {
			t.Errorf("%s: %d added, %d completed", name, again.Added, again.Completed)
		}
	}
	if n, err := db.Count(t.Context(), store.Query{}); err != nil || n != first.Added {
		t.Errorf("%d recordings, %v; want %d", n, err, first.Added)
	}
}

func TestALaterPartCompletesWhatIsKnown(t *testing.T) {
	all := files{"t.csv": "Timestamp,utteranceId,Transcript\n2021-02-02 20:17:21," + testUtterance + ",play jazz\n"}
	without := onDisk(t, all)
	all[strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance)+".wav"] = wav(10, 1)
	with := onDisk(t, all)
	db := openLibrary(t)
	if r := mustRun(t, db, Options{Paths: []string{without}}); r.Added != 1 || r.WithoutAudio != 1 {
		t.Errorf("%+v", r)
	}
	if r := mustRun(t, db, Options{Paths: []string{with}}); r.Added != 0 || r.Completed != 1 {
		t.Errorf("%+v", r)
	}
}

func TestDryRunKeepsNothing(t *testing.T) {
	dir := onDisk(t, export(t))
	db := openLibrary(t)
	report := mustRun(t, db, Options{Paths: []string{dir}, DryRun: true})
	if report.Added != 4 {
		t.Errorf("%d would be added", report.Added)
	}
	if n, err := db.Count(t.Context(), store.Query{}); err != nil || n != 0 {
		t.Errorf("%d recordings, %v", n, err)
	}
}

func TestRunFailsClearly(t *testing.T) {
	dir := onDisk(t, files{
		"unknown/t.csv":     "Wann,Was\n2025-03-01,Jazz\n",
		"nothing/notes.txt": "buy milk",
		"cut.zip":           zipped(t, files{"t.csv": "x"})[:20],
		"bad.json":          `{"customerHistoryRecords":[{"recordKey":`,
	})
	for name, words := range map[string][]string{
		"missing":  {"missing", "check the path"},
		"unknown":  {"t.csv", "“Wann”"},
		"nothing":  {"nothing", "no voice history", "folder"},
		"cut.zip":  {"cut.zip", "download it again"},
		"bad.json": {"bad.json", "ends in the middle"},
	} {
		db := openLibrary(t)
		_, err := Run(t.Context(), db, Options{Paths: []string{filepath.Join(dir, name)}})
		if err == nil {
			t.Errorf("%s was imported", name)
			continue
		}
		if name == "nothing" {
			words = []string{"nothing", "voice history that unsaid knows"}
		}
		mustContain(t, err.Error(), words...)
		accounts, err := db.Imports(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range accounts {
			if a.State != store.ImportFailed {
				t.Errorf("%s: the account says %s", name, a.State)
			}
		}
	}
	if _, err := Run(t.Context(), openLibrary(t), Options{Paths: []string{dir}, Map: map[string]string{"words": "x"}}); err == nil || !strings.Contains(err.Error(), "words") {
		t.Errorf("an unknown role of --map gave %v", err)
	}
}

func TestAMappingIsRememberedForItsHeader(t *testing.T) {
	first := onDisk(t, files{"t.csv": "Wann,Was\n2025-03-01 10:00:00,Jazz\n"})
	second := onDisk(t, files{"u.csv": "Wann,Was\n2025-03-02 10:00:00,Stopp\n"})
	db := openLibrary(t)
	if _, err := Run(t.Context(), db, Options{Paths: []string{first}, Map: map[string]string{"time": "Wann", "text": "Was"}, DryRun: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), db, Options{Paths: []string{second}}); err == nil {
		t.Error("a dry run remembered a mapping")
	}
	mustRun(t, db, Options{Paths: []string{first}, Map: map[string]string{"time": "Wann", "text": "Was"}})
	if r := mustRun(t, db, Options{Paths: []string{second}}); r.Added != 1 {
		t.Errorf("%+v", r)
	}
}

func TestACancelledImportKeepsWhatItRead(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	rows.WriteString("Timestamp,Transcript\n")
	for i := range 3000 {
		fmt.Fprintf(&rows, "%s,number %d\n", utc(2025, 3, 1, 0, 0, 0).Add(time.Duration(i)*time.Minute).Format("2006-01-02 15:04:05"), i)
	}
	dir := onDisk(t, files{"t.csv": rows.String()})
	db := openLibrary(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	records := 0
	report, err := Run(ctx, db, Options{Paths: []string{dir}, Progress: func(Progress) {
		if records++; records > 500 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || report.State != store.ImportCancelled || report.Added == 0 {
		t.Fatalf("%v, %+v", err, report)
	}
	if r := mustRun(t, db, Options{Paths: []string{dir}}); r.Added+r.Known != 3000 || r.Known != report.Added {
		t.Errorf("after %d: %+v", report.Added, r)
	}
}

func TestDamagedMembersFailAlone(t *testing.T) {
	packed := []byte(zipped(t, files{
		"Alexa/a.wav": wav(4000, 7),
		"Alexa/t.csv": "Timestamp,Transcript,File\n2025-03-01 10:00:00,hello,a.wav\n",
	}))
	packed[200] ^= 0xff // in the middle of the clip
	dir := onDisk(t, files{"Alexa.zip": string(packed)})
	db := openLibrary(t)
	report := mustRun(t, db, Options{Paths: []string{filepath.Join(dir, "Alexa.zip")}})
	if report.Added != 1 || report.WithoutAudio != 1 || len(report.Failed) != 1 {
		t.Fatalf("%+v", report)
	}
	mustContain(t, report.Failed[0].Member+": "+report.Failed[0].Reason, "Alexa/a.wav", "damaged")
}

func TestProgressTellsRateAndRest(t *testing.T) {
	p := Progress{BytesRead: 25, BytesTotal: 100, Elapsed: 5 * time.Second}
	if p.Rate() != 5 || p.ETA() != 15*time.Second {
		t.Errorf("rate %v, rest %v", p.Rate(), p.ETA())
	}
	if (Progress{BytesTotal: 9}).ETA() != 0 || (Progress{}).Rate() != 0 {
		t.Error("it tells what it cannot know yet")
	}
}
