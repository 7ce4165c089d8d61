package importer

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"unsaid/store"
)

// numberedDump is a synthetic dump of rows that name audio which does not exist.
func numberedDump(messages ...string) string {
	var rows []string
	for i, m := range messages {
		rows = append(rows, fmt.Sprintf(`{"message":%q,"date":"March %d, 2025","time":"6:42 PM","device":"Kitchen","div_id":"d%d","audio_id":"audio-%d"}`, m, i+1, i, 100+i))
	}
	return "[" + strings.Join(rows, ",") + "]"
}

func TestNumberedAudio(t *testing.T) {
	c := collect(t, files{
		"dump/data.json": numberedDump("play jazz", "Audio was not intended for Alexa", "stop"),
		"dump/0.wav":     wav(10, 1), "dump/1.wav": wav(10, 2), "dump/10.wav": wav(10, 3),
		"other/voice.wav": wav(10, 4),
	}, Options{})
	if len(c.recordings) != 5 {
		t.Fatalf("%+v %+v", c.recordings, c.members)
	}
	for i, sound := range []string{wav(10, 1), wav(10, 2), "", wav(10, 3), wav(10, 4)} {
		r := c.recordings[i]
		switch {
		case (r.Audio == nil) != (sound == ""), r.Audio != nil && string(r.Audio.Data) != sound:
			t.Errorf("%d has another sound: %+v", i, r)
		case i < 2 && r.Audio.LinkedBy != store.LinkedByName:
			t.Errorf("%d was linked by %s", i, r.Audio.LinkedBy)
		case i < 3 && !r.Time.Equal(utc(2025, 3, i+1, 18, 42, 0)):
			t.Errorf("%d is of %v", i, r.Time)
		case i >= 3 && r.Transcript != "":
			t.Errorf("%d has words: %+v", i, r)
		}
		if r.Unintended != (i == 1) {
			t.Errorf("%d is unintended: %v", i, r.Unintended)
		}
	}
}

// TestNumberedAudioIsNotGuessed has folders in which something speaks against the numbers.
func TestNumberedAudioIsNotGuessed(t *testing.T) {
	sounds := files{"dump/0.wav": wav(10, 1), "dump/1.wav": wav(10, 2)}
	dump := numberedDump("play jazz", "stop")
	for name, more := range map[string]files{
		"another name":       {"dump/data.json": dump, "dump/voice.wav": wav(10, 3)},
		"a number twice":     {"dump/data.json": dump, "dump/00.wav": wav(10, 3)},
		"two dumps":          {"dump/data.json": dump, "dump/more.json": numberedDump("good night")},
		"another folder":     {"data.json": dump},
		"another shape":      {"dump/data.json": strings.ReplaceAll(dump, "div_id", "id_of_div")},
		"a name that exists": {"dump/data.json": strings.Replace(dump, "audio-101", "0.wav", 1)},
	} {
		maps.Copy(more, sounds)
		for _, r := range collect(t, more, Options{}).recordings {
			if r.Transcript == "play jazz" && r.Audio != nil {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

func TestNumberedDumpWithUnreadableDates(t *testing.T) {
	dump := numberedDump("play jazz", "stop")
	for name, data := range map[string]string{
		"one": strings.Replace(dump, "March 2, 2025", "Yesterday", 1),
		"all": strings.NewReplacer("March 1, 2025", "Today", "March 2, 2025", "Yesterday").Replace(dump),
	} {
		c := collect(t, files{"dump/data.json": data, "dump/0.wav": wav(10, 1), "dump/1.wav": wav(10, 2)}, Options{})
		outcome, reason := c.outcome("dump/data.json#1")
		if outcome != store.MemberFailed {
			t.Errorf("%s: %+v %+v", name, c.recordings, c.members)
		}
		mustContain(t, reason, "Yesterday")
		sounds := 0
		for _, r := range c.recordings {
			if r.Transcript == "stop" || r.Transcript != "" && r.TimeFrom != store.TimeExact {
				t.Errorf("%s: %+v", name, r)
			}
			if r.Audio != nil {
				sounds++
			}
		}
		if sounds != 2 {
			t.Errorf("%s: %d sounds", name, sounds)
		}
	}
}
