package importer

import (
	"testing"

	"unsaid/store"
)

// TestDumpOfRecognizedSpeech has the dump with both a column of days and one of exact times, in the
// three ways in which people keep it.
func TestDumpOfRecognizedSpeech(t *testing.T) {
	const row = `{"index":0,"sourceIndex":7,"recognizedSpeech":"play jazz","responseText":"Sure.","activityDate":"March 1, 2025",` +
		`"activityUser":"Anna","activityDevice":"Anna's Echo","device":"Kitchen","timeText":"6:42 PM","datetime":"2025-03-01T17:42:07.000Z","rawText":"all of it"}`
	for name, data := range map[string]string{
		"u.json":   "[" + row + "," + row + "]",
		"u.ndjson": row + "\n" + row + "\n",
		"u.csv": "index,sourceIndex,recognizedSpeech,responseText,activityDate,activityUser,activityDevice,device,timeText,datetime,rawText\n" +
			"0,7,play jazz,Sure.,\"March 1, 2025\",Anna,Anna's Echo,Kitchen,6:42 PM,2025-03-01T17:42:07.000Z,all of it\n" +
			"1,7,play jazz,Sure.,\"March 1, 2025\",Anna,Anna's Echo,Kitchen,6:42 PM,2025-03-01T17:42:07.000Z,all of it\n",
	} {
		c := collect(t, files{name: data}, Options{})
		if len(c.recordings) != 2 {
			t.Errorf("%s: %+v %+v", name, c.recordings, c.members)
			continue
		}
		for i, r := range c.recordings {
			if r.Transcript != "play jazz" || r.Reply != "Sure." || r.Device.Name != "Kitchen" || r.VendorID != "" || r.Occurrence != i ||
				!r.Time.Equal(utc(2025, 3, 1, 17, 42, 7)) || r.TimeFrom != store.TimeExact || len(r.People) != 1 || r.People[0].Name != "Anna" {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

// TestDumpWithAColumnForEachItemType has rows whose words stand in different columns.
func TestDumpWithAColumnForEachItemType(t *testing.T) {
	c := collect(t, files{"t.csv": "timestamp,timestampISO,device.deviceName,domain,intent,ALEXA_RESPONSE,CUSTOMER_TRANSCRIPT,ASR_REPLACEMENT_TEXT,TTS_REPLACEMENT_TEXT,PROFILE\n" +
		"1612297041815,2021-02-02T20:17:21.815Z,Kitchen,Music,PlayMusicIntent,Sure. | Here.,alexa | play jazz,,,Anna\n" +
		"1612297051815,2021-02-02T20:17:31.815Z,Kitchen,,,,,Audio was not intended for this device,,\n" +
		"1612297061815,2021-02-02T20:17:41.815Z,Study,,,,,,Good night.,\n"}, Options{})
	for i, want := range []struct {
		said, reply, device string
		unintended          bool
	}{
		{"alexa play jazz", "Sure.\nHere.", "Kitchen", false},
		{"Audio was not intended for this device", "", "Kitchen", true},
		{"", "Good night.", "Study", false},
	} {
		if len(c.recordings) <= i {
			t.Fatalf("%+v %+v", c.recordings, c.members)
		}
		r := c.recordings[i]
		if r.Transcript != want.said || r.Reply != want.reply || r.Device.Name != want.device || r.Unintended != want.unintended ||
			r.Time.UnixMilli() != 1612297041815+int64(i)*10_000 {
			t.Errorf("%d: %+v", i, r)
		}
	}
}
