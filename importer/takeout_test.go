package importer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

const (
	assistantFolder = "Takeout/My Activity/Assistant/"
	voiceFolder     = "Takeout/My Activity/Voice and Audio/"
	lovePath        = "2018-04-16_11_42_55_659_UTC.mp3"
)

// loveJSON is an entry with everything that was seen in one. All of it is synthetic.
const loveJSON = `{"header":"Assistant","title":"Said say I love you","titleUrl":"https://www.google.com/search?q\u003dsay+I+love+you",` +
	`"subtitles":[{},{"name":"I love you, too"},{"name":"Goodbye","url":"https://example.com"}],"time":"2018-04-16T11:42:52.739Z",` +
	`"audioFiles":["` + lovePath + `"],"products":["Assistant"],"details":[{"name":"Started by hotword"},{"name":"From unrecognized speaker"}],` +
	`"locationInfos":[{"name":"At this place","url":"https://example.com","source":"From your device"}],"activityControls":["Web & App Activity"]}`

// takeoutSpoken returns an entry in JSON.
func takeoutSpoken(product, title, at string, audio ...string) string {
	raw, err := json.Marshal(map[string]any{"header": product, "title": title, "time": at, "products": []string{product}, "audioFiles": audio})
	if err != nil {
		panic(err)
	}
	return string(raw)
}

func TestTakeoutRecord(t *testing.T) {
	c := collect(t, files{
		assistantFolder + "MyActivity.json": "[" + loveJSON + "]",
		assistantFolder + lovePath:          wav(10, 1),
		"Takeout/archive_browser.html":      "<!DOCTYPE html><html><body>What is in this archive</body></html>",
	}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Audio == nil {
		t.Fatalf("%+v %+v", c.recordings, c.members)
	}
	rec := c.recordings[0]
	if rec.Audio.LinkedBy != store.LinkedByName {
		t.Errorf("linked by %s", rec.Audio.LinkedBy)
	}
	rec.Audio = nil
	want := store.Incoming{
		Vendor: store.Google, Device: store.IncomingDevice{Name: assistantDevice, None: true},
		Time: utc(2018, 4, 16, 11, 42, 52).Add(739 * time.Millisecond), TimeFrom: store.TimeExact,
		Transcript: "say I love you", Reply: "I love you, too\nGoodbye",
		Domain: "Assistant", Intent: "Started by hotword, From unrecognized speaker", Origin: assistantFolder + "MyActivity.json",
		Clip: "2018-04-16_11_42_55_659_UTC.mp3",
	}
	if fmt.Sprint(rec) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", rec, want)
	}
	for _, name := range []string{"MyActivity.json", lovePath} {
		if o, reason := c.outcome(assistantFolder + name); o != store.MemberImported {
			t.Errorf("%s: %s, %s", name, o, reason)
		}
	}
}

func TestTakeoutTitles(t *testing.T) {
	for title, want := range map[string]string{
		"Said play some jazz":         "play some jazz",
		"Said\u00a0play some jazz":    "play some jazz",
		"Said Assistant":              "Assistant",
		"Said":                        "",
		"Saidy called":                "Saidy called",
		"Used Assistant":              "",
		"Used Google Assistant":       "",
		"Used Voice and Audio":        "",
		"Used the last of the milk":   "Used the last of the milk",
		"Assistant":                   "",
		"Unknown voice command":       "",
		"(Transcript not available)":  "",
		"Spiel etwas Jazz":            "Spiel etwas Jazz",
		"Searched for jazz":           "Searched for jazz",
		"„Spiel etwas Jazz“ gesagt":   "„Spiel etwas Jazz“ gesagt",
		"Prompted write\na long poem": "write\na long poem",
	} {
		rec := one(t, "MyActivity.json", "["+takeoutSpoken("Assistant", title, "2020-01-02T03:04:05Z")+"]")
		if rec.Transcript != want || rec.Kind != "" || rec.Typed || rec.Unintended {
			t.Errorf("%q: %+v, want %q", title, rec, want)
		}
	}
}

func TestTakeoutTimes(t *testing.T) {
	base := utc(2018, 4, 16, 11, 42, 52)
	for spelled, want := range map[string]time.Time{
		"2018-04-16T11:42:52Z":           base,
		"2018-04-16T11:42:52.7Z":         base.Add(700 * time.Millisecond),
		"2018-04-16T11:42:52.739123Z":    base.Add(739123 * time.Microsecond),
		"2018-04-16T11:42:52.739123456Z": base.Add(739123456),
		"2018-04-16T13:42:52+02:00":      base,
	} {
		rec := one(t, "MyActivity.json", "["+takeoutSpoken("Assistant", "Said x", spelled)+"]")
		if !rec.Time.Equal(want) || rec.TimeFrom != store.TimeExact {
			t.Errorf("%s: %v from %s", spelled, rec.Time, rec.TimeFrom)
		}
	}
	for _, spelled := range []string{"yesterday", "2018-04-16T11:42:52", "2018-02-30T11:42:52Z", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "12"} {
		c := collect(t, files{"a.json": "[" + takeoutSpoken("Assistant", "Said one", "2018-04-16T11:42:52Z") + "," +
			takeoutSpoken("Assistant", "Said two", spelled) + "]"}, Options{})
		o, reason := c.outcome("a.json#1")
		if o != store.MemberFailed || !slices.Equal(c.said(), []string{"one"}) {
			t.Errorf("%s: %v, %v %s", spelled, c.said(), o, reason)
		}
		mustContain(t, reason, spelled)
	}
	rec := one(t, "a.json", `[{"header":"Assistant","title":"Said x","products":["Assistant"],"audioFiles":["`+lovePath+`"]}]`)
	if rec.TimeFrom != store.TimeName || !rec.Time.Equal(utc(2018, 4, 16, 11, 42, 55).Add(659*time.Millisecond)) {
		t.Errorf("%v from %s", rec.Time, rec.TimeFrom)
	}
	rec = one(t, "a.json", `[{"header":"Assistant","title":"Said x","products":["Assistant"]}]`)
	if rec.TimeFrom != store.TimeUnknown || rec.Transcript != "x" {
		t.Errorf("%+v", rec)
	}
	c := collect(t, files{"a.json": `[{"header":"Assistant","title":"Used Assistant","products":["Assistant"]}]`}, Options{})
	if o, _ := c.outcome("a.json#0"); o != store.MemberFailed || len(c.recordings) > 0 {
		t.Errorf("%+v %+v", c.recordings, c.members)
	}
}

func TestTakeoutGemini(t *testing.T) {
	rec := one(t, "Takeout/My Activity/Gemini Apps/MyActivity.json", `[{"header":"Gemini Apps","title":"Prompted how do I boil an egg?","time":"2025-05-01T08:00:00.123456Z",`+
		`"products":["Gemini Apps"],"activityControls":["Gemini Apps Activity"],"safeHtmlItem":[{"html":"<p>Put it in <b>boiling</b> water:</p>\n<ol><li>wait 6&nbsp;minutes</li><li>cool it</li></ol>`+
		`<pre>egg {\n  boiled &amp; done\n}</pre><script>alert(1)</script>line<br>line 2 &notanentity; 1 < 2"}]}]`)
	want := "Put it in boiling water:\nwait 6 minutes\ncool it\negg {\n  boiled & done\n}\nline\nline 2 \u00acanentity; 1 < 2"
	if rec.Transcript != "how do I boil an egg?" || rec.Reply != want || rec.Device.Name != geminiDevice || rec.Domain != "Gemini Apps" {
		t.Errorf("%+v\n%q\n%q", rec, rec.Reply, want)
	}
}

func TestTakeoutOtherActivityIsLeftOut(t *testing.T) {
	search := takeoutSpoken("Search", "Searched for shoes", "2020-01-02T03:04:05Z")
	c := collect(t, files{
		"Takeout/My Activity/Search/MyActivity.json":    "[" + search + "," + search + "]",
		"Takeout/My Activity/YouTube/MyActivity.json":   "[" + takeoutSpoken("YouTube", "Watched a film", "2020-01-02T03:04:05Z") + "]",
		"Takeout/My Activity/Maps/MyActivity.html":      takeoutPageOf(takeoutCells("Maps", "Directions to <a>home</a>", "Jan 31, 2018, 10:54:50 PM UTC")),
		"Takeout/My Activity/Assistant/MyActivity.json": "[" + search + "," + loveJSON + "," + search + "]",
		"Takeout/My Activity/Assistant/" + lovePath:     wav(10, 1),
	}, Options{})
	if !slices.Equal(c.said(), []string{"say I love you"}) {
		t.Errorf("%q", c.said())
	}
	for member, words := range map[string]string{
		"Takeout/My Activity/Search/MyActivity.json":  "in other products: 2 records",
		"Takeout/My Activity/YouTube/MyActivity.json": "no voice history",
		"Takeout/My Activity/Maps/MyActivity.html":    "no voice history",
	} {
		o, reason := c.outcome(member)
		if o != store.MemberIgnored {
			t.Errorf("%s: %s", member, o)
		}
		mustContain(t, reason, words)
	}
	o, note := c.outcome(assistantFolder + "MyActivity.json")
	if o != store.MemberImported {
		t.Errorf("%s", o)
	}
	mustContain(t, note, "2 records of other products")
}

func TestTakeoutInOtherLanguages(t *testing.T) {
	at := "2020-01-02T03:04:05Z"
	for folder, product := range map[string]string{
		"Takeout/Meine Aktivitäten/Google Assistant/MeineAktivitäten.json": "Google Assistant",
		"Takeout/Mi actividad/Asistente/MiActividad.json":                  "Asistente de Google",
		"Takeout/Moja aktywność/Asystent/MojaAktywność.json":               "Asystent Google",
		"Takeout/我的活动/Google 助理/我的活动记录.json":                               "Google 助理",
		"Takeout/マイ アクティビティ/アシスタント/マイアクティビティ.json":                         "Google アシスタント",
		"Takeout/내 활동/Gemini 앱/내활동.json":                                   "Gemini 앱",
	} {
		if rec := one(t, folder, "["+takeoutSpoken(product, "x", at)+"]"); rec.Domain != product || rec.Transcript != "x" {
			t.Errorf("%s: %+v", folder, rec)
		}
	}
	// An unknown product is voice history beside enough audio with the Assistant's names.
	unknown := "[" + takeoutSpoken("Cynorthwyydd", "chwarae jazz", at) + "," + takeoutSpoken("Cynorthwyydd", "stop", at) + "]"
	name := "Takeout/Fy Ngweithgarwch/Cynorthwyydd/FyNgweithgarwch.json"
	c := collect(t, files{name: unknown, "Takeout/Fy Ngweithgarwch/Cynorthwyydd/" + lovePath: wav(10, 1)}, Options{})
	if !slices.Equal(c.said(), []string{"chwarae jazz", "stop", ""}) || c.recordings[2].Vendor != store.Google {
		t.Errorf("%q %+v", c.said(), c.members)
	}
	if c := collect(t, files{name: unknown}, Options{}); len(c.recordings) > 0 {
		t.Errorf("without audio %+v", c.recordings)
	}
	// A few spoken searches do not make all searches voice history.
	searches := make([]string, 10)
	for i := range searches {
		searches[i] = takeoutSpoken("Suche", fmt.Sprint("Nach ", i, " gesucht"), at)
	}
	searches[3] = takeoutSpoken("Suche", "Nach Jazz gesucht", at, lovePath)
	c = collect(t, files{"Takeout/Meine Aktivitäten/Suche/MeineAktivitäten.json": "[" + strings.Join(searches, ",") + "]", "Takeout/Meine Aktivitäten/Suche/" + lovePath: wav(10, 1)}, Options{})
	if !slices.Equal(c.said(), []string{"Nach Jazz gesucht"}) || c.recordings[0].Audio == nil {
		t.Errorf("%q", c.said())
	}
}

func TestTakeoutAudio(t *testing.T) {
	c := collect(t, files{
		assistantFolder + "MyActivity.json": "[" + takeoutSpoken("Assistant", "Said one", "2020-01-02T03:04:05Z", "gone.mp3", "b.mp3", "a.mp3", "b.mp3") + "," +
			takeoutSpoken("Assistant", "Said two", "2020-01-02T03:05:05Z", "2020-01-02_03_05_06_000_UTC.mp3") + "," +
			takeoutSpoken("Assistant", "Said three", "2020-01-02T03:06:05Z", "broken.mp3", "c.mp3") + "]",
		assistantFolder + "a.mp3":                           wav(10, 1),
		assistantFolder + "b.mp3":                           wav(10, 2),
		assistantFolder + "c.mp3":                           wav(10, 3),
		assistantFolder + "broken.mp3":                      "no sound",
		assistantFolder + "2020-01-02_03_04_05_000_UTC.mp3": wav(10, 4), // close in time, but not named
		voiceFolder + "b.mp3":                               wav(10, 5),
		"elsewhere/2020-01-02_03_04_05_000_UTC.mp3":         wav(10, 6),
	}, Options{})
	type summary struct {
		vendor, said string
		sound        byte
		from         store.TimeFrom
	}
	var got []summary
	for _, r := range c.recordings {
		s := summary{vendor: r.Vendor, said: r.Transcript, from: r.TimeFrom}
		if r.Audio != nil {
			s.sound = r.Audio.Data[len(r.Audio.Data)-1]
		}
		got = append(got, s)
	}
	want := []summary{
		{store.Google, "one", 2, store.TimeExact},
		{store.Google, "", 1, store.TimeExact}, // its second file, by itself
		{store.Google, "two", 0, store.TimeExact},
		{store.Google, "three", 3, store.TimeExact},
		{store.Google, "", 4, store.TimeName},
		{store.Files, "", 5, store.TimeModified},
		{store.Files, "", 6, store.TimeName},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if o, _ := c.outcome(assistantFolder + "broken.mp3"); o != store.MemberFailed {
		t.Errorf("broken.mp3 %s", o)
	}
}

func TestTakeoutAudioOfAPartWithoutActivity(t *testing.T) {
	c := collect(t, files{assistantFolder + lovePath: wav(10, 1)}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Vendor != store.Google || c.recordings[0].TimeFrom != store.TimeName {
		t.Errorf("%+v", c.recordings)
	}
}

func TestTakeoutBrokenJSON(t *testing.T) {
	whole := "[" + loveJSON + "," + takeoutSpoken("Assistant", "Said two", "2020-01-02T03:04:05Z") + "]"
	c := collect(t, files{"MyActivity.json": whole[:len(whole)-20]}, Options{})
	o, reason := c.outcome("MyActivity.json")
	if !slices.Equal(c.said(), []string{"say I love you"}) || o != store.MemberFailed {
		t.Errorf("%q %s", c.said(), o)
	}
	mustContain(t, reason, "ends in the middle")

	lines := loveJSON + "\n{\"title\": broken\n\n" + takeoutSpoken("Assistant", "Said two", "2020-01-02T03:04:05Z") + "\n"
	c = collect(t, files{"MyActivity.json": lines}, Options{})
	if o, _ := c.outcome("MyActivity.json#1"); o != store.MemberFailed || len(c.recordings) != 2 {
		t.Errorf("%q %+v", c.said(), c.members)
	}

	odd := `["text", 7, null, [], {}, {"title":{},"time":[],"products":"Assistant","subtitles":{"name":"yes"},"details":[7],"audioFiles":"` + lovePath + `"},` + loveJSON + "]"
	c = collect(t, files{"MyActivity.json": odd}, Options{})
	if !slices.Equal(c.said(), []string{"", "say I love you"}) || c.recordings[0].Reply != "yes" || c.recordings[0].TimeFrom != store.TimeName {
		t.Errorf("%q %+v", c.said(), c.members)
	}
}

func TestTakeoutHostileText(t *testing.T) {
	long := strings.Repeat("very ", 200_000) + "long\x00\x1b[2J\u202e"
	c := collect(t, files{
		"a.json": "[" + takeoutSpoken("Assistant", "Said "+long, "2020-01-02T03:04:05Z") + "," + loveJSON + "]",
		"b.html": takeoutPageOf(takeoutCells("Assistant", "Said\u00a0"+long, "Jan 31, 2018, 10:54:50 PM UTC")),
	}, Options{})
	if len(c.recordings) != 3 || c.recordings[0].Transcript != long || !strings.HasPrefix(c.recordings[2].Transcript, long[:1_000_000]) {
		t.Fatalf("%d recordings: %+v", len(c.recordings), c.members)
	}
}

// takeoutParts are the parts of one export as folders with the members of each, the record in one
// and the audio in another, in the names before and since 2025.
func takeoutParts(t *testing.T) map[string][]files {
	activity := files{
		"Takeout/archive_browser.html":               "<html><body>This archive</body></html>",
		"Takeout/My Activity/Search/MyActivity.json": "[" + takeoutSpoken("Search", "Searched for shoes", "2020-01-02T03:04:05Z") + "]",
		assistantFolder + "MyActivity.json":          "[" + loveJSON + "]",
		assistantFolder + "MyActivity.html":          takeoutPageOf(takeoutCells("Assistant", "Said twice", "Jan 31, 2018, 10:54:50 PM UTC")),
		voiceFolder + lovePath:                       wav(10, 2), // not the one that is meant
	}
	audio := files{
		assistantFolder + lovePath:                  wav(10, 1),
		"Takeout/Google Pay/transactions.csv":       "Time,Description,Amount\n2020-01-02 03:04:05,paid for the shoes at the shop,5\n",
		"Takeout/Tasks/Tasks.json":                  `[{"title":"buy shoes","time":"2020-01-02"},{"title":"go home","time":"2020-01-03"}]`,
		"Takeout/YouTube/history/watch-history.csv": "When,What\n2020-01-02,a film that I saw\n",
	}
	return map[string][]files{
		"zips":     {{"takeout-20240516T230250Z-001.zip": zipped(t, activity)}, {"takeout-20240516T230250Z-002.zip": zipped(t, audio)}},
		"reversed": {{"takeout-20250921T1994402Z-3-009.zip": zipped(t, activity)}, {"takeout-20250921T1994402Z-3-001.zip": zipped(t, audio)}},
		"tgz":      {{"takeout-20240516T230250Z-001.tgz": gzipped(t, tarred(t, activity))}, {"takeout-20240516T230250Z-002.tgz": gzipped(t, tarred(t, audio))}},
		"unpacked": {inFolder("takeout-20240516T230250Z-001", activity), inFolder("takeout-20240516T230250Z-002", audio)},
		"renamed":  {{"first.zip": zipped(t, activity)}, {"second.zip": zipped(t, audio)}},
	}
}

func inFolder(folder string, f files) files {
	moved := files{}
	for name, data := range f {
		moved[folder+"/"+name] = data
	}
	return moved
}
