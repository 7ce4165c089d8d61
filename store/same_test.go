package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// history is a recording as the maker's JSON has it: with an identifier, a serial, milliseconds.
func history(when, words string) Incoming {
	t := at(when).Add(417 * time.Millisecond)
	return Incoming{
		Vendor: Amazon, Device: IncomingDevice{Serial: "G0KITCHEN", Type: "A1"}, Time: t, TimeFrom: TimeExact, Origin: "history.json",
		VendorID: fmt.Sprintf("A3#%d#A1#G0KITCHEN", t.UnixMilli()), Transcript: words, Reply: "a reply",
	}
}

// row is the same recording as a row of a table: a name for the device, a time to the second.
func row(when, words string) Incoming {
	return Incoming{
		Vendor: Amazon, Device: IncomingDevice{Name: "Kitchen"}, Time: at(when), TimeFrom: TimeExact, Origin: "table.csv", Transcript: words,
	}
}

// ghost is a recording that nobody meant to make.
func ghost(rec Incoming) Incoming {
	rec.Unintended = true
	return rec
}

func TestOneRecordingFromTwoExports(t *testing.T) {
	when := "2025-03-01 18:42:07"
	utterance := row(when, "play jazz")
	utterance.Aliases = []string{"A1:1.0/2025/03/01/18/G0KITCHEN/42:07::TNIH_2V.0a1b"}
	otherKey := history(when, "play jazz")
	otherKey.VendorID = "A3#1740854527999#A1#G0KITCHEN"
	elsewhere := history(when, "play jazz")
	elsewhere.Device.Serial, elsewhere.VendorID = "G0BEDROOM", "A3#1740854527417#A1#G0BEDROOM"
	nowhere := row(when, "play jazz")
	nowhere.Device = IncomingDevice{}
	wordless := withAudio(history(when, ""), "sound")
	modified := row(when, "play jazz")
	modified.TimeFrom = TimeModified
	google := row(when, "play jazz")
	google.Vendor = Google
	sounds := [2]Incoming{withAudio(history(when, "play jazz"), "one"), withAudio(row(when, "play jazz"), "two")}

	for name, tc := range map[string]struct {
		a, b Incoming
		want int
	}{
		"unintended, under another name":      {ghost(history(when, "")), ghost(row(when, "Audio was not intended for Alexa")), 1},
		"cut to the second":                   {history(when, "play jazz"), row(when, "Play  jazz"), 1},
		"cut to the minute":                   {history(when, "play jazz"), row("2025-03-01 18:42:00", "play jazz"), 1},
		"another minute":                      {history(when, "play jazz"), row("2025-03-01 18:41:00", "play jazz"), 2},
		"another second":                      {history(when, "play jazz"), row("2025-03-01 18:42:09", "play jazz"), 2},
		"other words":                         {history(when, "play jazz"), row(when, "stop"), 2},
		"an identifier of another kind":       {history(when, "play jazz"), utterance, 1},
		"another identifier of the same kind": {history(when, "play jazz"), otherKey, 2},
		"another device heard it, too":        {history(when, "play jazz"), elsewhere, 2},
		"no device is given":                  {history(when, "play jazz"), nowhere, 1},
		"words for a sound, no name yet":      {wordless, row(when, "play jazz"), 2},
		"words for a sound of a known device": {withAudio(row(when, ""), "sound"), row(when, "play jazz"), 1},
		"a file's time":                       {history(when, "play jazz"), modified, 2},
		"another maker":                       {history(when, "play jazz"), google, 2},
		"two different sounds":                {sounds[0], sounds[1], 2},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range [][]Incoming{{tc.a, tc.b}, {tc.b, tc.a}} {
				db := open(t)
				for range 2 { // doing it again adds nothing
					for _, rec := range order {
						importAll(t, db, rec)
					}
				}
				if n := len(idsOf(t, db, "")); n != tc.want {
					t.Errorf("%d recordings, want %d", n, tc.want)
				}
			}
		})
	}
}

func TestWhatEachExportKnowsComesTogether(t *testing.T) {
	db := open(t)
	table := row("2025-03-01 18:42:07", "play jazz")
	table.Device = IncomingDevice{}
	importAll(t, db, table)
	heard := withAudio(history("2025-03-01 18:42:07", ""), "sound")
	heard.Device.Name, heard.Reply = "Kitchen", ""
	importAll(t, db, history("2025-03-01 18:42:07", "play jazz"))
	importAll(t, db, heard)
	page, err := db.Page(context.Background(), Query{}, 10, 0)
	if err != nil || len(page) != 1 {
		t.Fatalf("%d recordings, %v", len(page), err)
	}
	r := page[0]
	if r.Transcript != "play jazz" || r.Reply != "a reply" || r.Audio == nil || r.Device.Name != "Kitchen" || r.VendorID == "" {
		t.Errorf("%+v", r)
	}
}

func TestEntriesOfOneListStayApart(t *testing.T) {
	db := open(t)
	importAll(t, db, history("2025-03-01 18:42:07", "stop"))
	twice := row("2025-03-01 18:42:07", "stop")
	again := twice
	again.Time, again.Occurrence = again.Time.Add(500*time.Millisecond), 0
	for range 2 {
		importAll(t, db, twice, again)
	}
	if n := len(idsOf(t, db, "")); n != 2 {
		t.Errorf("%d recordings, want the known one and one more", n)
	}
}

func TestPurgedStaysPurgedInEveryFormat(t *testing.T) {
	for _, order := range [][2]Incoming{
		{history("2025-03-01 18:42:07", "a secret"), row("2025-03-01 18:42:07", "a secret")},
		{row("2025-03-01 18:42:07", "a secret"), history("2025-03-01 18:42:07", "a secret")},
	} {
		db := open(t)
		kept := row("2025-03-01 18:42:08", "stop")
		importAll(t, db, order[0], kept)
		deleteAll(t, db, "secret")
		if _, err := db.Purge(context.Background(), 0, nil); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if report := importAll(t, db, order[1]); report.Added != 0 || report.Doubtful != 1 {
				t.Errorf("%+v", report.ImportCounts)
			}
		}
		if report := importAll(t, db, kept); report.Known != 1 {
			t.Errorf("a kept recording of the next second: %+v", report.ImportCounts)
		}
	}
}

func TestWhichOfTwoDevicesIsNotGuessed(t *testing.T) {
	db := open(t)
	kitchen, bedroom := history("2025-03-01 18:42:07", "stop"), history("2025-03-01 18:42:07", "stop")
	bedroom.Device.Serial, bedroom.VendorID = "G0BEDROOM", "A3#1740854527417#A1#G0BEDROOM"
	importAll(t, db, kitchen, bedroom)
	importAll(t, db, row("2025-03-01 18:42:07", "stop"))
	if n := len(idsOf(t, db, "")); n != 3 {
		t.Errorf("%d recordings, want all three", n)
	}
	kitchen.Device.Name = "Kitchen" // so that is settled
	importAll(t, db, kitchen)
	if report := importAll(t, db, row("2025-03-01 18:42:07", "stop")); report.Known != 1 {
		t.Errorf("%+v", report.ImportCounts)
	}
}

func TestManyOfOneSecond(t *testing.T) {
	db := open(t)
	var crowd []Incoming
	for i := range 3 * maxNeighbours {
		rec := row("2025-03-01 18:42:07", fmt.Sprintf("word %d", i))
		crowd = append(crowd, rec)
	}
	for range 2 {
		importAll(t, db, crowd...)
	}
	if n := len(idsOf(t, db, "")); n != len(crowd) {
		t.Errorf("%d recordings, want %d", n, len(crowd))
	}
}

// deviceList lists the devices as serial, name, recordings.
func deviceList(t *testing.T, db *DB) string {
	t.Helper()
	devices, err := db.Devices(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, d := range devices {
		list = append(list, fmt.Sprintf("%s %s %d", d.Serial, d.Name, d.Recordings))
	}
	return strings.Join(list, ", ")
}

func TestADeviceKnownByNameIsFoundToBeOneWithASerial(t *testing.T) {
	db := open(t)
	importAll(t, db, history("2025-03-01 10:00:00", "hello"))
	importAll(t, db, row("2025-03-02 18:42:07", "good night"))
	im, err := db.BeginImport(context.Background(), []string{"registration.csv"}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Device(context.Background(), Amazon, IncomingDevice{Serial: "G0KITCHEN", Name: "Kitchen"}); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Finish(context.Background(), ImportDone); err != nil {
		t.Fatal(err)
	}
	if got := deviceList(t, db); got != "G0KITCHEN Kitchen 2" {
		t.Errorf("devices: %s", got)
	}
	bedroom := row("2025-03-03 18:42:07", "hello")
	bedroom.Device = IncomingDevice{Serial: "G0SECOND", Name: "Kitchen"}
	importAll(t, db, bedroom)
	if got := deviceList(t, db); got != "G0KITCHEN Kitchen 2, G0SECOND Kitchen 1" {
		t.Errorf("a second one of that name: %s", got)
	}
}

func TestMergedDevicesStayMerged(t *testing.T) {
	db := open(t)
	old, upstairs := row("2025-03-01 18:42:07", "hello"), said("Bedroom", "2025-03-01 18:43:07", "good night")
	old.TimeFrom = TimeModified // known again by its key alone
	importAll(t, db, old, upstairs)
	devices, err := db.Devices(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]int64{}
	for _, d := range devices {
		byName[d.Name] = d.ID
	}
	deleteAll(t, db, "hello")
	if _, err := db.MergeDevices(context.Background(), byName["Kitchen"], byName["Bedroom"]); err != nil {
		t.Fatal(err)
	}
	if _, err := db.RenameDevice(context.Background(), byName["Bedroom"], "Upstairs"); err != nil {
		t.Fatal(err)
	}
	report := importAll(t, db, old, upstairs, row("2025-03-04 18:42:07", "once more"))
	if report.Added != 1 || report.Known != 2 || report.Devices != 1 {
		t.Errorf("%+v", report.ImportCounts)
	}
	if got := deviceList(t, db); got != "G0BEDROOM Upstairs 2" {
		t.Errorf("devices: %s", got)
	}
	requests, err := db.Requests(context.Background())
	if err != nil || len(requests) != 1 || requests[0].Device.Name != "Upstairs" {
		t.Errorf("%+v, %v", requests, err)
	}
	for _, pair := range [][2]int64{{byName["Kitchen"], byName["Bedroom"]}, {byName["Bedroom"], byName["Bedroom"]}, {byName["Bedroom"], 99}} {
		if _, err := db.MergeDevices(context.Background(), pair[0], pair[1]); err == nil {
			t.Errorf("merging %v is no error", pair)
		}
	}
}

func TestDevicesOfTwoMakersCannotBeMerged(t *testing.T) {
	db := open(t)
	google := row("2025-03-01 18:42:07", "hello")
	google.Vendor = Google
	importAll(t, db, google, row("2025-03-01 18:42:07", "hello"))
	_, err := db.MergeDevices(context.Background(), 1, 2)
	if err == nil || !strings.Contains(err.Error(), "google") {
		t.Errorf("%v", err)
	}
}
