package importer

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"unsaid/store"
)

func TestNamesAreComparedInOneFormOfUnicode(t *testing.T) {
	const name = "Küche übermorgen.wav"
	dir := onDisk(t, files{
		"Alexa/t.csv":                    "Timestamp,Transcript,Audio File\n2021-03-01 10:00:00,hallo," + norm.NFC.String(name) + "\n",
		"Alexa/" + norm.NFD.String(name): wav(10, 1),
	})
	arch, err := openArchive(t.Context(), []string{dir}, nil, newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	in, err := newInput(t.Context(), &arch.tree, newMeter(nil))
	if err != nil {
		t.Fatal(err)
	}
	c := collectFrom(t, in, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Audio == nil || c.recordings[0].Audio.LinkedBy != store.LinkedByName {
		t.Errorf("%+v", c.recordings)
	}
}

func TestIoBrokersHistory(t *testing.T) {
	const record = `{"name":"Küche","serialNumber":"G0911W0000000TST","summary":"stelle einen Wecker","creationTime":1612297041815,
		"answer":"Der Wecker ist gestellt.","utteranceType":"GENERAL","domain":"Timer","intent":"Set","card":"","cardJson":"{}"}`
	for name, data := range map[string]string{"a list": "[" + record + "]", "one": record, "without a type": strings.Replace(record, `"utteranceType":"GENERAL",`, "", 1)} {
		got := one(t, "History.json", data)
		if got.Transcript != "stelle einen Wecker" || got.Reply != "Der Wecker ist gestellt." || got.TimeFrom != store.TimeExact ||
			got.Device != (store.IncomingDevice{Serial: "G0911W0000000TST", Name: "Küche"}) || got.Time.UnixMilli() != 1612297041815 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTextsOfUnknownKindsAreKept(t *testing.T) {
	record := func(items string) string {
		return `[{"data":{"recordKey":"` + testKey + `","timestamp":1612297041815,"voiceHistoryRecordItems":[` + items + `]}}]`
	}
	for items, want := range map[string][2]string{
		`{"recordItemType":"ASR_EXPECTED_TEXT","transcriptText":"play jazz"}`:                                                                                                 {"play jazz", ""},
		`{"recordItemType":"SOME_RESPONSE_TEXT","transcriptText":"Here it is."},{"recordItemType":"NEW_TRANSCRIPT_V2","transcriptText":"play jazz"}`:                          {"play jazz", "Here it is."},
		`{"recordItemType":"ASR_EXPECTED_TEXT","transcriptText":"play jazz"},{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"play jazz"}`:                           {"play jazz", ""},
		`{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"Not Available."},{"recordItemType":"ALEXA_RESPONSE","transcriptText":"Data Not Available"}`:                {"", ""},
		`{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"none"},{"recordItemType":"PROFILE","transcriptText":"Anna"}`:                                               {"none", ""},
		`{"recordItemType":"CUSTOMER_TRANSCRIPT","transcriptText":"it is not available"},{"recordItemType":"TTS_REPLACEMENT_TEXT","transcriptText":"N/A is an abbreviation"}`: {"it is not available", "N/A is an abbreviation"},
	} {
		if got := one(t, "h.json", record(items)); got.Transcript != want[0] || got.Reply != want[1] {
			t.Errorf("%s: %q %q", items, got.Transcript, got.Reply)
		}
	}
}

func TestWordsInTheNameOfAClip(t *testing.T) {
	c := collect(t, files{
		"VOICE/(2018-05-15T15_07_41+0200)_TEXT(alexa stop).wav":               wav(10, 1),
		"VOICE/(2018-05-15T15_09_41+0200)_TEXT(TRANSCRIPT NOT AVAILABLE).wav": wav(10, 2),
	}, Options{})
	if len(c.recordings) != 2 || c.recordings[0].Transcript != "alexa stop" || c.recordings[1].Transcript != "" {
		t.Fatalf("%+v", c.recordings)
	}
	if r := c.recordings[0]; r.Vendor != store.Amazon || !r.Time.Equal(utc(2018, 5, 15, 13, 7, 41)) || r.TimeFrom != store.TimeName {
		t.Errorf("%+v", r)
	}
}

func TestDatesOfJavaAndOfMail(t *testing.T) {
	for spelled, want := range map[string]int64{
		"Mon Mar 01 18:42:07 UTC 2021":      utc(2021, 3, 1, 18, 42, 7).Unix(),
		"Mon Mar 01 18:42:07 PST 2021":      utc(2021, 3, 2, 2, 42, 7).Unix(),
		"Mon Mar 1 18:42:07 GMT+05:30 2021": utc(2021, 3, 1, 13, 12, 7).Unix(),
		"Mon, 01 Mar 2021 18:42:07 GMT":     utc(2021, 3, 1, 18, 42, 7).Unix(),
		"Mon, 1 Mar 2021 18:42:07 +0100":    utc(2021, 3, 1, 17, 42, 7).Unix(),
	} {
		got := one(t, "Alexa/t.csv", "Timestamp\tTranscript\n"+spelled+"\thello\n")
		if got.Time.Unix() != want || got.TimeFrom != store.TimeExact {
			t.Errorf("%s: %v", spelled, got.Time)
		}
	}
}

func TestAPDFOfWordsIsTold(t *testing.T) {
	report := mustRun(t, openLibrary(t), Options{Paths: []string{onDisk(t, files{"Alexa/Transcripts.pdf": "%PDF-1.4 synthetic", "Alexa/a.wav": wav(10, 1)})}})
	if report.Added != 1 || report.Ignored != 1 || len(report.Failed) > 0 {
		t.Errorf("%+v", report)
	}
	c := collect(t, files{"Alexa/Transcripts.pdf": "%PDF-1.4 synthetic"}, Options{})
	in, err := newInput(t.Context(), files{"Alexa/Transcripts.pdf": "%PDF-1.4 synthetic", "Alexa/a.wav": wav(10, 1)}.tree(), newMeter(nil))
	if err != nil || len(c.members) > 0 {
		t.Fatal(err, c.members)
	}
	if o := in.leftOver(in.member("Alexa/Transcripts.pdf")); !o.MayHold || !strings.Contains(o.Reason, "PDF") {
		t.Errorf("%+v", o)
	}
}

func TestASplitZipNamesWhatIsMissing(t *testing.T) {
	whole := []byte(zipped(t, files{"Alexa/t.csv": "Timestamp,Transcript\n2021-03-01 10:00:00,hello\n"}))
	binary.LittleEndian.PutUint16(whole[len(whole)-22+4:], 2) // the last of three pieces
	dir := onDisk(t, files{"Alexa.zip": string(whole), "Alexa.z01": "PK"})
	_, err := Run(t.Context(), openLibrary(t), Options{Paths: []string{filepath.Join(dir, "Alexa.zip")}})
	if err == nil {
		t.Fatal("one piece was imported")
	}
	mustContain(t, err.Error(), "3 pieces", "missing beside it: Alexa.z02")
	if err := os.Rename(filepath.Join(dir, "Alexa.z01"), filepath.Join(dir, "Alexa.z02")); err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), openLibrary(t), Options{Paths: []string{dir}})
	if err == nil {
		t.Fatal("one piece was imported")
	}
	mustContain(t, err.Error(), "Alexa.z01")
}
