package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// open makes an empty library whose clock stands at noon of 1 April 2025, UTC.
func open(t testing.TB) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "unsaid.db")
	file, err := empty()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return openAt(t, path)
}

// empty returns the file of an empty library. It takes longer to make than most tests take, so they copy it.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "unsaid")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "unsaid.db")
	db, err := Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func openAt(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	db.now = func() time.Time { return time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC) }
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// at reads a time of the tests, in UTC.
func at(text string) time.Time {
	when, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		panic(err)
	}
	return when
}

// said is a recording on a device, with an identifier made of its words and time.
func said(device, when, words string) Incoming {
	return Incoming{
		Vendor: Amazon, Device: IncomingDevice{Serial: "G0" + strings.ToUpper(device), Type: "A1", Name: device},
		Time: at(when), TimeFrom: TimeExact, VendorID: "id:" + when + ":" + words, Transcript: words,
	}
}

// withAudio gives a recording a sound of its own.
func withAudio(rec Incoming, sound string) Incoming {
	rec.Audio = &IncomingAudio{Data: []byte(sound), Format: "wav", Duration: 1500 * time.Millisecond, LinkedBy: LinkedByName}
	return rec
}

func importAll(t testing.TB, db *DB, recs ...Incoming) ImportReport {
	t.Helper()
	im, err := db.BeginImport(context.Background(), []string{"test.zip"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range recs {
		if err := im.Add(context.Background(), rec); err != nil {
			t.Fatal(err)
		}
	}
	report, err := im.Finish(context.Background(), ImportDone)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func mustParse(t testing.TB, text string) Query {
	t.Helper()
	q, err := ParseQuery(text, time.Unix(0, 0).UTC())
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func idsOf(t testing.TB, db *DB, query string) []int64 {
	t.Helper()
	ids, err := db.IDs(context.Background(), mustParse(t, query))
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return ids
}

// words returns what was said in the recordings that a query finds, newest first.
func words(t testing.TB, db *DB, q Query) string {
	t.Helper()
	page, err := db.Page(context.Background(), q, 100, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range page {
		all = append(all, r.Transcript)
	}
	return strings.Join(all, "|")
}

// deleteAll puts what a query finds in the trash and asks for it in the draft of each device.
func deleteAll(t testing.TB, db *DB, query string) Deletion {
	t.Helper()
	order := Order{Query: query, IDs: idsOf(t, db, query), Local: true, TimeZone: "UTC"}
	byDevice := map[int64][]int64{}
	recordings, err := db.Recordings(context.Background(), order.IDs)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recordings {
		byDevice[r.Device.ID] = append(byDevice[r.Device.ID], r.ID)
	}
	for device, ids := range byDevice {
		order.Requests = append(order.Requests, DeviceRequest{device, ids})
	}
	d, _, err := db.Delete(context.Background(), order)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// send marks a draft as sent on a day, with a step for each recording, and returns it.
func send(t testing.TB, db *DB, id int64, on string) Request {
	t.Helper()
	r, err := db.Request(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var steps []Step
	for _, id := range r.InForce() {
		steps = append(steps, Step{Kind: Single, Recordings: []int64{id}})
	}
	s := Sending{On: on, Due: on, At: at(on + " 23:59:59"), Steps: steps}
	if err := db.MarkSent(context.Background(), id, s); err != nil {
		t.Fatal(err)
	}
	if r, err = db.Request(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestImportIsIdempotent(t *testing.T) {
	db := open(t)
	first := said("Kitchen", "2025-03-01 18:42:07", "play some jazz")
	second := withAudio(said("Kitchen", "2025-03-01 18:41:55", ""), "hm")
	second.VendorID = ""
	report := importAll(t, db, first, second)
	if report.Added != 2 || report.WithoutAudio != 1 || report.AudioWithoutText != 1 || report.Devices != 1 {
		t.Fatalf("first import: %+v", report.ImportCounts)
	}
	report = importAll(t, db, first, second)
	if report.Added != 0 || report.Known != 2 {
		t.Fatalf("second import: %+v", report.ImportCounts)
	}
	if n := len(idsOf(t, db, "")); n != 2 {
		t.Fatalf("%d recordings", n)
	}
}

func TestLaterExportCompletesARecording(t *testing.T) {
	db := open(t)
	bare := said("Kitchen", "2025-03-01 18:42:07", "")
	importAll(t, db, bare)
	full := withAudio(bare, "sound")
	full.Transcript, full.Reply, full.Unintended = "play some jazz", "Here is jazz", true
	full.People = []IncomingPerson{{ID: "p1", Name: "Anna"}}
	if report := importAll(t, db, full); report.Completed != 1 || report.Added != 0 {
		t.Fatalf("%+v", report.ImportCounts)
	}
	for _, query := range []string{"jazz", "has:audio", "is:unintended", "person:anna", "has:reply"} {
		if n := len(idsOf(t, db, query)); n != 1 {
			t.Errorf("%s finds %d", query, n)
		}
	}
	if report := importAll(t, db, bare, full); report.Known != 1 {
		t.Fatalf("once more: %+v", report.ImportCounts)
	}
}

func TestTwoSoundsUnderOneIdentifierAreBothKept(t *testing.T) {
	db := open(t)
	rec := said("Kitchen", "2025-03-01 18:42:07", "play some jazz")
	for range 2 {
		importAll(t, db, withAudio(rec, "one"), withAudio(rec, "two"))
	}
	if n := len(idsOf(t, db, "")); n != 2 {
		t.Fatalf("%d recordings, want both sounds", n)
	}
}

func TestRecordingsWithoutIdentifier(t *testing.T) {
	db := open(t)
	rec := said("Kitchen", "2025-03-01 18:42:00", "stop")
	rec.VendorID = ""
	again := rec
	again.Occurrence = 1
	for range 2 {
		importAll(t, db, rec, again)
	}
	if n := len(idsOf(t, db, "")); n != 2 {
		t.Fatalf("%d recordings, want two that are alike", n)
	}
	if report := importAll(t, db, withAudio(rec, "sound")); report.Completed != 1 {
		t.Fatalf("audio for a known recording: %+v", report.ImportCounts)
	}
}

func TestDevicesAreKnownBySerial(t *testing.T) {
	db := open(t)
	rec := func(when, serial, name string) Incoming {
		r := said("", when, "hello")
		r.Device = IncomingDevice{Serial: serial, Name: name}
		return r
	}
	importAll(t, db,
		rec("2025-03-01 10:00:00", "", "Kitchen"),   // name only …
		rec("2025-03-01 10:01:00", "S1", "Kitchen"), // … which this completes
		rec("2025-03-01 10:02:00", "S1", "Küche"),   // renamed: still the same
		rec("2025-03-01 10:03:00", "S2", "Kitchen"), // another one of that name
		rec("2025-03-01 10:04:00", "S3", ""),        // named only later
		rec("2025-03-01 10:05:00", "S3", "Bedroom"), // here
		rec("2025-03-01 10:06:00", "", "Bedroom"))   // the only Bedroom
	devices, err := db.Devices(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range devices {
		got = append(got, fmt.Sprintf("%s %s %d", d.Serial, d.Name, d.Recordings))
	}
	if want := "S1 Kitchen 3, S3 Bedroom 3, S2 Kitchen 1"; strings.Join(got, ", ") != want {
		t.Errorf("devices %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestPeculiarTimesAreUnknown(t *testing.T) {
	db := open(t)
	old := said("Kitchen", "2025-03-01 18:42:07", "old")
	old.Time, old.VendorID = time.Time{}, "a"
	future := old
	future.Time, future.VendorID, future.Transcript = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), "b", "future"
	importAll(t, db, old, future)
	page, err := db.Page(context.Background(), Query{}, 10, 0)
	if err != nil || len(page) != 2 {
		t.Fatalf("%d recordings, %v", len(page), err)
	}
	for _, r := range page {
		if r.TimeFrom != TimeUnknown || r.Time.UnixMilli() != 0 {
			t.Errorf("%s: %s at %s", r.Transcript, r.TimeFrom, r.Time)
		}
	}
	if n := len(idsOf(t, db, "before:2030")); n != 0 {
		t.Errorf("before: finds %d recordings of unknown time", n)
	}
}

func TestDryRunKeepsNothing(t *testing.T) {
	db := open(t)
	im, err := db.BeginImport(context.Background(), []string{"x"}, true)
	if err != nil {
		t.Fatal(err)
	}
	rec := said("Kitchen", "2025-03-01 18:42:07", "play some jazz")
	for range 2 {
		if err := im.Add(context.Background(), rec); err != nil {
			t.Fatal(err)
		}
	}
	report, err := im.Finish(context.Background(), ImportDone)
	if err != nil || report.Added != 1 || report.Known != 0 {
		t.Fatalf("%+v, %v", report.ImportCounts, err)
	}
	imports, err := db.Imports(context.Background())
	if err != nil || len(imports) != 0 || len(idsOf(t, db, "")) != 0 {
		t.Fatalf("left behind: %d imports, %d recordings, %v", len(imports), len(idsOf(t, db, "")), err)
	}
}

func TestImportAccount(t *testing.T) {
	db := open(t)
	im, err := db.BeginImport(context.Background(), []string{"a.zip", "b.zip"}, false)
	if err != nil {
		t.Fatal(err)
	}
	im.Source("alexa archive")
	im.Source("alexa archive")
	for _, m := range []MemberOutcome{
		{"t.csv", MemberImported, "", "", false, false, nil},
		{"t.csv:4", MemberFailed, "no date", "", true, false, nil},
		{"README.txt", MemberIgnored, "a description", "", false, false, nil},
		{"x.wav", MemberFailed, "damaged", NameColumns, false, false, nil},
	} {
		if err := im.Member(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	report, err := im.Finish(context.Background(), ImportCancelled)
	if err != nil {
		t.Fatal(err)
	}
	if report.Members != 3 || report.Ignored != 1 || len(report.Failed) != 2 || report.State != ImportCancelled ||
		len(report.Sources) != 1 || len(report.Paths) != 2 {
		t.Errorf("%+v", report)
	}
	members, err := db.ImportMembers(context.Background(), report.ID)
	if err != nil || len(members) != 4 || members[3].Remedy != NameColumns || members[1].Member != "t.csv:4" || !members[1].Record {
		t.Errorf("%+v, %v", members, err)
	}
}

func TestPeopleAreThoseOfLiveRecordings(t *testing.T) {
	db := open(t)
	by := func(rec Incoming, names ...string) Incoming {
		for _, name := range names {
			rec.People = append(rec.People, IncomingPerson{ID: "id of " + name + rec.VendorID, Name: name})
		}
		return rec
	}
	importAll(t, db,
		by(said("kitchen", "2025-03-01 10:00:00", "one"), "Otto", "Anna"),
		by(said("kitchen", "2025-03-01 11:00:00", "two"), "Anna"),
		by(said("kitchen", "2025-03-01 12:00:00", "three"), "Zoe"))
	deleteAll(t, db, "three")
	names, err := db.People(context.Background())
	if err != nil || !slices.Equal(names, []string{"Anna", "Otto"}) {
		t.Errorf("got %q, %v", names, err)
	}
}

func TestDevicesOfAMakerAreThoseThatHoldNothingLiveToo(t *testing.T) {
	db, ctx := open(t), context.Background()
	importAll(t, db, said("kitchen", "2025-03-01 10:00:00", "one"), said("bedroom", "2025-03-01 10:00:00", "two"), said("attic", "2025-03-01 10:00:00", "three"))
	if _, _, err := db.Delete(ctx, Order{IDs: idsOf(t, db, "one"), Local: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.MergeDevices(ctx, 3, 2); err != nil {
		t.Fatal(err)
	}
	devices, err := db.DevicesOf(ctx, 1)
	if err != nil || len(devices) != 2 || devices[0].Name != "kitchen" || devices[1].Name != "bedroom" {
		t.Errorf("got %v, %v", devices, err)
	}
	if devices, err := db.DevicesOf(ctx, 2); err != nil || len(devices) > 0 {
		t.Errorf("of another maker: %v, %v", devices, err)
	}
}
