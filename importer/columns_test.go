package importer

import (
	"fmt"
	"strings"
	"testing"

	"unsaid/store"
)

// requests and replies of tables whose headers say nothing (synthetic).
var (
	requests = []string{"turn on the lamp in the hall %d", "what is the weather tomorrow %d", "set a timer for the eggs %d"}
	replies  = []string{"The lamp number %d is on.", "It will rain, with a high of %d degrees and a light wind.", "Your timer number %d is set."}
)

// untitled makes a table whose columns are in the given order: t for the time, w for the words, a for the audio, r for
// the reply, d for a device, s for its serial number.
func untitled(comma, order, header string, rows int) string {
	var b strings.Builder
	b.WriteString(header + "\r\n")
	for i := range rows {
		var cells []string
		for _, what := range order {
			cell := "Not Available"
			switch {
			case what == 't':
				cell = fmt.Sprintf("2021-03-%02dT10:00:%02dZ", i%28+1, i/28)
			case what == 'w' && i%4 > 0:
				cell = fmt.Sprintf(requests[i%3], i)
			case what == 'a' && i%3 > 0:
				cell = fmt.Sprintf("%06d.wav", i)
			case what == 'r' && i%2 == 0:
				cell = fmt.Sprintf(replies[i%3], i)
			case what == 'd':
				cell = []string{"Living Room", "Upper Hall"}[i%2]
			case what == 's':
				cell = []string{"G0911W0793360AAA", "G0911W0793360BBB"}[i%2]
			}
			cells = append(cells, `"`+cell+`"`)
		}
		b.WriteString(strings.Join(cells, comma) + "\r\n")
	}
	return b.String()
}

func TestColumnsAreRecognisedByTheirCells(t *testing.T) {
	for name, table := range map[string]string{
		"the archive's order": untitled(",", "twar", "Event Instant,Heard,Clip,Spoken Back", 24),
		"semicolons":          untitled(";", "twar", "Instante;Lo oído;Clip;Lo contestado", 24),
		"tabs":                untitled("\t", "twar", "時刻\tきいた\tおと\tかえし", 24),
		"the reply first":     untitled(",", "traw", "A,B,C,D", 24),
		"the audio first":     untitled(",", "awtr", "A,B,C,D", 24),
		"a named device":      untitled(",", "tdswra", "Date (UTC),Device Name,Device Serial Number,What was said,Reply from Alexa,Recording", 40),
		"a named text":        untitled(",", "twar", "Zeitstempel,Transkript,Audiodatei,Erwidertes", 24),
		"a line that explains": strings.Replace(untitled(",", "twar", "A,B,C,D", 24), "\r\n",
			"\r\nThe time of the request,The words of the request,The file of the sound,The words of the reply\r\n", 1),
		"a line at the end": untitled(",", "twar", "A,B,C,D", 24) + "File Summary:\r\n24 rows\r\n",
		"placeholders":      untitled(",", "twar", "A,B,C,D", 24) + "Data Not Available,N/A,Not Applicable,Not Available.\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(t, files{"Audio and Transcription/Table.csv": table, "Audio and Transcription/000001.wav": wav(10, 1)}, Options{})
			if n := strings.Count(table, "Z\""); len(c.recordings) != n {
				t.Fatalf("%d recordings of %d; %+v", len(c.recordings), n, c.members)
			}
			for _, m := range c.members {
				if m.Outcome == store.MemberFailed {
					t.Errorf("%+v", m)
				}
			}
			for i, r := range c.recordings {
				words, reply := "", ""
				if i%4 > 0 {
					words = fmt.Sprintf(requests[i%3], i)
				}
				if i%2 == 0 {
					reply = fmt.Sprintf(replies[i%3], i)
				}
				if r.Transcript != words || r.Reply != reply || (r.Audio != nil) != (i == 1) || (r.Device.Serial != "") != (name == "a named device") {
					t.Fatalf("%d: %+v", i, r)
				}
			}
		})
	}
}

func TestWhatNobodyCanTellIsAsked(t *testing.T) {
	const unclear = "When,Field 1,Field 2,Field 3\n2021-05-01T08:00:00Z,stop,u0.wav,ok\n2021-05-02T08:00:00Z,louder,u1.wav,sure\n" +
		"2021-05-03T08:00:00Z,stop,u2.wav,ok\n2021-05-04T08:00:00Z,louder,u3.wav,sure\n"
	const devices = "Date,Device Name,Serial Number,Field 1\n2021-05-01T08:00:00Z,Kitchen,G1,stop\n2021-05-02T08:00:00Z,Kitchen,G1,stop\n"
	for name, table := range map[string]string{"request and reply": unclear, "one device, often": devices} {
		c := collect(t, files{"Alexa/t.csv": table, "Alexa/u0.wav": wav(10, 1)}, Options{})
		if outcome, _ := c.outcome("Alexa/t.csv"); outcome != store.MemberFailed || c.remedy("Alexa/t.csv") != store.NameTextColumn {
			t.Errorf("%s: %+v", name, c.members)
		}
	}
}

func TestOtherDepartmentsTablesAreIgnored(t *testing.T) {
	c := collect(t, files{
		"FileDescriptions.csv": "File name,Description\nIntent-1-1.csv,What you said to Alexa\n",
		"All Data Categories.1.zip/Your Amazon Orders/Order History.csv":       "Order Date,Product Name\n2024-06-01T10:00:00Z,A book of jokes\n2024-06-02T10:00:00Z,A green lamp\n",
		"All Data Categories.1.zip/Your Messages/Messages.csv":                 "Date,Message\n2024-06-01T10:00:00Z,where is my parcel\n",
		"All Data Categories.2.zip/Additional Data/Alexa/Skills/Skills-2.csv":  "SkillName,Enablement Date\nSome Radio Skill,2023-02-02T10:00:00Z\nOcean Sounds,2024-03-03T10:00:00Z\n",
		"All Data Categories.2.zip/Additional Data/Alexa/Alexa/NLU/Intent.csv": "Screen Contents,Utterance text,Utterance Creation Date\nN/A,play some jazz,2024-08-21T13:53:36.929Z\nNot Available.,Data Not Available,Not Applicable\n",
		"All Data Categories.2.zip/Additional Data/Alexa/Voice/a.wav":          wav(10, 1),
		"All Data Categories.3.zip/Your Fire TV/Device Registration.csv":       "Account Name,Device Serial Number,First Time Registered\nEverywhere,G090XXTEST000001,2024-01-01T09:00:00Z\n",
	}, Options{})
	if len(c.recordings) != 2 || c.recordings[0].Transcript != "play some jazz" || c.recordings[0].Reply != "" {
		t.Errorf("%+v", c.recordings)
	}
	if len(c.devices) != 1 || c.devices[0].Serial != "G090XXTEST000001" {
		t.Errorf("%+v", c.devices)
	}
	for _, m := range c.members {
		want := store.MemberIgnored
		if strings.Contains(m.Member, "Intent") || strings.HasSuffix(m.Member, ".wav") {
			want = store.MemberImported
		}
		if m.Outcome != want {
			t.Errorf("%+v", m)
		}
	}
}

func TestTheReportSaysHowColumnsWereRecognised(t *testing.T) {
	c := collect(t, files{"Alexa/t.csv": untitled(",", "twar", "Date,Heard,Clip,Answer", 12)}, Options{Map: nil})
	got := map[string]store.Column{}
	for _, m := range c.members {
		for _, column := range m.Columns {
			got[column.Role] = column
		}
	}
	for role, want := range map[string]store.Column{
		"time": {Role: "time", Column: "Date", DecidedBy: store.DecidedByName}, "text": {Role: "text", Column: "Heard", DecidedBy: store.DecidedByContent},
		"audio": {Role: "audio", Column: "Clip", DecidedBy: store.DecidedByContent}, "reply": {Role: "reply", Column: "Answer", DecidedBy: store.DecidedByName},
	} {
		if got[role] != want {
			t.Errorf("%s: %+v", role, got[role])
		}
	}
}
