package importer

import (
	"reflect"
	"testing"
	"time"

	"unsaid/store"
)

// activitiesJSON is an answer of /api/activities (synthetic).
const activitiesJSON = `{"activities":[
 {"id":"` + testKey + `","creationTimestamp":1612297041815,"activityStatus":"SUCCESS",
  "description":"{\"summary\":\"play some jazz\",\"firstUtteranceId\":\"` + testUtterance + `\",\"firstStreamId\":\"x\"}",
  "domainAttributes":"{\"nBestList\":[]}","domainType":"Music","intentType":"PlayMusicIntent","providerInfoDescription":null,
  "registeredCustomerId":"A3TESTCUSTOMER","sourceActiveUsers":[],
  "sourceDeviceIds":[{"deviceAccountId":"x","deviceType":"A1TESTTYPE","serialNumber":"G0911W0000000TST"}],
  "utteranceId":"` + testUtterance + `","version":1}],
 "startDate":1612297041815,"endDate":1612297041815}`

func TestActivity(t *testing.T) {
	want := store.Incoming{
		Vendor:     store.Amazon,
		Device:     store.IncomingDevice{Serial: "G0911W0000000TST", Type: "A1TESTTYPE"},
		Time:       time.UnixMilli(1612297041815).UTC(),
		TimeFrom:   store.TimeExact,
		VendorID:   testKey,
		Aliases:    []string{testUtterance},
		Origin:     "activities.json",
		Transcript: "play some jazz",
		Kind:       "SUCCESS", Domain: "Music", Intent: "PlayMusicIntent",
	}
	for name, data := range map[string]string{
		"an answer": activitiesJSON,
		"a capture": `[{"request":"/api/bootstrap","response":{"authenticated":true,"list":[1,2]}},
		 {"request":"/api/activities?size=50","response":` + activitiesJSON + `},
		 {"request":"/api/cards","response":null},{"request":"/api/x","response":"<html>"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := one(t, "activities.json", data); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestActivityVariants(t *testing.T) {
	for _, c := range []struct {
		name, record, text, kind string
		unintended               bool
	}{
		{"no description", `"activityStatus":"SUCCESS","description":null`, "", "SUCCESS", false},
		{"broken description", `"description":"{\"summary\":"`, "", "", false},
		{"description is an object", `"description":{"summary":"hello"}`, "hello", "", false},
		{"description is plain", `"description":"hello"`, "hello", "", false},
		{"discarded", `"activityStatus":"DISCARDED_NON_DEVICE_DIRECTED_INTENT"`, "", "DISCARDED_NON_DEVICE_DIRECTED_INTENT", true},
		{"bare word", `"activityStatus":null,"domainAttributes":"FALSE_WAKE_WORD_1P"`, "", "FALSE_WAKE_WORD_1P", true},
		{"bare word beside a status", `"activityStatus":"SUCCESS","domainAttributes":"FALSE_WAKE_WORD_1P"`, "", "SUCCESS", true},
		{"wake word only", `"domainAttributes":"WAKE_WORD_ONLY","description":"{\"summary\":\"alexa\"}"`, "alexa", "WAKE_WORD_ONLY", false},
		{
			"arbitration", `"domainAttributes":"DEVICE_ARBITRATION","description":"{\"summary\":\"Audio was not intended for this device\"}"`,
			"Audio was not intended for this device", "DEVICE_ARBITRATION", true,
		},
	} {
		got := one(t, "a.json", `{"activities":[{"id":"C#1612297041815#T#S","creationTimestamp":0,`+c.record+`}]}`)
		if got.Transcript != c.text || got.Kind != c.kind || got.Unintended != c.unintended || got.TimeFrom != store.TimeIdentifier {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestDeviceList(t *testing.T) {
	const devices = `{"devices":[{"accountName":"Kitchen","serialNumber":"G1","deviceType":"A1","deviceFamily":"ECHO","capabilities":["a"]}]}`
	for name, data := range map[string]string{
		"an answer": devices,
		"a capture": `[{"request":"/api/devices-v2/device","response":` + devices + `}]`,
	} {
		c := collect(t, files{"d.json": data}, Options{})
		if len(c.devices) != 1 || c.devices[0] != (store.IncomingDevice{Serial: "G1", Type: "A1", Name: "Kitchen"}) {
			t.Errorf("%s: %+v", name, c.devices)
		}
		if outcome, _ := c.outcome("d.json"); outcome != store.MemberImported {
			t.Errorf("%s: %s", name, outcome)
		}
	}
}

func TestCaptureWithoutHistoryIsIgnored(t *testing.T) {
	c := collect(t, files{"c.json": `[{"request":"/api/bootstrap","response":{"x":1}}]`}, Options{})
	if outcome, reason := c.outcome("c.json"); outcome != store.MemberIgnored || reason == "" {
		t.Errorf("%s %q", outcome, reason)
	}
}

func TestEmptyHistoryIsImported(t *testing.T) {
	for _, data := range []string{`{"activities":[]}`, `{"customerHistoryRecords":[],"encodedRequestToken":null}`} {
		c := collect(t, files{"e.json": data}, Options{})
		if outcome, _ := c.outcome("e.json"); outcome != store.MemberImported {
			t.Errorf("%s: %s", data, outcome)
		}
	}
}
