package phrase

import (
	"cmp"
	"fmt"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// Standing says where a recording or a request stands with the maker.
func Standing(s store.RequestStatus) string {
	switch s {
	case store.Draft:
		return "drafted"
	case store.Sent:
		return "asked"
	case store.Gone:
		return "gone"
	case store.StillThere:
		return "still there"
	case store.CannotTell:
		return "cannot tell"
	}
	return "not asked"
}

// RequestStanding says where a request stands at a time: what exports prove, else what the maker answered.
func RequestStanding(r store.Request, now time.Time) string {
	standing := deletion.StandingOf(r, now)
	switch {
	case standing == deletion.IsWaiting, r.Status == store.Gone, r.Status == store.StillThere:
		return Standing(r.Status)
	case standing == deletion.IsWithdrawn:
		return "taken back"
	case standing == deletion.IsIdentity:
		return "asks who you are"
	}
	return string(standing)
}

// Answer says what a maker answered, or what the user noted, without a full stop.
func (d Dates) Answer(a store.Answered) string {
	text := map[store.AnswerKind]string{
		store.Received: "they confirmed receipt", store.Confirmed: "they confirmed the deletion", store.Refused: "they refused",
		store.Identity: "they asked who you are", store.Identified: "you told them who you are", store.Extended: "they took more time",
		store.Note: "your note",
	}[a.Kind] + " on " + d.Day(a.On)
	if a.Text != "" {
		text += ": " + a.Text
	}
	return text
}

// Letter says which letter followed a request, without a full stop.
func (d Dates) Letter(l store.Letter) string {
	kind := "follow-up"
	if l.Kind == store.WithdrawalLetter {
		kind = "withdrawal"
	}
	return fmt.Sprintf("%s %d of %s, about %s, in %s", kind, l.Number, d.Of(l.Written), Count(l.Recordings, "recording"), l.Folder)
}

// DeviceStanding says how many of a device's recordings stand where with the maker.
func DeviceStanding(status map[store.RequestStatus]int) string {
	var amounts []Amount
	for _, s := range []store.RequestStatus{store.StillThere, store.CannotTell, store.Sent, store.Draft, store.Gone} {
		amounts = append(amounts, Amount{status[s], Standing(s)})
	}
	return cmp.Or(Amounts(amounts...), Standing(store.NotAsked))
}

// Device names a device, and its account where that has a name.
func Device(d store.Device) string {
	if d.Account.Name == "" {
		return d.Name
	}
	return d.Name + " (" + d.Account.Name + ")"
}

// Sent says when a request was sent, and by when an answer is due. due is "" if no law sets a day.
func (d Dates) Sent(day, due string) string {
	text := "sent on " + d.Day(day)
	if due != "" {
		text += ", an answer is due by " + d.Day(due)
	}
	return text
}

// NotSent says what became of a request that was not sent after all.
func NotSent(dropped bool) string {
	if dropped {
		return "is dropped, since its deletion was taken back"
	}
	return "counts as not sent"
}

// Maker is the name of a maker, or of what recorded where there is no maker.
func Maker(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "Amazon"
	case store.Google:
		return "Google"
	case store.ChatGPT:
		return "OpenAI"
	case store.OVOS:
		return "OVOS"
	case store.HomeAssistant:
		return "Home Assistant"
	}
	return vendor
}

// Assistant is the name of the one who replies.
func Assistant(vendor string) string {
	switch vendor {
	case store.Amazon:
		return "alexa"
	case store.Google:
		return "google"
	case store.ChatGPT:
		return "chatgpt"
	}
	return "reply"
}
