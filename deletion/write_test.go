package deletion

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

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
		ID: 1, Vendor: store.Amazon, Name: "Kitchen", Serial: "G0911W0793360TLG", Type: "A3S5BH2HU6VAYF",
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
		moments[i].Chosen = true
		chosen = append(chosen, timeline[i])
	}
	return store.Request{
		ID: 12, DeletionID: 7, Device: device, Status: store.Draft, TimeZone: z.String(),
		Created:    time.Date(2025, 4, 3, 8, 0, 0, 0, time.UTC),
		Recordings: len(chosen), Steps: Plan(moments, z, AbilitiesOf(device.Vendor)),
	}, chosen
}

// anna is a sender with all details, as the config may give them.
var anna = Sender{
	Name: "Änna Müller", Email: "anna@example.org", Address: "Beispielweg 1\n12345 Musterstadt", AccountID: "A3NSX4MMJVG96V",
}

func TestWriteGolden(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	google := store.Device{ID: 2, Vendor: store.Google, Name: "Google Assistant (device not recorded)"}
	ovos := store.Device{ID: 3, Vendor: store.OVOS, Name: "utterances"}
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
	california := Options{Sender: Sender{Name: "A. Müller"}, Law: CCPA, Now: now, WithWords: true, Newest: now}

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
	} {
		t.Run(c.name, func(t *testing.T) {
			req, chosen := ask(c.device, c.timeline, berlin, c.chosen...)
			folder, err := Write(t.TempDir(), req, chosen, c.options)
			if err != nil {
				t.Fatal(err)
			}
			compareFolder(t, filepath.Join("testdata", "golden", c.name), folder)
		})
	}
}

// compareFolder fails the test unless the folders have the same files, or with -update makes the
// golden one have them.
func compareFolder(t *testing.T, golden, folder string) {
	t.Helper()
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
