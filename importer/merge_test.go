package importer

import (
	"fmt"
	"strings"
	"testing"

	"unsaid/store"
)

// The same evening, as four exports tell it: what each leaves out, another one knows.
const (
	eveningActivities = `{"activities":[
	 {"id":"A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST","creationTimestamp":1612297041815,"activityStatus":"SUCCESS",
	  "description":"{\"summary\":\"play some jazz\"}","utteranceId":"` + testUtterance + `"},
	 {"id":"A3TESTCUSTOMER#1612297101300#A1TESTTYPE#G0911W0000000TST","creationTimestamp":1612297101300,"activityStatus":"DISCARDED_NON_DEVICE_DIRECTED_INTENT","description":null}]}`
	eveningHistory = `{"customerHistoryRecords":[
	 {"recordKey":"A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST","timestamp":1612297041815,"utteranceType":"GENERAL","device":{"deviceName":"Kitchen"},
	  "voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"play some jazz"},{"recordItemType":"ALEXA_RESPONSE","transcriptText":"Here is a station."}]}]}`
	eveningTable = "Timestamp,Device Name,Transcript,Audio File\n" +
		"2021-02-02 20:17:21,Kitchen,play some jazz,one.wav\n" +
		"2021-02-02 20:18:21,Kitchen,Audio was not intended for Alexa,two.wav\n"
	eveningDevices = "FirstTimeRegistered,AccountName,SerialNumber\n2019-01-01,Kitchen,G0911W0000000TST\n"
)

func TestOneEveningFromFourExports(t *testing.T) {
	exports := []files{
		{"activities.json": eveningActivities},
		{"history.json": eveningHistory},
		{"Alexa/table.csv": eveningTable, "Alexa/one.wav": wav(1600, 1), "Alexa/two.wav": wav(1600, 2)},
		{"Devices.Registration/registration.csv": eveningDevices},
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 2, 0, 3}, {2, 3, 0, 1}, {0, 3, 2, 1}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			db := openLibrary(t)
			for _, i := range order {
				mustRun(t, db, Options{Paths: []string{onDisk(t, exports[i])}})
			}
			page, err := db.Page(t.Context(), store.Query{}, 10, 0)
			if err != nil || len(page) != 2 {
				t.Fatalf("%d recordings, %v", len(page), err)
			}
			for _, r := range page {
				if r.Audio == nil || r.Device.Name != "Kitchen" || r.Device.Serial != "G0911W0000000TST" || r.VendorID == "" {
					t.Errorf("%+v", r)
				}
			}
			if r := page[0]; !r.Unintended {
				t.Errorf("%+v", r)
			}
			if r := page[1]; r.Transcript != "play some jazz" || r.Reply != "Here is a station." {
				t.Errorf("%+v", r)
			}
			devices, err := db.Devices(t.Context())
			if err != nil || len(devices) != 1 {
				t.Errorf("%+v, %v", devices, err)
			}
		})
	}
}

// Two entries of one utterance, as the maker's lists and a table of utterances tell of them (synthetic).
const (
	sharedActivities = `{"activities":[
	 {"id":"A3TESTCUSTOMER#1612297041000#A1TESTTYPE#G0911W0000000TST","creationTimestamp":1612297041000,
	  "description":"{\"summary\":\"alexa\",\"firstUtteranceId\":\"` + testUtterance + `/0\"}","utteranceId":"` + testUtterance + `/0"},
	 {"id":"A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST","creationTimestamp":1612297041815,
	  "description":"{\"summary\":\"play some jazz\",\"firstUtteranceId\":\"` + testUtterance + `/0\"}","utteranceId":"` + testUtterance + `/1"}]}`
	sharedHistory = `{"customerHistoryRecords":[
	 {"recordKey":"A3TESTCUSTOMER#1612297041000#A1TESTTYPE#G0911W0000000TST","timestamp":1612297041000,"utteranceType":"WAKE_WORD_ONLY",
	  "voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `/1","transcriptText":"alexa"}]},
	 {"recordKey":"A3TESTCUSTOMER#1612297041815#A1TESTTYPE#G0911W0000000TST","timestamp":1612297041815,"utteranceType":"GENERAL",
	  "voiceHistoryRecordItems":[{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"` + testUtterance + `/1","transcriptText":"play some jazz"}]}]}`
	sharedTable = "utteranceId,Timestamp,Transcript\n" + testUtterance + "/1,2021-02-02 20:17:21,play some jazz\n"
)

func TestEntriesOfOneUtteranceStayTwo(t *testing.T) {
	t.Parallel()
	clip := strings.NewReplacer(":", "_", "/", "-").Replace(testUtterance) + "-1.wav"
	exports := []files{{"activities.json": sharedActivities}, {"history.json": sharedHistory}, {"table.csv": sharedTable}, {"alexa/" + clip: wav(1600, 1)}}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 3, 0, 1}, {1, 3, 0, 2}, {3, 0, 2, 1}, {2, 1, 3, 0}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			db := openLibrary(t)
			for _, i := range append(order, order...) {
				mustRun(t, db, Options{Paths: []string{onDisk(t, exports[i])}})
			}
			page, err := db.Page(t.Context(), store.Query{}, 10, 0)
			if err != nil || len(page) != 2 {
				t.Fatalf("%d recordings, %v: %+v", len(page), err, page)
			}
			request, wake := page[0], page[1]
			if wake.Transcript != "alexa" { // an export that cuts the time to the second came first
				request, wake = wake, request
			}
			if wake.Transcript != "alexa" || request.Transcript != "play some jazz" || request.Audio == nil || wake.Audio != nil || wake.VendorID == request.VendorID {
				t.Errorf("%+v\n%+v", request, wake)
			}
		})
	}
}
