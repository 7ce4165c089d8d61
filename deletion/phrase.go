package deletion

import (
	"unsaid/store"
)

// phrase returns what to say to the assistant to remove exactly what the request is for, "" if
// there is no such phrase, and whether it is about the day that the document is written on. Spoken
// deletion takes all devices of the account: at Amazon it is for a library that knows one, at
// Google a range of days was planned for the whole account anyway.
//
// Source: the makers' help pages on deleting by voice, which are about the Assistant, not Gemini.
func (d *document) phrase() (say string, today bool) {
	if len(d.req.Steps) != 1 {
		return "", false
	}
	step, day := d.req.Steps[0], store.DayOf(d.now, d.zone).String()
	today = step.Kind == store.DayRange && step.From == day && step.To == day
	switch d.req.Device.Vendor {
	case store.Amazon:
		switch {
		case !d.onlyDevice:
			return "", false
		case step.Kind == store.WholeDevice:
			return "Alexa, delete everything I've ever said", false
		case today:
			return "Alexa, delete everything I said today", true
		}
	case store.Google:
		if pages := d.pages(); today && len(pages) == 1 && pages[0] == assistantPage {
			return "Hey Google, delete today's activity", true
		}
	}
	return "", false
}
