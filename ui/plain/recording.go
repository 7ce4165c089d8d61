package plain

import (
	"context"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

// open tells all that is known of a recording.
func (s *session) open(ctx context.Context, arg string) error {
	r, err := s.meant(ctx, arg)
	if err != nil {
		return err
	}
	s.tell(&r)
	return nil
}

func (s *session) tell(r *store.Recording) {
	s.say("Number %d of %s.", s.found.at+1, phrase.Comma(len(s.found.ids)))
	s.tellWords(r)
	s.say("%s", phrase.Sentence(s.dates().Recorded(r)))
	s.say("Device: %s, of %s.", phrase.Device(r.Device), phrase.Maker(r.Device.Vendor))
	s.tellSound(r)
	if s.marked[r.ID] {
		s.say("It is marked.")
	}
	if r.State == store.Trashed {
		s.say("It is in the trash.")
	}
	if r.Request != store.NotAsked {
		s.say("At the maker: %s.", phrase.Standing(r.Request))
	}
	if len(r.People) > 0 {
		s.say("Voice of %s.", strings.Join(r.People, ", "))
	}
	for _, fact := range []struct{ name, text string }{
		{"Kind", r.Kind},
		{"Topic", strings.Join(strings.Fields(r.Domain+" "+r.Intent+" "+r.Skill), " ")},
		{"Type of the device", r.Device.Type},
		{"Serial number", r.Device.Serial},
		{"The maker's identifier", r.VendorID},
	} {
		if fact.text != "" {
			s.say("%s: %s.", fact.name, fact.text)
		}
	}
}

// mostWords is how many letters of what was said are told: more than anybody says at once.
const mostWords = 4000

func (s *session) tellWords(r *store.Recording) {
	who := "You said"
	switch {
	case r.Unintended:
		who = "Heard, but not intended for the assistant"
	case r.Typed:
		who = "You typed"
	}
	if r.Transcript == "" {
		s.say("%s: no words came with it.", who)
	} else {
		s.say("%s: %s", who, phrase.Closed(short(r.Transcript, mostWords)))
	}
	if r.Reply != "" {
		s.say("%s answered: %s", assistant(r.Device.Vendor), phrase.Closed(short(r.Reply, mostWords)))
	}
}

// assistant is the name of the one who answers.
func assistant(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "Alexa"
	case store.Google:
		return "Google"
	case store.ChatGPT:
		return "ChatGPT"
	}
	return "The assistant"
}

func (s *session) tellSound(r *store.Recording) {
	if r.Audio == nil {
		s.say("No sound came with it.")
		return
	}
	text := sound(r) + ", " + r.Audio.Format + ", " + size(r.Audio.Bytes)
	if r.Audio.LinkedBy == store.LinkedByTime {
		text += ", linked by its time"
	}
	s.say("Sound: %s.", text)
}
