package deletion

import (
	"bytes"
	"encoding/csv"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// rendered returns the files of a request by name.
func rendered(t *testing.T, r store.Request, recordings []store.Recording, o Options) map[string]string {
	t.Helper()
	d, err := newDocument(r, recordings, o)
	if err != nil {
		t.Fatal(err)
	}
	files, err := d.render()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]string{}
	for _, f := range files {
		byName[f.name] = string(f.content)
	}
	return byName
}

// The user's name for a device is for the user alone.
func TestLettersHaveTheMakersNames(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	device.Name = "Grandma's secret speaker"
	req, chosen := ask(device, timeline, berlin, 1, 2)
	for name, content := range rendered(t, req, chosen, Options{Law: GDPR, Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)}) {
		if strings.Contains(content, "Grandma") != (name == "request.md") {
			t.Errorf("%s has the user's name for the device, or lacks it:\n%s", name, content)
		}
	}
}

// At the maker, each of several merged devices is one of its own, whether it has a serial or not.
func TestRowsAreOfTheDeviceThatRecordedThem(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	timeline[2].Named = 9
	req, chosen := ask(device, timeline, berlin, 1, 2)
	req.Merged = []store.Device{{ID: 9, Vendor: store.Amazon, MakerName: "Old speaker", Type: "A1"}}
	files := rendered(t, req, chosen, Options{Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)})
	rows, err := csv.NewReader(strings.NewReader(files[manifestCSV])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name := slices.Index(rows[0], "device_name")
	if got := [][]string{rows[1][name : name+3], rows[2][name : name+3]}; !slices.Equal(got[0], []string{"Kitchen", "G0911W0793360TLG", "A3S5BH2HU6VAYF"}) ||
		!slices.Equal(got[1], []string{"Old speaker", "", "A1"}) {
		t.Errorf("rows of %q", got)
	}
	for _, file := range []string{"request.md", "letter.txt"} {
		if !strings.Contains(files[file], "Old speaker") {
			t.Errorf("%s lacks the merged device:\n%s", file, files[file])
		}
	}
}

func TestDevicesOfOneNameAreToldApart(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	req, chosen := ask(device, timeline, berlin, 1, 2, 4)
	for _, namesakes := range []bool{true, false} {
		guide := rendered(t, req, chosen, Options{Namesakes: namesakes, Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)})["request.md"]
		if strings.Contains(guide, "**Devices of one name.**") != namesakes || !strings.Contains(guide, "filter by device `Kitchen` (serial `G0911W0793360TLG`, type") {
			t.Errorf("with namesakes %t:\n%s", namesakes, guide)
		}
	}
}

// Where no export names the device, nothing pretends that the maker could find the recordings by it.
func TestARequestWithoutADeviceIsAboutTheAccount(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	_, timeline := kitchen(t, berlin)
	device := store.Device{ID: 4, Vendor: store.Amazon, Name: store.NoDevice, None: true}
	for i := range timeline {
		timeline[i].Device, timeline[i].Named = device, device.ID
	}
	req, chosen := ask(device, timeline[1:], berlin, 0, 1, 3)
	if kinds := []store.StepKind{req.Steps[0].Kind, req.Steps[1].Kind}; !slices.Equal(kinds, []store.StepKind{store.DayRange, store.Single}) {
		t.Errorf("steps %v", req.Steps)
	}
	for _, language := range Languages() {
		files := rendered(t, req, chosen, Options{Law: GDPR, Language: language, Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)})
		for name, content := range files {
			for _, pretence := range []string{store.NoDevice, "filter by device", "nach dem Gerät", "my device", "meines Geräts", "this device", "dieses Gerät", "ein Gerät ohne Namen"} {
				if name != "manifest.schema.json" && strings.Contains(content, pretence) {
					t.Errorf("%s says %q:\n%s", name, pretence, content)
				}
			}
		}
		if guide := files["request.md"]; language == English && (!strings.Contains(guide, "does not tell by which device") || !strings.Contains(guide, "look for the words")) {
			t.Error(guide)
		}
	}
}

func TestMadeAfterIsWordedByItsGround(t *testing.T) {
	device, timeline := kitchen(t, time.UTC)
	for by, want := range map[store.MadeBy]string{
		store.MadeByRecording: "since it has a recording of that time",
		store.MadeByName:      "by the time that you put into its name",
		store.MadeByUser:      "as I know from when you made it for me",
	} {
		f := followUp(t, device, timeline[3:5], "Alexa.zip", Options{Law: GDPR, Now: time.Date(2025, 6, 3, 10, 0, 0, 0, time.UTC)})
		made := f.exports[7]
		made.MadeBy = by
		f.exports[7] = made
		if _, text, err := f.letter(true); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v\n%s", by, err, text)
		}
	}
}

// An overdue answer is followed up without evidence, and what was restored is withdrawn.
func TestLettersWithoutEvidence(t *testing.T) {
	device, timeline := kitchen(t, time.UTC)
	v := Verdict{Request: store.Request{ID: 12, Device: device, Status: store.Sent, TimeZone: "UTC", SentOn: "2025-04-03", DueOn: "2025-05-05", Recordings: 2}}
	for i, r := range timeline[3:5] {
		v.Findings = append(v.Findings, Finding{Recording: r.ID, Undone: i == 0})
	}
	for _, language := range Languages() {
		for _, law := range Laws() {
			o := Options{Law: law, Language: language, Now: time.Date(2025, 6, 3, 10, 0, 0, 0, time.UTC)}
			folder, err := WriteFollowup(t.TempDir(), v, 1, timeline[4:5], o)
			if err != nil {
				t.Fatal(err)
			}
			files := readFolder(t, folder)
			if text := files["letter.txt"]; !strings.Contains(text, "2025") || strings.Contains(text, "export") && strings.Contains(text, "EVIDENCE") || strings.Contains(text, "<no value>") {
				t.Errorf("%s in %s:\n%s", law, language, text)
			}
			if _, has := files["evidence.json"]; has || files[manifestCSV] == "" {
				t.Errorf("files %v", files)
			}
			if folder, err = WriteWithdrawal(t.TempDir(), v, 1, timeline[3:4], o); err != nil {
				t.Fatal(err)
			}
			if text := readFolder(t, folder)["letter.txt"]; language == English && !strings.Contains(text, "I withdraw this\nrequest for 1 of them") {
				t.Errorf("%s in %s:\n%s", law, language, text)
			}
		}
	}
	if _, text, err := followUp(t, device, timeline[3:5], "Alexa.zip", Options{Law: UKGDPR, Now: time.Date(2025, 6, 3, 10, 0, 0, 0, time.UTC)}).letter(true); err != nil ||
		!strings.Contains(string(text), "section 164A") || strings.Contains(string(text), "Article 77") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestUnintendedRecordingsAreUnlawful(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	req, chosen := ask(device, timeline, berlin, 6, 7)
	for law, says := range map[Law]bool{GDPR: true, UKGDPR: true, CCPA: false, LGPD: false, Plain: false} {
		letter := rendered(t, req, chosen, Options{Law: law, Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC)})["letter.txt"]
		if strings.Contains(letter, "Article 17(1)(d)") != says || strings.Contains(letter, "Article 21(1)") != says {
			t.Errorf("%s:\n%s", law, letter)
		}
	}
}

// Header lines stay short whatever the names are, and a parser reads them as they were.
func TestHeaderLinesAreShort(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	device, timeline := kitchen(t, berlin)
	device.MakerName = strings.Repeat("x", 950)
	req, chosen := ask(device, timeline, berlin, 1, 2)
	for _, name := range []string{strings.Repeat("Anna", 250), strings.Repeat("Änna ", 100), `Anna "the" <Müller>, =?utf-8?q?x?=`, "Anna"} {
		o := Options{Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC), Sender: Sender{Name: name, Email: "anna@bücher.example"}, Recipient: Recipient{Name: name, Email: "desk@example.com"}}
		message := rendered(t, req, chosen, o)["letter.eml"]
		header, _, _ := strings.Cut(message, "\r\n\r\n")
		for line := range strings.SplitSeq(header, "\r\n") {
			if len(line) > 78 {
				t.Errorf("%.20s: a line of %d bytes: %s", name, len(line), line)
			}
		}
		m, err := mail.ReadMessage(bytes.NewReader([]byte(message)))
		if err != nil {
			t.Fatal(err)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Name != Line(name) || from[0].Address != "anna@xn--bcher-kva.example" {
			t.Errorf("%.20s: from %v, %v", name, from, err)
		}
	}
	for _, address := range []string{"änna@example.org", "anna@" + strings.Repeat("x", 300) + ".org", "anna@ex ample.org"} {
		if err := checkAddress(address); err == nil {
			t.Errorf("%q is accepted", address)
		}
	}
}

// What a letter relies on is what was sent, whatever the settings say by now; and it names nobody who may be another person.
func TestOptionsOfARequest(t *testing.T) {
	c := Correspondence{Sender: anna, Law: Plain, Language: English}
	account := store.DeviceAccount{ID: 2, Name: "Ben"}
	sent := store.Request{Status: store.Sent, Device: store.Device{Vendor: store.Amazon, Account: account}, Written: store.Written{Law: string(GDPR), Language: string(German)}}
	if o := c.Options(sent, "A1", false, time.Time{}); o.Law != GDPR || o.Language != German || o.Sender.Name != anna.Name || o.Sender.AccountID != "A1" {
		t.Errorf("%+v", o)
	}
	c.ThisTime = English
	if o := c.Options(sent, "", false, time.Time{}); o.Law != GDPR || o.Language != English || o.Sender.AccountID != anna.AccountID {
		t.Errorf("%+v", o)
	}
	if o := c.Options(sent, "A1", true, time.Time{}); o.Sender != (Sender{AccountID: "A1"}) {
		t.Errorf("of one of two accounts: %+v", o.Sender)
	}
	c.Accounts = map[string]Personal{"ben": {Sender: Sender{Name: "Ben"}}}
	if o := c.Options(sent, "A1", true, time.Time{}); o.Sender.Name != "Ben" {
		t.Errorf("of Ben's account: %+v", o.Sender)
	}
}
