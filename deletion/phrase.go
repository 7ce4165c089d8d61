package deletion

import (
	"unsaid/store"
)

// phrase returns what to say to the assistant to delete exactly what the request asks for, or "" if
// there is no such phrase, and whether the phrase is about today. Deletion by voice applies to all
// devices of the account. So at Amazon the library must have only one device; at Google, ranges of days
// are planned for the whole account anyway.
//
// Source: the makers' help pages on deletion by voice. Google's covers the Assistant, not Gemini.
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
