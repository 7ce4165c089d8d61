package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unsaid/store"
)

// chatNode returns a node of a conversation's tree.
func chatNode(id, parent, role, parts string, seconds float64, children ...string) string {
	list := `"` + strings.Join(children, `","`) + `"`
	if len(children) == 0 {
		list = ""
	}
	return fmt.Sprintf(`%q:{"id":%q,"parent":%q,"children":[%s],"message":{"id":%q,"author":{"role":%q},"create_time":%.3f,
		"content":{"content_type":"multimodal_text","parts":[%s]}}}`, id, id, parent, list, id, role, seconds, parts)
}

func heard(text, direction string) string {
	return fmt.Sprintf(`{"content_type":"audio_transcription","text":%q,"direction":%q}`, text, direction)
}

func soundOf(id string) string {
	return fmt.Sprintf(`{"content_type":"audio_asset_pointer","asset_pointer":"sediment://%s","format":"wav","size_bytes":64}`, id)
}

func liveSoundOf(id string) string {
	return fmt.Sprintf(`{"content_type":"real_time_user_audio_video_asset_pointer","audio_asset_pointer":{"content_type":"audio_asset_pointer",
		"asset_pointer":"sediment://%s","format":"wav","metadata":{"start":0,"end":1.5}},"audio_start_timestamp":1.5,"expiry_datetime":null}`, id)
}

const (
	firstSound  = "file_00000000aaaa00000000bbbb00000001"
	replySound  = "file_00000000aaaa00000000bbbb00000002"
	secondSound = "file-Ab3"
)

// chat returns a conversation with two spoken questions, of which the second was answered twice, and a typed one.
func chat(title string) string {
	const id = "c1"
	return fmt.Sprintf(`{"title":%q,"create_time":1740000000.5,"mapping":{"root":{"id":"root","message":null,"parent":null,"children":["%s-1"]},`, title, id) + strings.Join([]string{
		chatNode(id+"-1", "root", "user", heard("what is a bard", "in")+","+liveSoundOf(firstSound), 1740000001.25, id+"-2"),
		chatNode(id+"-2", id+"-1", "assistant", heard("A poet.", "out")+","+soundOf(replySound), 1740000002, id+"-3"),
		chatNode(id+"-3", id+"-2", "user", heard("name one", "in")+","+soundOf(secondSound), 1740000003, id+"-4", id+"-5"),
		chatNode(id+"-4", id+"-3", "assistant", heard("Taliesin.", "out"), 1740000004),
		chatNode(id+"-5", id+"-3", "assistant", heard("Homer.", "out"), 1740000005, id+"-6"),
		chatNode(id+"-6", id+"-5", "user", `"typed words"`, 1740000006, id+"-7"),
		chatNode(id+"-7", id+"-6", "assistant", `"typed answer"`, 1740000007),
	}, ",") + fmt.Sprintf(`},"conversation_id":%q,"id":%q}`, id, id)
}

func TestChatGPT(t *testing.T) {
	older := files{
		"conversations.json":                          "[" + chat("Bards of old") + "]",
		"c1/audio/" + firstSound + "-0b2c4d6e-aa.wav": wav(10, 1),
		"c1/audio/" + replySound + "-0b2c4d6e-bb.wav": wav(10, 2),
		"c1/audio/file-Ab3-0b2c4d6e-cc.wav":           wav(10, 3),
		"message_feedback.json":                       `[{"id":"x","create_time":"2025-02-19T21:20:01Z","content":"I liked this answer"},{"id":"y","create_time":"2025-02-19T21:21:01Z","content":"and this one too"}]`,
		"chat.html":                                   "<html>typed words</html>",
	}
	newer := files{
		"export_manifest.json":               `{"logical_files":{"conversations.json":{"files":["conversations-000.json","conversations-001.json"]}}}`,
		"conversations-000.json":             "[" + chat("Bards of old") + "]",
		"conversations-001.json":             `[{"title":"Typed only","create_time":1,"mapping":{` + chatNode("t1", "root", "user", `"hello"`, 1740000009) + `},"conversation_id":"c2"}]`,
		"conversation_asset_file_names.json": `{"file-Zz000000000000000000.dat":"` + firstSound + `-0b2c.wav"}`,
		"file-Zz000000000000000000.dat":      wav(10, 1),
		replySound + ".dat":                  wav(10, 2),
		"file-Ab30.dat":                      wav(10, 4), // of another message
		"file-Ab3.dat":                       wav(10, 3),
		"file-Picture000000000000.dat":       "RIFF\x10\x00\x00\x00WEBPVP8 ",
	}
	for name, f := range map[string]files{"older": older, "newer": newer} {
		c := collect(t, f, Options{})
		if !slices.Equal(c.said(), []string{"what is a bard", "name one"}) {
			t.Fatalf("%s: %q %+v", name, c.said(), c.members)
		}
		first, second := c.recordings[0], c.recordings[1]
		if first.Reply != "A poet." || second.Reply != "Taliesin.\nHomer." || first.VendorID != "c1-1" || first.Vendor != store.ChatGPT {
			t.Errorf("%s: %+v %+v", name, first, second)
		}
		if want := (store.IncomingDevice{Serial: "c1", Type: store.Conversation, Name: "Bards of old"}); first.Device != want {
			t.Errorf("%s: in %+v", name, first.Device)
		}
		if first.Time.UnixMilli() != 1740000001250 || first.TimeFrom != store.TimeExact {
			t.Errorf("%s: %v", name, first.Time)
		}
		if first.Audio == nil || string(first.Audio.Data) != wav(10, 1) || second.Audio == nil || string(second.Audio.Data) != wav(10, 3) {
			t.Errorf("%s: %+v %+v", name, first.Audio, second.Audio)
		}
		for member := range f {
			o, reason := c.outcome(member)
			switch {
			case o == store.MemberFailed, o == store.MemberIgnored && reason == "":
				t.Errorf("%s: %s %s %s", name, member, o, reason)
			case strings.Contains(member, replySound) && !strings.Contains(reason, "assistant's voice"):
				t.Errorf("%s: %s: %s", name, member, reason)
			}
		}
	}
	c := collect(t, newer, Options{})
	_, note := c.outcome("conversations-000.json")
	mustContain(t, note, "1 typed message")
	o, note := c.outcome("conversations-001.json")
	if o != store.MemberIgnored {
		t.Errorf("%s", o)
	}
	mustContain(t, note, "nothing was spoken", "1 typed message")
}

func TestChatGPTOddConversations(t *testing.T) {
	loop := `{"title":"Loop","mapping":{` + chatNode("a", "b", "user", heard("hello", "in"), 1740000001, "b") + "," +
		chatNode("b", "a", "assistant", heard("Hi.", "out"), 1740000002, "b", "gone", "a") + `},"conversation_id":"c3"}`
	wordless := `{"title":"Sound only","mapping":{` + chatNode("w", "", "user", soundOf(firstSound), 1740000003) + `},"id":"c4"}`
	long := `{"title":"Long","mapping":{` + chatNode("l", "", "user", `"`+strings.Repeat("book ", maxConversationText/4)+`"`, 1740000004) + `},"id":"c5"}`
	c := collect(t, files{"conversations.json": "[" + loop + `,7,{"mapping":[]},` + long + "," + wordless + "]"}, Options{})
	if !slices.Equal(c.said(), []string{"hello", ""}) || c.recordings[0].Reply != "Hi." {
		t.Errorf("%q %+v %+v", c.said(), c.recordings, c.members)
	}
	if o, reason := c.outcome("conversations.json"); o != store.MemberImported || !strings.Contains(reason, "1 typed message") {
		t.Errorf("%s %s", o, reason)
	}
}

func TestChatGPTSoundAlone(t *testing.T) {
	c := collect(t, files{"c1/audio/" + firstSound + "-0b2c.wav": wav(10, 1), "c1/audio/file-1.wav": wav(10, 2)}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].Vendor != store.Files {
		t.Errorf("%+v", c.recordings)
	}
	o, reason := c.outcome("c1/audio/" + firstSound + "-0b2c.wav")
	if o != store.MemberIgnored {
		t.Errorf("%s", o)
	}
	mustContain(t, reason, "together with conversations.json")
}

func FuzzChatGPT(f *testing.F) {
	f.Add("[" + chat("Bards of old") + "]")
	f.Add(`[{"title":null,"mapping":{"a":null,"b":{"message":{"author":{"role":"user"},"content":{"parts":[null,7,{"content_type":"audio_transcription"}]}},"children":["b"]}},"id":7}]`)
	f.Add(`{"conversations":[` + chat("") + `]}`)
	f.Fuzz(func(t *testing.T, text string) {
		c := collect(t, files{"conversations.json": text, firstSound + ".dat": wav(2, 1)}, Options{})
		for _, r := range c.recordings {
			if r.Vendor == store.ChatGPT && r.Device.Type != store.Conversation {
				t.Errorf("%+v", r)
			}
		}
	})
}
