package phrase

import "unsaid/store"

// Step says what a step of a request asks for, and when it was done.
func (d Dates) Step(s store.Step) string {
	if s.DoneOn != "" {
		return d.step(s) + ", done on " + d.Day(s.DoneOn)
	}
	return d.step(s)
}

func (d Dates) step(s store.Step) string {
	switch s.Kind {
	case store.WholeDevice:
		return "everything of the device (" + Count(len(s.Recordings), "recording") + ")"
	case store.DayRange:
		days := d.Day(s.From)
		from, errFrom := store.ParseDay(s.From)
		to, errTo := store.ParseDay(s.To)
		if errFrom == nil && errTo == nil {
			days = d.days(from, to)
		}
		return "all of " + days + " (" + Count(len(s.Recordings), "recording") + ")"
	}
	return "the recording of " + d.Moment(store.IDTime(s.Recordings[0]))
}
