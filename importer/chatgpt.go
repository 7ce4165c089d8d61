package importer

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"unsaid/store"
)

// chatGPT reads the voice conversations in an export of ChatGPT: conversations.json, or since 2026
// conversations-000.json and so on, and the sound beside them. What the user said is a recording and the
// assistant's answer its reply. Typed messages are no voice history.
//
// A conversation is a tree of messages, since a question can be asked anew. The sound of a message is a file whose
// name begins with the identifier in an asset pointer.
type chatGPT struct{}

func (chatGPT) Name() string { return "chatgpt" }

// These limit one conversation, and one text in it: people paste whole books.
const (
	maxConversationBytes = 64 << 20
	maxConversationText  = 1 << 20
)

var conversationShape = jsonShape{
	list:   func(depth int, key string) bool { return depth == 0 || key == "conversations" },
	fields: keysOf(conversation{}),
	single: isConversation,
	limit:  maxConversationBytes,
	cut:    maxConversationText,
}

// conversation is an entry of conversations.json.
type conversation struct {
	ID      looseText                   `json:"conversation_id"`
	OldID   looseText                   `json:"id"`
	Title   looseText                   `json:"title"`
	Mapping map[string]conversationNode `json:"mapping"`
}

type conversationNode struct {
	Message  *chatMessage `json:"message"`
	Parent   looseText    `json:"parent"`
	Children []string     `json:"children"`
}

type chatMessage struct {
	ID     looseText `json:"id"`
	Author struct {
		Role looseText `json:"role"`
	} `json:"author"`
	Created looseSeconds `json:"create_time"`
	Content struct {
		Parts []json.RawMessage `json:"parts"`
	} `json:"content"`
}

// chatPart is a part of a message that is not plain text.
type chatPart struct {
	Type    looseText `json:"content_type"`
	Text    looseText `json:"text"`
	Pointer looseText `json:"asset_pointer"`
	Audio   struct {
		Pointer looseText `json:"asset_pointer"`
	} `json:"audio_asset_pointer"`
}

func isConversation(fields map[string]json.RawMessage) bool { return fields["mapping"] != nil }

func (chatGPT) Import(ctx context.Context, in *Input, sink Sink) error {
	members, sounds, why := in.of(contentChatGPT), chatSoundsOf(in), "the assistant's voice, or of no message that was spoken"
	if len(members) == 0 {
		why = "a sound of ChatGPT, which is nothing without its conversation: import it together with conversations.json"
	}
	for _, m := range members {
		if err := importConversations(ctx, in, sink, m, sounds); err != nil {
			return err
		}
	}
	for _, m := range in.of(contentAudio) {
		name := strings.ToLower(path.Base(m.path))
		ofExport := len(members) > 0 && (strings.HasPrefix(name, "file-") || strings.HasPrefix(name, "file_"))
		if m.taken() || !ofExport && !chatSoundName.MatchString(name) {
			continue
		}
		m.linked = true // nobody can tell whose voice it is, so it is no recording of its own
		if err := sink.Member(ctx, ignored(m.path, why)); err != nil {
			return err
		}
	}
	return nil
}

// importConversations reads one file of conversations.
func importConversations(ctx context.Context, in *Input, sink Sink, m *member, sounds chatSounds) error {
	spoken, typed := 0, 0
	for r, err := range in.records(ctx, m, conversationShape, true) {
		if err != nil {
			return unreadable(ctx, sink, m, err)
		}
		var c conversation
		if err := json.Unmarshal(r.raw, &c); err != nil {
			if err := sink.Member(ctx, failedRecord(fmt.Sprintf("%s#%d", m.path, r.index), "it cannot be read as a conversation")); err != nil {
				return err
			}
			continue
		}
		turns, others := c.turns()
		typed += others
		spoken += len(turns)
		for _, t := range turns {
			rec := t.recording(&c)
			rec.Origin = m.path
			t.attach(in, &rec, sounds)
			if err := sink.Add(ctx, rec); err != nil {
				return err
			}
		}
	}
	note := countOf(typed, "typed message") + " left alone: not voice"
	if spoken == 0 {
		return sink.Member(ctx, ignored(m.path, "nothing was spoken in it; "+note))
	}
	if err := sink.Export(ctx, store.ChatGPT, ""); err != nil {
		return err
	}
	return sink.Member(ctx, imported(m.path, note))
}

// turn is what the user said, and what the assistant answered.
type turn struct {
	message *chatMessage
	words   []string
	sounds  []string // identifiers of assets
	replies []string
}

// turns returns what the user said in a conversation, in all of its branches, in order of time, and how many messages
// the user typed.
func (c *conversation) turns() (spoken []turn, typed int) {
	for id, node := range c.Mapping {
		if node.Message == nil || node.Message.Author.Role != "user" {
			continue
		}
		words, sounds := node.Message.voice()
		if len(words)+len(sounds) == 0 {
			typed++
			continue
		}
		t := turn{message: node.Message, words: words, sounds: sounds}
		t.message.ID = looseText(cmp.Or(string(t.message.ID), id))
		c.addReplies(&t, node.Children, 0)
		spoken = append(spoken, t)
	}
	slices.SortFunc(spoken, func(a, b turn) int {
		if d := a.message.Created.Compare(b.message.Created.Time); d != 0 {
			return d
		}
		return strings.Compare(string(a.message.ID), string(b.message.ID))
	})
	return spoken, typed
}

// addReplies adds what the assistant answered: the messages below, up to the user's next. Of several branches, each
// has an answer that was given anew.
func (c *conversation) addReplies(t *turn, children []string, depth int) {
	for _, id := range children {
		node, known := c.Mapping[id]
		if !known || depth > maxAnswerDepth || node.Message != nil && node.Message.Author.Role == "user" {
			continue
		}
		if node.Message != nil && node.Message.Author.Role == "assistant" {
			words, _ := node.Message.voice()
			if len(words) == 0 {
				words = node.Message.texts()
			}
			for _, w := range words {
				t.replies = appendNew(t.replies, w)
			}
		}
		c.addReplies(t, node.Children, depth+1)
	}
}

// maxAnswerDepth is more messages than an answer has.
const maxAnswerDepth = 50

// voice returns the words of a message's voice and the identifiers of its sounds.
func (m *chatMessage) voice() (words, sounds []string) {
	for _, raw := range m.Content.Parts {
		var p chatPart
		if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &p) != nil {
			continue
		}
		switch p.Type {
		case "audio_transcription":
			words = appendNew(words, string(p.Text))
		case "audio_asset_pointer":
			sounds = appendNew(sounds, assetOf(string(p.Pointer)))
		case "real_time_user_audio_video_asset_pointer":
			sounds = appendNew(sounds, assetOf(string(p.Audio.Pointer)))
		}
	}
	return words, sounds
}

// texts returns the parts of a message that are plain text.
func (m *chatMessage) texts() []string {
	var texts []string
	for _, raw := range m.Content.Parts {
		var s looseText
		if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &s) == nil && s != "" {
			texts = append(texts, string(s))
		}
	}
	return texts
}

// assetOf returns the identifier in an asset pointer: sediment://file_0123, file-service://file-Ab.
func assetOf(pointer string) string {
	_, id, found := strings.Cut(pointer, "://")
	if !found {
		id = pointer
	}
	return strings.ToLower(id)
}

// recording returns the turn as a recording of its conversation.
func (t *turn) recording(c *conversation) store.Incoming {
	rec := store.Incoming{
		Vendor:     store.ChatGPT,
		Device:     store.IncomingDevice{Serial: cmp.Or(string(c.ID), string(c.OldID)), Type: store.Conversation, Name: string(c.Title)},
		Time:       t.message.Created.Time,
		TimeFrom:   store.TimeExact,
		VendorID:   string(t.message.ID),
		Transcript: strings.Join(t.words, " "),
		Reply:      strings.Join(t.replies, "\n"),
	}
	if rec.Time.IsZero() {
		rec.TimeFrom = store.TimeUnknown
	}
	return rec
}

// attach joins the turn with its sound, if it is there. A missing one proves nothing: they expire before the words.
func (t *turn) attach(in *Input, rec *store.Incoming, sounds chatSounds) {
	for _, id := range t.sounds {
		for _, m := range sounds.called(id) {
			if rec.Audio == nil && !m.linked {
				in.attach(rec, m, store.LinkedByIdentifier)
			}
		}
	}
}

// chatSounds are the sounds of an export, sorted by their names in lower case.
type chatSounds []chatSound

type chatSound struct {
	name string
	m    *member
}

// chatSoundsOf returns the sounds of an export by their own names and by those that its list of names gives them.
func chatSoundsOf(in *Input) chatSounds {
	names := assetNames(in)
	var sounds chatSounds
	for _, m := range in.of(contentAudio) {
		file := path.Base(m.path)
		sounds = append(sounds, chatSound{strings.ToLower(file), m})
		if name := names[file]; name != "" {
			sounds = append(sounds, chatSound{strings.ToLower(name), m})
		}
	}
	slices.SortStableFunc(sounds, func(a, b chatSound) int { return strings.Compare(a.name, b.name) })
	return sounds
}

// called returns the sounds whose name is an identifier, perhaps with more behind it: file_0123-4567.wav, file-Ab.dat.
func (s chatSounds) called(id string) []*member {
	var found []*member
	at, _ := slices.BinarySearchFunc(s, id, func(sound chatSound, id string) int { return strings.Compare(sound.name, id) })
	for ; id != "" && at < len(s) && strings.HasPrefix(s[at].name, id); at++ {
		if next := s[at].name[len(id):]; next == "" || strings.ContainsAny(next[:1], "-._") {
			found = append(found, s[at].m)
		}
	}
	return found
}

// chatSoundName is how a sound of ChatGPT's is called, and nobody else's.
var chatSoundName = regexp.MustCompile(`(?i)^(file_[0-9a-f]{32}|file-[0-9a-z]{16,})([-._].*)?$`)

// assetNames reads the lists of what the files of an export were called: conversation_asset_file_names.json.
func assetNames(in *Input) map[string]string {
	names := map[string]string{}
	for _, m := range in.of(contentRows, contentJSON, contentCompanion) {
		if !strings.HasPrefix(path.Base(m.path), "conversation_asset_file_names") || m.size > maxRecordBytes {
			continue
		}
		var list map[string]string
		if json.Unmarshal(in.head(m, int(m.size)), &list) == nil {
			maps.Copy(names, list)
		}
	}
	return names
}

// setChatGPTAside marks the other tables of an export of ChatGPT, such as feedback, which hold nothing that was said.
func (in *Input) setChatGPTAside() {
	folders := map[string]bool{}
	for _, m := range in.of(contentChatGPT) {
		folders[path.Dir(m.path)] = true
	}
	if len(folders) == 0 {
		return
	}
	for _, m := range in.of(contentTable, contentRows) {
		if folders[path.Dir(m.path)] {
			m.content = contentCompanion
		}
	}
}
