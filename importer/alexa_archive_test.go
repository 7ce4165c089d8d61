package importer

import (
	"fmt"
	"strings"
	"testing"

	"unsaid/store"
)

func TestTranscriptHeaders(t *testing.T) {
	for _, header := range []string{
		"Timestamp,Transcript,Response,Device Name,Serial Number,Device Type",
		"date,text,alexa_response,device,serial,asin",
		"Utterance Timestamp,UTTERANCE TEXT,TTS Text,DeviceName,DSN,Device ASIN",
		"creationTime,recognizedSpeech,responseText,activityDevice,deviceSerialNumber,deviceType",
		"createdAt,customerTranscript,reply,accountName,serial_number,device_type",
		"Activity Date,summary,response,Device,SerialNumber,DeviceType",
		"When it was,Transcript,Response,Device,Serial,Device Type", // the time by its cells
	} {
		data := header + "\n2025-03-01 18:42:07,play jazz,Here you are.,Kitchen,G1,A1\n"
		got := one(t, "Alexa/t.csv", data)
		if !got.Time.Equal(utc(2025, 3, 1, 18, 42, 7)) || got.TimeFrom != store.TimeExact || got.Transcript != "play jazz" || got.Reply != "Here you are." {
			t.Errorf("%s: %+v", header, got)
		}
		if got.Device != (store.IncomingDevice{Serial: "G1", Type: "A1", Name: "Kitchen"}) {
			t.Errorf("%s: %+v", header, got.Device)
		}
	}
}

func TestTableSpellings(t *testing.T) {
	for name, data := range map[string]string{
		"commas":          "Timestamp,Device,Transcript\n2025-03-01 18:42:07,Küche,\"spiel Jazz, bitte\"\n",
		"semicolons":      "Timestamp;Device;Transcript\n2025-03-01 18:42:07;Küche;spiel Jazz, bitte\n",
		"tabs":            "Timestamp\tDevice\tTranscript\n2025-03-01 18:42:07\tKüche\tspiel Jazz, bitte\n",
		"byte-order mark": "\xef\xbb\xbfTimestamp,Device,Transcript\r\n2025-03-01 18:42:07,Küche,\"spiel Jazz, bitte\"\r\n",
		"UTF-16":          utf16LE("Timestamp\tDevice\tTranscript\r\n2025-03-01 18:42:07\tKüche\tspiel Jazz, bitte\r\n"),
		"Windows-1252":    "Timestamp;Device;Transcript\r\n2025-03-01 18:42:07;K\xfcche;spiel Jazz, bitte\r\n",
		"month names":     "Timestamp;Device;Transcript\nMar 1, 2025, 6:42:07 PM;Küche;spiel Jazz, bitte\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := one(t, "t.csv", data)
			if got.Device.Name != "Küche" || got.Transcript != "spiel Jazz, bitte" || !got.Time.Equal(utc(2025, 3, 1, 18, 42, 7)) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestJSONTables(t *testing.T) {
	const row = `{"timestamp":"2025-03-01T18:42:07Z","device":{"deviceName":"Kitchen"},"transcript":"play jazz"}`
	for name, data := range map[string]string{
		"a list":        `[` + row + `]`,
		"an object":     `{"count":1,"nested":{"x":[1]},"utterances":[` + row + `]}`,
		"one a line":    row + "\n" + row + "\n",
		"an odd record": `[` + row + `,{"timestamp":"soon","device":null,"transcript":"play it"}]`,
	} {
		c := collect(t, files{"t.json": data}, Options{})
		if len(c.recordings) == 0 || c.recordings[0].Transcript != "play jazz" || c.recordings[0].Device.Name != "Kitchen" {
			t.Errorf("%s: %+v %+v", name, c.recordings, c.members)
		}
		if name == "an odd record" {
			outcome, reason := c.outcome("t.json#1")
			if outcome != store.MemberFailed {
				t.Errorf("%s: %+v", name, c.members)
			}
			mustContain(t, reason, "soon")
		}
		if name == "one a line" && c.recordings[1].Occurrence != 1 {
			t.Errorf("the second of two alike recordings has occurrence %d", c.recordings[1].Occurrence)
		}
	}
}

func TestUserMadeDumps(t *testing.T) {
	c := collect(t, files{
		"dump/rec.json": `[{"message":"play jazz","date":"03/25/2021","time":"6:42 PM","device":"Kitchen","div_id":"a","audio_id":0},
			{"message":"stop","date":"03/25/2021","time":"6:43 PM","device":"Kitchen","div_id":"b","audio_id":1}]`,
		"dump/0.wav": wav(10, 1), "dump/1.wav": wav(10, 2),
	}, Options{})
	if len(c.recordings) != 2 {
		t.Fatalf("%+v %+v", c.recordings, c.members)
	}
	if r := c.recordings[0]; !r.Time.Equal(utc(2021, 3, 25, 18, 42, 0)) || r.Audio == nil || string(r.Audio.Data) != wav(10, 1) || r.Audio.LinkedBy != store.LinkedByName {
		t.Errorf("%+v", r)
	}
	got := one(t, "t.csv", "timestamp,device.deviceName,domain,intent,CUSTOMER_TRANSCRIPT,ALEXA_RESPONSE,ASR_REPLACEMENT_TEXT\n"+
		"1612297041815,Kitchen,Music,PlayMusicIntent,alexa | play jazz,Sure. | Here.,\n")
	if got.Transcript != "alexa play jazz" || got.Reply != "Sure.\nHere." || got.Device.Name != "Kitchen" || got.Domain != "Music" || got.Intent != "PlayMusicIntent" {
		t.Errorf("%+v", got)
	}
	got = one(t, "u.csv", "index,sourceIndex,recognizedSpeech,responseText,activityDate,activityUser,activityDevice,device,timeText,datetime,rawText\n"+
		"0,0,play jazz,Sure.,March 1 2025,Anna,Kitchen,Kitchen,6:42 PM,2025-03-01 18:42:00,all of it\n")
	if got.Transcript != "play jazz" || got.Time.IsZero() || len(got.People) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestRowsThatAreNoRecords(t *testing.T) {
	c := collect(t, files{"t.csv": "Timestamp,Device,Transcript\n" +
		"2025-03-01 18:42:07,Kitchen,play jazz\n" +
		"N/A,Kitchen,when was this\n" +
		"someday,Kitchen,broken date\n" +
		"2025-03-01 18:42:09,N/A,N/A\n" +
		"\n" +
		"Total records: 4\n" +
		",,\n"}, Options{})
	if len(c.recordings) != 3 {
		t.Fatalf("%+v", c.recordings)
	}
	if r := c.recordings[1]; r.TimeFrom != store.TimeUnknown || r.Transcript != "when was this" {
		t.Errorf("%+v", r)
	}
	if r := c.recordings[2]; r.Transcript != "" || r.Device.Name != "" {
		t.Errorf("N/A was taken for words: %+v", r)
	}
	if outcome, reason := c.outcome("t.csv:4"); outcome != store.MemberFailed || !strings.Contains(reason, "someday") {
		t.Errorf("%s %q", outcome, reason)
	}
	_, note := c.outcome("t.csv")
	mustContain(t, note, "2 lines", "t.csv:7")
}

func TestAnUnclosedQuotationMarkIsTold(t *testing.T) {
	c := collect(t, files{"t.csv": "Timestamp,Transcript\n" +
		"2025-03-01 10:00:00,\"one\nin two lines\"\n" +
		"2025-03-01 10:00:01,\"two\n" +
		"2025-03-01 10:00:02,three\n" +
		"2025-03-01 10:00:03,four\n"}, Options{})
	if got := c.said(); len(got) != 1 || got[0] != "one\nin two lines" {
		t.Errorf("%q", got)
	}
	outcome, reason := c.outcome("t.csv:4")
	if outcome != store.MemberFailed {
		t.Errorf("%+v", c.members)
	}
	mustContain(t, reason, "quotation mark", "2 lines")
}

func TestABrokenLineOfJSONFailsAlone(t *testing.T) {
	const row = `{"timestamp":"2025-03-01T18:42:0%dZ","transcript":"play jazz"}`
	c := collect(t, files{"t.ndjson": fmt.Sprintf(row, 1) + "\n{\"timestamp\": oops\n[1]\n" + fmt.Sprintf(row, 2) + "\n"}, Options{})
	if len(c.recordings) != 2 {
		t.Errorf("%d recordings; %+v", len(c.recordings), c.members)
	}
	for _, place := range []string{"t.ndjson#1", "t.ndjson#2"} {
		if outcome, _ := c.outcome(place); outcome != store.MemberFailed {
			t.Errorf("%s: %q", place, outcome)
		}
	}
}

func TestProseIsNoTable(t *testing.T) {
	c := collect(t, files{
		"Alexa/t.csv":     "Timestamp,Transcript\n2025-03-01 18:42:07,hi\n",
		"Alexa/notes.txt": "buy milk, eggs, and bread\nthen go home, sleep well, and dream\n",
		"Alexa/conf.json": `{"theme":"dark","sizes":[1,2]}`,
	}, Options{})
	for _, m := range c.members {
		if m.Outcome == store.MemberFailed {
			t.Errorf("%+v", m)
		}
	}
}

func TestAudioIsLinked(t *testing.T) {
	id := testUtterance
	for _, c := range []struct {
		name, header, row, file string
		by                      store.LinkedBy
	}{
		{"by name", "Timestamp,Transcript,Audio File", "2025-03-01 18:42:07,hi,clip7.wav", "Alexa/Audio/clip7.wav", store.LinkedByName},
		{"by path", "Timestamp,Transcript,File name", `2025-03-01 18:42:07,hi,Audio\clip7.wav`, "Alexa/Audio/clip7.wav", store.LinkedByName},
		{"by name without suffix", "Timestamp,Transcript,audio_id", "2025-03-01 18:42:07,hi,7", "Alexa/Audio/7.wav", store.LinkedByName},
		{"by a column of file names", "Timestamp,Transcript,Thing", "2025-03-01 18:42:07,hi,clip7.wav", "Alexa/Audio/clip7.wav", store.LinkedByName},
		{"by identifier", "Timestamp,Transcript,utteranceId", "2021-02-02 20:17:21,hi," + id, "Alexa/" + strings.NewReplacer(":", "_", "/", "_").Replace(id) + ".wav", store.LinkedByIdentifier},
		{"by identifier with part", "Timestamp,Transcript,utteranceId", "2021-02-02 20:17:21,hi," + id + "/1", "Alexa/" + strings.NewReplacer(":", "-", "/", "+").Replace(id) + "+1.wav", store.LinkedByIdentifier},
		{"by record key", "Timestamp,Transcript,recordKey", "2021-02-02 20:17:21,hi," + testKey, "Alexa/" + strings.ReplaceAll(testKey, "#", "_") + ".wav", store.LinkedByIdentifier},
		{"by time", "Timestamp,Transcript,Device", "2025-03-01 18:42:07,hi,Kitchen", "Alexa/Kitchen/2025-03-01_18-42-09.wav", store.LinkedByTime},
		{"by time, one device", "Timestamp,Transcript", "2025-03-01 18:42:07,hi", "Alexa/Audio/20250301T184209.wav", store.LinkedByTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := collect(t, files{"Alexa/t.csv": c.header + "\n" + c.row + "\n", c.file: wav(50, 3)}, Options{})
			if len(got.recordings) != 1 || got.recordings[0].Audio == nil || got.recordings[0].Audio.LinkedBy != c.by {
				t.Fatalf("%+v", got.recordings)
			}
			for _, m := range []string{"Alexa/t.csv", c.file} {
				if outcome, _ := got.outcome(m); outcome != store.MemberImported {
					t.Errorf("%s: %s", m, outcome)
				}
			}
		})
	}
}

func TestAudioIsNotGuessed(t *testing.T) {
	c := collect(t, files{
		"Alexa/t.csv": "Timestamp,Transcript,Device,File\n" +
			"2025-03-01 18:42:07,hi,Kitchen,\n" +
			"2025-03-01 18:42:08,ho,Bedroom,\n" +
			"2025-03-01 19:00:00,he,Kitchen,1.wav\n",
		"Alexa/Audio/2025-03-01_18-42-08.wav": wav(50, 1), // near rows of two devices
		"Alexa/a/1.wav":                       wav(50, 2), // two of one name
		"Alexa/b/1.wav":                       wav(50, 3),
	}, Options{})
	if len(c.recordings) != 6 {
		t.Fatalf("%d recordings", len(c.recordings))
	}
	for _, r := range c.recordings[:3] {
		if r.Audio != nil {
			t.Errorf("%q got audio by %s", r.Transcript, r.Audio.LinkedBy)
		}
	}
	for _, r := range c.recordings[3:] {
		if r.Audio == nil || r.Transcript != "" || r.Vendor != store.Amazon {
			t.Errorf("loose audio became %+v", r)
		}
	}
}

func TestTheClosestRowGetsTheAudio(t *testing.T) {
	c := collect(t, files{
		"t.csv":                         "Timestamp,Transcript\n2025-03-01 18:42:05,first\n2025-03-01 18:42:08,second\n",
		"Alexa/2025-03-01_18-42-09.wav": wav(50, 1),
		"Alexa/2025-03-01_18-42-04.wav": wav(50, 2),
	}, Options{})
	if len(c.recordings) != 2 || c.recordings[0].Audio == nil || c.recordings[1].Audio == nil {
		t.Fatalf("%+v", c.recordings)
	}
	if string(c.recordings[0].Audio.Data) != wav(50, 2) || string(c.recordings[1].Audio.Data) != wav(50, 1) {
		t.Error("the audio was swapped")
	}
}

func TestLooseAlexaAudioTellsItsTimeAndDevice(t *testing.T) {
	got := one(t, strings.NewReplacer(":", "_", "/", "_").Replace(testUtterance)+".wav", wav(10, 1))
	if got.Identifier() != testUtterance || got.TimeFrom != store.TimeIdentifier || !got.Time.Equal(utc(2021, 2, 2, 20, 17, 21)) {
		t.Errorf("%+v", got)
	}
	if got.Device != (store.IncomingDevice{Serial: "G0911W0000000TST", Type: "A1TESTTYPE"}) || got.Vendor != store.Amazon {
		t.Errorf("%+v", got)
	}
}

func TestBadAudioFailsAlone(t *testing.T) {
	c := collect(t, files{
		"Alexa/t.csv":  "Timestamp,Transcript,File\n2025-03-01 18:42:07,one,a.wav\n2025-03-01 18:42:08,two,missing.wav\n",
		"Alexa/a.wav":  "<html>not found</html>",
		"Alexa/b.wav":  "",
		"Alexa/c.wav":  gzipped(t, wav(20, 5)),
		"Alexa/d.data": wav(20, 6),
	}, Options{})
	if len(c.recordings) != 4 || c.recordings[0].Audio != nil || c.recordings[1].Audio != nil {
		t.Fatalf("%+v", c.recordings)
	}
	if string(c.recordings[2].Audio.Data) != wav(20, 5) || string(c.recordings[3].Audio.Data) != wav(20, 6) {
		t.Error("the packed clip, or the one without suffix, came in wrong")
	}
	for _, m := range []string{"Alexa/a.wav", "Alexa/b.wav"} {
		if outcome, reason := c.outcome(m); outcome != store.MemberFailed || reason == "" {
			t.Errorf("%s: %s %q", m, outcome, reason)
		}
	}
}

func TestUnknownHeaderNamesItsColumns(t *testing.T) {
	const data = "Wann,Was\n2025-03-01 18:42:07,Jazz\n"
	c := collect(t, files{"Alexa/t.csv": data}, Options{})
	outcome, reason := c.outcome("Alexa/t.csv")
	if outcome != store.MemberFailed || len(c.recordings) > 0 {
		t.Fatalf("%s %+v", outcome, c.recordings)
	}
	mustContain(t, reason, "“Wann”", "“Was”")
	if remedy := c.remedy("Alexa/t.csv"); remedy != store.NameTextColumn {
		t.Errorf("remedy %q", remedy)
	}
	c = collect(t, files{"Alexa/t.csv": data}, Options{Map: map[string]string{"time": "Wann", "text": "was"}})
	if len(c.recordings) != 1 || c.recordings[0].Transcript != "Jazz" {
		t.Errorf("mapped: %+v %+v", c.recordings, c.members)
	}
}

func TestCompanionsAreIgnored(t *testing.T) {
	c := collect(t, files{
		"Alexa/t.csv": "Timestamp,Transcript\n2025-03-01 18:42:07,hi\n",
		"Alexa/Location/Country of Residence-1.csv": "Timestamp,Country\n2025-03-01,DE\n",
		"Alexa/Smart Home/Hunches.csv":              "Timestamp,Text\n2025-03-01,was that a hunch\n",
		"Alexa/Feedback/Feedback-1.csv":             "Timestamp,Text\n2025-03-01,all good here\n",
		"Retail/OrderHistory.csv":                   "Order Date,Product\n2025-03-01,A book of jokes\n",
		"Devices/registration.csv":                  "FirstTimeRegistered,AccountName,SerialNumber\n2020-01-01,Kitchen,G1\n",
		"__MACOSX/Alexa/._t.csv":                    "Timestamp,Transcript\n2025-03-01 18:42:07,hi\n",
	}, Options{})
	if len(c.recordings) != 1 {
		t.Errorf("%+v", c.recordings)
	}
	if len(c.devices) != 1 || c.devices[0].Name != "Kitchen" || c.devices[0].Serial != "G1" {
		t.Errorf("%+v", c.devices)
	}
	for _, m := range c.members {
		if m.Outcome == store.MemberFailed {
			t.Errorf("%+v", m)
		}
	}
}

func TestRowNumbersAreNoIdentifiers(t *testing.T) {
	got := one(t, "t.csv", "id,Timestamp,Transcript\n1,2025-03-01 18:42:07,hi\n")
	if got.VendorID != "" {
		t.Errorf("identifier %q", got.VendorID)
	}
	got = one(t, "t.csv", "id,Timestamp,Transcript\n"+testKey+",2025-03-01 18:42:07,hi\n")
	if got.VendorID != testKey {
		t.Errorf("identifier %q", got.VendorID)
	}
}

func TestPlainAudioFolder(t *testing.T) {
	c := collect(t, files{"memos/living room/2024-05-03_18_42_07.wav": wav(10, 1), "memos/x.mp3": "ID3\x04synthetic"}, Options{})
	if len(c.recordings) != 2 {
		t.Fatalf("%+v", c.recordings)
	}
	if r := c.recordings[0]; r.Vendor != store.Files || r.Device.Name != "living room" || r.TimeFrom != store.TimeName {
		t.Errorf("%+v", r)
	}
	if r := c.recordings[1]; r.TimeFrom != store.TimeModified || r.Audio.Format != "mp3" || r.Device.Name != "memos" {
		t.Errorf("%+v", r)
	}
}

func FuzzTranscriptTable(f *testing.F) {
	f.Add("Timestamp,Transcript,Audio File\n03/01/2025 18:42:07 UTC,\"play, jazz\",a.wav\n")
	f.Add("Timestamp;Text\n\"unclosed;x\n2025-03-01;y\n")
	f.Add("\xff\xfeT\x00;\x00")
	f.Add("date\ttext\tutteranceId\n1612297041815\thi\t" + testUtterance + "\n")
	f.Add("AccountName,Serial\nKitchen,G1\n")
	f.Add(untitled(",", "twar", "A,B,C,D", 9))
	f.Add(untitled(";", "tdswra", "Á;Β;В;ד;あ;字", 9))
	f.Fuzz(func(t *testing.T, data string) {
		c := collect(t, files{"t.csv": data, "a.wav": wav(4, 1), "2025-03-01_18_42_09.wav": wav(4, 2)}, Options{})
		for _, r := range c.recordings {
			if r.Vendor == "" || r.TimeFrom == "" || r.TimeFrom == store.TimeExact && r.Time.IsZero() {
				t.Errorf("%+v", r)
			}
		}
		if outcome, _ := c.outcome("a.wav"); outcome != store.MemberImported {
			t.Errorf("the audio was %q", outcome)
		}
	})
}

func TestAudioOfOneNameIsBounded(t *testing.T) {
	many := files{"Alexa/t.csv": "Timestamp,Transcript,Audio File\n2025-03-01 18:42:07,hello,x.wav\n"}
	for i := range maxSameName {
		many[fmt.Sprintf("Alexa/%d/x.wav", i)] = "RIFF"
	}
	in, err := newInput(t.Context(), many.tree(), newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	if m := in.audio.named("7/x.wav", "Alexa/t.csv"); m == nil || m.path != "Alexa/7/x.wav" {
		t.Errorf("%+v", m)
	}
	many["Alexa/more/x.wav"] = "RIFF"
	if in, err = newInput(t.Context(), many.tree(), newMeter(nil)); err != nil {
		t.Fatal(err)
	}
	if m := in.audio.named("7/x.wav", "Alexa/t.csv"); m != nil {
		t.Errorf("%+v", m)
	}
}
