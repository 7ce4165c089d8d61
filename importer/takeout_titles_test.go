package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unsaid/store"
)

// geminiFolder is where prompts lie.
const geminiFolder = "Takeout/My Activity/Gemini Apps/"

// geminiEntry returns an entry of Gemini, with answers and with more of its fields.
func geminiEntry(title string, answers []string, more ...string) string {
	html := make([]string, len(answers))
	for i, a := range answers {
		html[i] = fmt.Sprintf(`{"html":%q}`, "<p>"+a+"</p>")
	}
	fields := append([]string{fmt.Sprintf(`{"header":"Gemini Apps","title":%q,"time":"2026-02-01T07:24:02.806Z","products":["Gemini Apps"]`, title)}, more...)
	return strings.Join(append(fields, `"safeHtmlItem":[`+strings.Join(html, ",")+`]}`), ",")
}

func TestTitlesOfGemini(t *testing.T) {
	for title, want := range map[string]string{
		"Said open gemini": "open gemini",
		"Prompted\u00a0how do I delete my Gemini history": "how do I delete my Gemini history",
		"Prompted Prompted by whom?":                      "Prompted by whom?",
		"Promptedly":                                      "Promptedly",
		"Eingegebener Prompt: öffne Gemini bitte":         "öffne Gemini bitte",
		"Pokyn Kdo byl Bard?":                             "Kdo byl Bard?",
		"Pokyny pro Gemini":                               "Pokyny pro Gemini",
		"送信したメッセージ: Gemini とは":                            "Gemini とは",
		"제미나이 기록 삭제 항목을 검색함":                              "제미나이 기록 삭제",
		"Gemini":                     "Gemini",
		"what is bard":               "what is bard",
		"Used to be a bard":          "Used to be a bard",
		"Created":                    "",
		"Used Gemini Apps":           "",
		"Gemini Apps verwendet":      "",
		"Used Assistant":             "",
		"Google Assistant verwendet": "",
		"Unbekannter Sprachbefehl":   "",
		"(Transcript not available)": "",
	} {
		e := takeoutEntry{header: "Gemini Apps", title: title}
		if got := e.words(); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestGeminiEntries(t *testing.T) {
	c := collect(t, files{
		geminiFolder + "MyActivity.json": "[" + strings.Join([]string{
			geminiEntry("Prompted one", []string{"first", "again", "again"}),
			geminiEntry("Prompted two", nil, `"subtitles":[{"name":"Attached 1 file."},{}]`, `"attachedFiles":["voice-1.mp4","photo.png"]`, `"imageFile":"photo.png"`),
			geminiEntry("Selected preferred draft", nil),
			geminiEntry("Gave feedback: Good response", nil),
		}, ",") + "]",
		geminiFolder + "voice-1.m4a": wav(10, 1),
		geminiFolder + "photo.png":   "\x89PNG\r\n\x1a\n",
	}, Options{})
	if !slices.Equal(c.said(), []string{"one", "two"}) {
		t.Fatalf("%q %+v", c.said(), c.members)
	}
	if one, two := c.recordings[0], c.recordings[1]; one.Reply != "first\nagain" || two.Reply != "" || two.Audio == nil || two.Audio.LinkedBy != store.LinkedByName {
		t.Errorf("%+v", c.recordings)
	}
	_, note := c.outcome(geminiFolder + "MyActivity.json")
	mustContain(t, note, "2 records of feedback and drafts left out")
}

func TestGeminiPage(t *testing.T) {
	c := collect(t, files{
		geminiFolder + "MyActivity.html": takeoutPageOf(
			takeoutCells("Gemini Apps", `Prompted&nbsp;listen to this<br>Attached 1 file.<br>- <a href="voice-1.dat">voice-1.m4a</a>`, "Jul 25, 2026, 11:07:57 PM PDT", "<p>I hear</p>", "<p>a voice.</p>"),
			takeoutCells("Gemini Apps", "Gave feedback: Bad response", "Jul 25, 2026, 11:08:57 PM PDT")),
		geminiFolder + "voice-1.m4a": wav(10, 1),
	}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Transcript != "listen to this" || c.recordings[0].Reply != "I hear\na voice." || c.recordings[0].Audio == nil {
		t.Errorf("%+v %+v", c.recordings, c.members)
	}
}
