package importer

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"unsaid/store"
)

// secret stands in a capture wherever a browser saves what others could sign in with.
const secret = "SECRET-a7f3c1"

// harEntry returns an exchange. A body of "-" was saved without content.
func harEntry(address string, status int, body, encoding string, headers ...string) string {
	content := map[string]any{"mimeType": "application/json", "size": len(body)}
	if body != "-" {
		content["text"] = body
	}
	if encoding != "" {
		content["encoding"] = encoding
	}
	all := []map[string]string{{"name": "Set-Cookie", "value": "session=" + secret}}
	for i := 0; i+1 < len(headers); i += 2 {
		all = append(all, map[string]string{"name": headers[i], "value": headers[i+1]})
	}
	entry, _ := json.Marshal(map[string]any{
		"startedDateTime": "2026-02-03T10:00:00.000Z",
		"request": map[string]any{
			"method": "POST", "url": address, "cookies": []any{map[string]string{"name": "at-main", "value": secret}},
			"headers":  []any{map[string]string{"name": "Cookie", "value": "at-main=" + secret}, map[string]string{"name": "anti-csrftoken-a2z", "value": secret}},
			"postData": map[string]string{"mimeType": "application/json", "text": `{"previousRequestToken":"` + secret + `"}`},
		},
		"response": map[string]any{"status": status, "headers": all, "content": content, "cookies": []any{map[string]string{"value": secret}}},
	})
	return string(entry)
}

func har(browser string, entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"` + browser + `","version":"1"},"pages":[],"entries":[` + strings.Join(entries, ",") + `]}}`
}

const (
	historyAddress = "https://www.amazon.co.uk/alexa-privacy/apd/rvh/customer-history-records-v2?startTime=0&token=" + secret
	soundAddress   = "https://www.amazon.co.uk/alexa-privacy/apd/rvh/audio?uid="
)

// capturedPage returns a page of the history with a record for each number.
func capturedPage(numbers ...int) string {
	var records []string
	for _, n := range numbers {
		records = append(records, fmt.Sprintf(`{"recordKey":"%s","recordType":"VOICE_HISTORY","timestamp":%d,"utteranceType":"GENERAL",
			"device":{"deviceName":"Kitchen"},"voiceHistoryRecordItems":[
			{"recordItemType":"CUSTOMER_TRANSCRIPT","utteranceId":"%s","transcriptText":"words %d"}],
			"personsInfo":[{"personId":"p1","personFirstName":"Anna"}]}`, capturedKey(n), 1612297041815+n*60_000, capturedUtterance(n), n))
	}
	return `{"customerHistoryRecords":[` + strings.Join(records, ",") + `],"encodedRequestToken":"` + secret + `"}`
}

func capturedKey(n int) string {
	return fmt.Sprintf("A1B2C3D4E5F6G7#%d#A3S5BH2HU6VAYF#G0911W0000000TST", 1612297041815+n*60_000)
}

func capturedUtterance(n int) string {
	return fmt.Sprintf("A3S5BH2HU6VAYF:1.0/2021/02/02/20/G0911W0000000TST/17:21::TNIH_2V.0cbcd1ac-2f1e-4d4b-9a6a-2c9f5b0ef%03dZXV", n)
}

func capturedSoundEntry(n int, status int, data string, headers ...string) string {
	return harEntry(soundAddress+capturedUtterance(n), status, base64.StdEncoding.EncodeToString([]byte(data)), "base64", headers...)
}

func TestCapture(t *testing.T) {
	sound := wav(40, 2)
	devices := `{"devices":[{"accountName":"Kitchen","serialNumber":"G0911W0000000TST","deviceType":"A3S5BH2HU6VAYF"}]}`
	capture := har("Firefox",
		harEntry("https://www.amazon.co.uk/style.css", 200, "body{}", ""),
		capturedSoundEntry(1, 200, wav(30, 1)),
		harEntry(historyAddress, 200, capturedPage(1, 2), ""),
		harEntry(historyAddress, 200, base64.StdEncoding.EncodeToString([]byte(capturedPage(2, 3))), "base64"), // overlaps
		harEntry("https://alexa.amazon.co.uk/api/devices-v2/device?cached=true", 200, devices, ""),
		harEntry("https://www.amazon.co.uk/alexa-privacy/apd/rvh/is-audio-playable?uid="+capturedUtterance(1), 200, `{"isPlayable":true}`, ""),
		capturedSoundEntry(2, 206, sound[50:], "Content-Range", fmt.Sprintf("bytes 50-%d/%d", len(sound)-1, len(sound))),
		capturedSoundEntry(2, 206, sound[:60], "content-range", fmt.Sprintf("bytes 0-59/%d", len(sound))),
		harEntry("https://evil.example/alexa-privacy/apd/rvh/customer-history-records", 200, capturedPage(9), ""),
	)
	for name, f := range map[string]files{
		"plain":   {"amazon.har": capture},
		"gzipped": {"amazon.har.gz": gzipped(t, capture)},
	} {
		c := collect(t, f, Options{})
		words := c.said()
		slices.Sort(words)
		if !slices.Equal(words, []string{"words 1", "words 2", "words 2", "words 3"}) { // the library knows that two are one
			t.Fatalf("%s: %q %+v", name, words, c.members)
		}
		for _, r := range c.recordings {
			want := map[string]string{"words 1": wav(30, 1), "words 2": sound}[r.Transcript]
			if r.Device.Name != "Kitchen" || r.Device.Serial != "G0911W0000000TST" || len(r.People) != 1 || r.VendorID == "" {
				t.Errorf("%s: %+v", name, r)
			}
			if r.Audio != nil && (string(r.Audio.Data) != want || r.Audio.LinkedBy != store.LinkedByIdentifier) || r.Audio == nil && want != "" {
				t.Errorf("%s: the sound of %s is wrong", name, r.Transcript)
			}
		}
		if len(c.devices) != 1 || c.devices[0].Name != "Kitchen" {
			t.Errorf("%s: %+v", name, c.devices)
		}
		for member := range f {
			o, note := c.outcome(member)
			if o != store.MemberImported || len(c.members) != 1 {
				t.Errorf("%s: %+v", name, c.members)
			}
			mustContain(t, note, "3 pages", "2 sounds")
		}
	}
}

func TestCaptureWithoutContent(t *testing.T) {
	c := collect(t, files{"chrome.har": har("WebInspector",
		harEntry(historyAddress, 200, capturedPage(1), ""),
		harEntry(historyAddress, 200, "-", ""),
		harEntry(historyAddress, 503, "-", ""),
		harEntry(soundAddress+capturedUtterance(1), 200, "-", ""),
		capturedSoundEntry(2, 206, "RIFF", "Content-Range", "bytes 0-3/400"), // the rest is not there
	)}, Options{})
	if !slices.Equal(c.said(), []string{"words 1"}) {
		t.Errorf("%q", c.said())
	}
	_, reason := c.outcome("chrome.har#answers")
	mustContain(t, reason, "1 page of the history, 2 sounds")
	if c.remedy("chrome.har#answers") != store.CaptureAgain {
		t.Error("nothing says how to do better")
	}
	c = collect(t, files{"chrome.har": har("WebInspector", harEntry(historyAddress, 200, "-", ""))}, Options{})
	if o, reason := c.outcome("chrome.har"); o != store.MemberFailed || !strings.Contains(reason, "without content") {
		t.Errorf("%s %s", o, reason)
	}
	c = collect(t, files{"other.har": har("Firefox", harEntry("https://example.com/", 200, "{}", ""))}, Options{})
	if o, reason := c.outcome("other.har"); o != store.MemberIgnored || c.remedy("other.har") != store.CaptureAgain {
		t.Errorf("%s %s", o, reason)
	}
	whole := har("Firefox", harEntry(historyAddress, 200, capturedPage(1), ""), harEntry(historyAddress, 200, capturedPage(2), ""))
	c = collect(t, files{"cut.har": whole[:len(whole)-100]}, Options{})
	if o, reason := c.outcome("cut.har"); o != store.MemberFailed || !strings.Contains(reason, "ends in the middle") || len(c.recordings) != 1 {
		t.Errorf("%s %s %q", o, reason, c.said())
	}
}

func TestCaptureWithALongText(t *testing.T) {
	t.Parallel()
	film := harEntry("https://www.amazon.co.uk/film", 200, strings.Repeat("A", maxCapturedText+100), "base64")
	c := collect(t, files{"a.har": har("Firefox", film, harEntry(historyAddress, 200, capturedPage(1), ""))}, Options{})
	if !slices.Equal(c.said(), []string{"words 1"}) {
		t.Errorf("%q %+v", c.said(), c.members)
	}
}

func TestSoundWithoutItsRecord(t *testing.T) {
	c := collect(t, files{"a.har": har("Firefox", capturedSoundEntry(7, 200, wav(30, 1)))}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Audio == nil || c.recordings[0].Vendor != store.Amazon || !slices.Contains(c.recordings[0].Aliases, capturedUtterance(7)) {
		t.Errorf("%+v %+v", c.recordings, c.members)
	}
}

func TestShortStrings(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":"1234","b":"123456789"}`:  `{"a":"1234","b":"12345"}`,
		`["\"\\\u00e9678"]`:             `["\"\\\u00e9"]`,
		`["1234\u00e9"]`:                `["1234\u00e9"]`,
		`["12345\u00e9", "\\"]`:         `["12345", "\\"]`,
		`["12345\"67", 123456789, "x"]`: `["12345", 123456789, "x"]`,
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			got, err := io.ReadAll(&shortStrings{r: r, most: 5})
			if err != nil || string(got) != want {
				t.Errorf("%s: %s, %v", text, got, err)
			}
		}
	}
}

func FuzzCapture(f *testing.F) {
	f.Add(har("Firefox", harEntry(historyAddress, 200, capturedPage(1, 2), ""), capturedSoundEntry(1, 200, wav(2, 1))))
	f.Add(har("WebInspector", capturedSoundEntry(1, 206, "RIFF", "Content-Range", "bytes 0-3/8"), capturedSoundEntry(1, 206, "data", "Content-Range", "bytes 4-7/8")))
	f.Add(har("WebInspector", harEntry(historyAddress, 200, "-", ""), `null`, `{"request":7,"response":[]}`, `{"request":{"url":"%zz"}}`))
	f.Add(`{"log":{"entries":[{"request":{"url":"https://www.amazon.de/api/activities"},"response":{"content":{"text":"{\"activities\":[{\"id\":\"x\"}]}"}}}]}}`)
	f.Fuzz(func(t *testing.T, capture string) {
		c := collect(t, files{"a.har": capture}, Options{})
		for _, m := range c.members {
			if m.Member == "" || m.Reason == "" && m.Outcome != store.MemberImported {
				t.Errorf("%+v", m)
			}
		}
		for _, r := range c.recordings {
			if r.Origin != "a.har" && !strings.HasPrefix(capture, "[") && r.Vendor == "" {
				t.Errorf("%+v", r)
			}
		}
	})
}
