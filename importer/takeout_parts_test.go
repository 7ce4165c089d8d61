package importer

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unsaid/store"
)

func TestTakeoutInParts(t *testing.T) {
	t.Parallel()
	for name, parts := range takeoutParts(t) {
		t.Run(name, func(t *testing.T) {
			all := files{}
			for _, part := range parts {
				for member, data := range part {
					all[member] = data
				}
			}
			dir := onDisk(t, all)
			one := []string{dir}
			var reversed []string
			for _, member := range sortedNames(all) {
				top, _, _ := strings.Cut(member, "/")
				if p := filepath.Join(dir, top); !slices.Contains(reversed, p) {
					reversed = append(reversed, p)
				}
			}
			slices.Reverse(reversed)
			for _, paths := range [][]string{one, reversed} {
				checkTakeoutParts(t, paths)
			}
		})
	}
}

func checkTakeoutParts(t *testing.T, paths []string) {
	t.Helper()
	db := openLibrary(t)
	report := mustRun(t, db, Options{Paths: paths})
	if len(report.Failed) > 0 || !slices.Equal(report.Sources, []string{"google-takeout"}) {
		t.Errorf("%v: %+v", paths, report)
	}
	members, err := db.ImportMembers(t.Context(), report.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Outcome == store.MemberIgnored && m.Reason == "" {
			t.Errorf("%s was ignored without a reason", m.Member)
		}
		if strings.HasSuffix(m.Member, "Assistant/MyActivity.html") && m.Outcome != store.MemberIgnored {
			t.Errorf("%s: %s", m.Member, m.Outcome)
		}
	}
	recordings := takeoutRecordings(t, db)
	if len(recordings) != 2 {
		t.Fatalf("%v: %d recordings: %+v", paths, len(recordings), recordings)
	}
	for _, r := range recordings {
		if r.Transcript == "" {
			continue // the other audio
		}
		if data, err := db.AudioData(t.Context(), r.Audio.ID); err != nil || string(data) != wav(10, 1) {
			t.Errorf("%v: it was joined with the wrong audio: %v", paths, err)
		}
	}
	if again := mustRun(t, db, Options{Paths: paths}); again.Added+again.Completed != 0 {
		t.Errorf("%v again: %+v", paths, again)
	}
}

func takeoutRecordings(t *testing.T, db *store.DB) []store.Recording {
	t.Helper()
	ids, err := db.IDs(t.Context(), store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	recordings, err := db.Recordings(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return recordings
}

func TestTakeoutJSONWinsOverHTMLOfAnyPart(t *testing.T) {
	json := "[" + loveJSON + "]"
	html := takeoutPageOf(takeoutCells("Assistant", "Said something else", "Jan 31, 2018, 10:54:50 PM UTC"))
	part1, part2 := "takeout-20240516T230250Z-001.zip/"+assistantFolder, "takeout-20240516T230250Z-002.zip/"+assistantFolder
	c := collect(t, files{part1 + "MyActivity.html": html, part2 + "My Activity.json": json}, Options{})
	o, reason := c.outcome(part1 + "MyActivity.html")
	if !slices.Equal(c.said(), []string{"say I love you"}) || o != store.MemberIgnored {
		t.Errorf("%q, %s", c.said(), o)
	}
	mustContain(t, reason, "JSON")
	other := "takeout-20250516T230250Z-001.zip/" + assistantFolder
	c = collect(t, files{part1 + "MyActivity.html": html, part2 + "MyActivity.json": "[{", other + "MyActivity.json": json}, Options{})
	if !slices.Equal(c.said(), []string{"say I love you", "something else"}) {
		t.Errorf("beside JSON that cannot be read, and JSON of another export: %q %+v", c.said(), c.members)
	}
}

func TestTakeoutPackedAndUnpackedIsOne(t *testing.T) {
	packed := files{
		"takeout-20240516T230250Z-001.zip":                                    zipped(t, files{assistantFolder + "MyActivity.json": "[" + loveJSON + "]"}),
		"takeout-20240516T230250Z-002.zip":                                    zipped(t, files{assistantFolder + lovePath: wav(10, 1)}),
		"takeout-20240516T230250Z-001/" + assistantFolder + "MyActivity.json": "[" + loveJSON + "]",
		"takeout-20240516T230250Z-002/" + assistantFolder + lovePath:          wav(10, 1),
	}
	db := openLibrary(t)
	mustRun(t, db, Options{Paths: []string{onDisk(t, packed)}})
	if recordings := takeoutRecordings(t, db); len(recordings) != 1 || recordings[0].Audio == nil {
		t.Errorf("%+v", recordings)
	}
}

func TestTakeoutUtteranceInTwoFoldersIsOne(t *testing.T) {
	at := "2018-02-02T02:05:15.447Z"
	withReply := strings.Replace(takeoutSpoken("Assistant", "Said what's pepperoncini", at), `"title"`, `"subtitles":[{"name":"A pepper"}],"title"`, 1)
	withSound := takeoutSpoken("Voice and Audio", "Said what's pepperoncini", at, "2018-02-02_02_05_15_447_UTC.mp3")
	sound := wav(10, 1)
	for name, all := range map[string]files{
		"two folders": {
			assistantFolder + "MyActivity.json": "[" + withReply + "]", voiceFolder + "MyActivity.json": "[" + withSound + "]",
			voiceFolder + "2018-02-02_02_05_15_447_UTC.mp3": sound,
		},
		"one file": {"a/MyActivity.json": "[" + withReply + "," + withSound + "]", "a/2018-02-02_02_05_15_447_UTC.mp3": sound},
	} {
		db := openLibrary(t)
		mustRun(t, db, Options{Paths: []string{onDisk(t, all)}})
		recordings := takeoutRecordings(t, db)
		if len(recordings) != 1 || recordings[0].Reply != "A pepper" || recordings[0].Audio == nil || recordings[0].Transcript != "what's pepperoncini" {
			t.Errorf("%s: %+v", name, recordings)
		}
	}
	// Two entries of one product are two.
	db := openLibrary(t)
	mustRun(t, db, Options{Paths: []string{onDisk(t, files{"a.json": "[" + withReply + "," + withReply + "]"})}})
	if recordings := takeoutRecordings(t, db); len(recordings) != 2 {
		t.Errorf("%+v", recordings)
	}
}

func TestTakeoutBesideAlexa(t *testing.T) {
	table := "Timestamp,Transcript\n2021-02-02 20:17:21,play some jazz\n"
	for _, takeout := range []string{"Takeout/My Activity/Assistant/MyActivity.json", "My Activity/Assistant/MyActivity.json"} {
		c := collect(t, files{
			takeout:               "[" + loveJSON + "]",
			"Alexa.zip/t.csv":     table,
			"transcripts.csv":     strings.Replace(table, "jazz", "blues", 1),
			"Alexa.zip/odd.csv":   "When,Heard\n2021-02-02 20:17:21,some words in it\n",
			"Takeout/Fit/all.csv": table,
			"Notes/all.csv":       "When,Heard\n2021-02-02 20:17:21,some words in it\n",
		}, Options{})
		said := c.said()
		slices.Sort(said)
		if strings.HasPrefix(takeout, "Takeout") && !slices.Equal(said, []string{"play some blues", "play some jazz", "say I love you"}) {
			t.Errorf("%q %+v", said, c.members)
		}
		if o, _ := c.outcome("Alexa.zip/odd.csv"); o != store.MemberIgnored || c.remedy("Alexa.zip/odd.csv") != store.NameColumns {
			t.Errorf("Alexa's other table is %q", o)
		}
		if o, _ := c.outcome("Notes/all.csv"); o == store.MemberFailed || o == store.MemberImported {
			t.Errorf("the foreign table is %s", o)
		}
	}
}

func FuzzTakeoutJSON(f *testing.F) {
	f.Add("[" + loveJSON + "]")
	f.Add(loveJSON + "\n" + takeoutSpoken("Gemini Apps", "Prompted x", "2025-01-02T03:04:05.123456Z") + "\n")
	f.Add(`[{"header":"Gemini Apps","title":"Prompted x","products":["Gemini Apps"],"safeHtmlItem":[{"html":"<p>a<pre>b\n</pre><br><li>&amp;&bogus;"}]}]`)
	f.Add(`[{"header":"Search","title":"Searched for x","products":["Search"]},{"title":"x","audioFiles":["a.mp3","b.mp3"]}]`)
	f.Add(`{"Gemini Apps":[{"title":7,"time":{},"products":"Assistant","subtitles":{},"details":null,"audioFiles":"x.mp3"}]}`)
	f.Fuzz(func(t *testing.T, data string) {
		checkTakeout(t, collect(t, files{"a/x.json": data, "a/" + lovePath: wav(2, 1), "a/a.mp3": wav(2, 2)}, Options{}))
	})
}

// checkTakeout checks what is true of every import: each recording has its maker and the source of
// its time, and each member and record at most one outcome.
func checkTakeout(t *testing.T, c *collector) {
	t.Helper()
	for _, r := range c.recordings {
		if r.Vendor == "" || r.TimeFrom == "" || r.TimeFrom == store.TimeExact && r.Time.IsZero() {
			t.Errorf("a recording without its vendor or the source of its time: %+v", r)
		}
	}
	failures := map[string]bool{}
	for _, m := range c.members {
		if m.Outcome == store.MemberFailed && failures[m.Member] {
			t.Errorf("%s failed twice", m.Member)
		}
		failures[m.Member] = failures[m.Member] || m.Outcome == store.MemberFailed
	}
}
