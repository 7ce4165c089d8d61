package importer

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

const (
	testKey       = "A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST"
	testUtterance = "A1TESTTYPE:1.0/2021/02/02/20/G0911W0000000TST/17:21::TNIH_2V.01234567-89ab-cdef-0123-456789abcdefZXV"
)

// historyJSON is one record with everything in it (synthetic).
const historyJSON = `{"recordKey":"` + testKey + `","recordType":"VOICE_HISTORY","timestamp":1612297041815,
 "customerId":"A3TESTCUSTOMER","device":{"deviceName":"Kitchen","deviceEntityId":null},"isBinaryFeedbackProvided":false,
 "utteranceType":"GENERAL","domain":"Music","intent":"PlayMusicIntent","skillName":"Radio",
 "voiceHistoryRecordItems":[
  {"recordItemKey":null,"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `/0","timestamp":1612297041815,"transcriptText":"alexa","agentVisualName":null,"personsInfo":[{"personId":"p1","personFirstName":"Anna","personType":"ADULT"}]},
  {"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `/1","timestamp":0,"transcriptText":"play some jazz"},
  {"recordItemType":"ALEXA_RESPONSE","utteranceId":null,"transcriptText":"Here is a station."},
  {"recordItemType":"TTS_REPLACEMENT_TEXT","transcriptText":"Here is a station."},
  {"recordItemType":"PROFILE","transcriptText":"ignored"}],
 "personsInfo":[{"personId":"p1","personFirstName":"Anna","personType":"ADULT"}],"cardResponse":null}`

func TestHistoryRecord(t *testing.T) {
	want := store.Incoming{
		Vendor:     store.Amazon,
		Device:     store.IncomingDevice{Serial: "G0911W0000000TST", Type: "A1TESTTYPE", Name: "Kitchen"},
		Time:       time.UnixMilli(1612297041815).UTC(),
		TimeFrom:   store.TimeExact,
		VendorID:   testKey,
		Aliases:    []string{testUtterance + "/0", testUtterance + "/1", testUtterance},
		Origin:     "history.json",
		Transcript: "alexa play some jazz",
		Reply:      "Here is a station.",
		People:     []store.IncomingPerson{{ID: "p1", Name: "Anna"}},
		Kind:       "GENERAL", Domain: "Music", Intent: "PlayMusicIntent", Skill: "Radio",
	}
	line := strings.ReplaceAll(historyJSON, "\n", "")
	for name, data := range map[string]string{
		"an answer":               `{"customerHistoryRecords":[` + historyJSON + `],"encodedRequestToken":"x","noDataFoundWithinTimeLimit":false}`,
		"pages":                   `[{"customerHistoryRecords":[` + historyJSON + `]},{"customerHistoryRecords":[]}]`,
		"a bare list":             `[` + historyJSON + `]`,
		"a single record":         historyJSON,
		"records, one a line":     line + "\n",
		"answers, one a line":     `{"customerHistoryRecords":[` + line + `]}` + "\n" + `{"customerHistoryRecords":[]}` + "\n",
		"with a byte-order mark":  "\xef\xbb\xbf[" + historyJSON + "]",
		"in UTF-16":               utf16LE("[" + historyJSON + "]"),
		"an answer inside others": `{"data":{"result":{"customerHistoryRecords":[` + historyJSON + `]}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := one(t, "history.json", data); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestHistoryTimes(t *testing.T) {
	for _, c := range []struct {
		name, record string
		from         store.TimeFrom
		want         time.Time
	}{
		{"own", `{"recordKey":"C#1612297041815#T#S","timestamp":1612297099000}`, store.TimeExact, time.UnixMilli(1612297099000)},
		{"zero: from the key", `{"recordKey":"C#1612297041815#T#S","timestamp":0}`, store.TimeIdentifier, time.UnixMilli(1612297041815)},
		{
			"absent: from the utterance", `{"voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `"}]}`,
			store.TimeIdentifier, utc(2021, 2, 2, 20, 17, 21),
		},
		{"from an item", `{"recordKey":"odd","voiceHistoryRecordItems":[{"timestamp":1612297041815}]}`, store.TimeExact, time.UnixMilli(1612297041815)},
		{"a string", `{"recordKey":"odd","timestamp":"1612297041815"}`, store.TimeExact, time.UnixMilli(1612297041815)},
		{"impossible", `{"recordKey":"odd","timestamp":1e300}`, store.TimeUnknown, time.Time{}},
		{"unknown", `{"recordKey":"odd","timestamp":null}`, store.TimeUnknown, time.Time{}},
	} {
		got := one(t, "h.json", `{"customerHistoryRecords":[`+c.record+`]}`)
		if got.TimeFrom != c.from || !got.Time.Equal(c.want) {
			t.Errorf("%s: %v (%s), want %v (%s)", c.name, got.Time, got.TimeFrom, c.want, c.from)
		}
	}
}

func TestHistoryOf2026(t *testing.T) {
	got := one(t, "h.json", `{"alexaHistoryRecords":[{"activityKey":"`+testKey+`","recordType":"utterance","timestamp":1612297041815,
	 "title":"what time is it","subTitle":"It is noon.","deviceInfo":[{"deviceSerialNumber":"G1","deviceName":"Bedroom"}],
	 "personsInfo":{"personId":"p2","personFirstName":"Ben"}}],"paginationToken":"x"}`)
	if got.Transcript != "what time is it" || got.Reply != "It is noon." || got.Kind != "utterance" || got.VendorID != testKey {
		t.Errorf("%+v", got)
	}
	if got.Device.Name != "Bedroom" || len(got.People) != 1 || got.People[0].Name != "Ben" {
		t.Errorf("%+v", got)
	}
}

func TestUnintended(t *testing.T) {
	for _, c := range []struct {
		kind, text string
		want       bool
	}{
		{"GENERAL", "play some jazz", false},
		{"GENERAL", "Audio was not intended for Alexa", true},
		{"", "Text not available – audio was not intended for Alexa", true},
		{"", "Text not available - Audio was not intended for Alexa.", true},
		{"", "Audio could not be understood", true},
		{"", "No text stored", true},
		{"FALSE_WAKE_WORD_1P", "", true},
		{"NO_EXPRESSED_INTENT_SILENCE", "", true},
		{"ASR_TIMEOUT", "", true},
		{"WAKE_WORD_ONLY", "alexa", false},
		{"DEVICE_ARBITRATION", "Audio was not intended for this device", true},
		{"DEVICE_ARBITRATION", "No text stored", true},
		{"WAKE_WORD_ONLY", "No text stored", true},
		{"ROUTINES_OR_TAP_TO_ALEXA", "", false},
	} {
		text, _ := json.Marshal(c.text)
		got := one(t, "h.json", fmt.Sprintf(`{"customerHistoryRecords":[{"recordKey":"C#1612297041815#T#S","utteranceType":%q,
		 "voiceHistoryRecordItems":[{"recordItemType":"ASR_REPLACEMENT_TEXT","transcriptText":%s}]}]}`, c.kind, text))
		if got.Unintended != c.want || got.Transcript != c.text {
			t.Errorf("%s %q: unintended %v, transcript %q", c.kind, c.text, got.Unintended, got.Transcript)
		}
	}
}

func TestTyped(t *testing.T) {
	typed := strings.Replace(testUtterance, "A1TESTTYPE", "TextClient", 1)
	got := one(t, "h.json", `[{"recordKey":"`+testKey+`","voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"`+typed+`","transcriptText":"lights off"}]}]`)
	if !got.Typed || got.Device.Type != "A1TESTTYPE" {
		t.Errorf("%+v", got)
	}
}

func TestOddRecordsFailAlone(t *testing.T) {
	good := `{"recordKey":"C#1612297041815#T#S","voiceHistoryRecordItems":null,"device":null,"deviceInfo":7,"domain":{"odd":1}}`
	for name, data := range map[string]string{
		"in an answer":   `{"customerHistoryRecords":[` + good + `,17,{},` + strings.Replace(good, "1612297041815", "1612297041816", 1) + `]}`,
		"in a bare list": `[` + good + `,17,{"recordType":"VOICE_HISTORY"},` + strings.Replace(good, "1612297041815", "1612297041816", 1) + `]`,
		"one a line":     good + "\n{\"recordKey\": broken\n{\"recordType\":\"x\"}\n" + strings.Replace(good, "1612297041815", "1612297041816", 1) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(t, files{"h.json": data}, Options{})
			if len(c.recordings) != 2 {
				t.Fatalf("%d recordings; %+v", len(c.recordings), c.members)
			}
			for _, place := range []string{"h.json#1", "h.json#2"} {
				if outcome, reason := c.outcome(place); outcome != store.MemberFailed || reason == "" {
					t.Errorf("%s: %s %q", place, outcome, reason)
				}
			}
			if outcome, _ := c.outcome("h.json"); outcome != store.MemberImported {
				t.Errorf("the member: %s", outcome)
			}
		})
	}
}

func TestCutHistoryKeepsWhatCameBefore(t *testing.T) {
	whole := `{"customerHistoryRecords":[` + historyJSON + `,` + historyJSON + `]}`
	c := collect(t, files{"h.json": whole[:len(whole)-300]}, Options{})
	if len(c.recordings) != 1 {
		t.Fatalf("%d recordings", len(c.recordings))
	}
	outcome, reason := c.outcome("h.json")
	if outcome != store.MemberFailed {
		t.Errorf("outcome %s", outcome)
	}
	mustContain(t, reason, "ends in the middle", "1 record")
}

func TestHistoryTakesItsAudioByIdentifier(t *testing.T) {
	name := strings.NewReplacer(":", "_", "/", "-").Replace(testUtterance)
	c := collect(t, files{
		"h.json":                   `[` + historyJSON + `]`,
		"audio/" + name + "-0.wav": wav(100, 1),
		"audio/" + name + "-1.wav": wav(200, 2),
	}, Options{})
	if len(c.recordings) != 2 {
		t.Fatalf("%d recordings: %+v", len(c.recordings), c.said())
	}
	spoken, wake := c.recordings[0], c.recordings[1]
	if spoken.Audio == nil || string(spoken.Audio.Data) != wav(200, 2) || spoken.Audio.LinkedBy != store.LinkedByIdentifier {
		t.Errorf("the record has not the sound of its last piece: %+v", spoken.Audio)
	}
	if wake.Audio == nil || wake.Identifier() != testUtterance+"/0" || wake.Transcript != "" {
		t.Errorf("the other piece is %+v", wake)
	}
}

func TestDeepNestingAndHugeValuesAreRefused(t *testing.T) {
	deep := `{"customerHistoryRecords":[],"x":` + strings.Repeat(`[`, 100_000)
	c := collect(t, files{"h.json": deep}, Options{})
	if outcome, reason := c.outcome("h.json"); outcome != store.MemberFailed || !strings.Contains(reason, "nested") {
		t.Errorf("%s %q", outcome, reason)
	}
	huge := `{"customerHistoryRecords":[{"recordKey":"` + strings.Repeat("a", maxRecordBytes+1<<20) + `"}]}`
	c = collect(t, files{"h.json": huge}, Options{})
	if outcome, reason := c.outcome("h.json"); outcome != store.MemberFailed || !strings.Contains(reason, "larger") {
		t.Errorf("%s %q", outcome, reason)
	}
}

func utf16LE(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func FuzzAlexaJSON(f *testing.F) {
	f.Add([]byte(`{"customerHistoryRecords":[` + historyJSON + `]}`))
	f.Add([]byte(historyJSON))
	f.Add([]byte(activitiesJSON))
	f.Add([]byte(`[{"request":"/api/activities","response":` + activitiesJSON + `}]`))
	f.Add([]byte(`{"devices":[{"accountName":"Kitchen","serialNumber":"G1","deviceType":"A1"}]}`))
	f.Add([]byte(`[{"message":"hello","date":"2021-02-02","time":"20:17","device":"Kitchen","audio_id":"0"}]`))
	f.Add([]byte("{\"recordKey\":1}\n[2]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := collect(t, files{"x.json": string(data)}, Options{})
		for _, r := range c.recordings {
			if r.Vendor == "" || r.TimeFrom == "" {
				t.Errorf("a recording without its vendor or the source of its time: %+v", r)
			}
		}
	})
}
