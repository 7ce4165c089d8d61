package deletion

import (
	"fmt"
	"time"

	"unsaid/store"
)

// Rule says how long to keep recordings. Rules only propose deletions; nothing is deleted unless the
// user agrees.
type Rule struct {
	Device string // applies to devices that a search for this finds; "" for all
	Days   int    // recordings older than this number of days are due
}

// maxDays keeps the day before which recordings are due within the range of a query.
const maxDays = 10_000

// Check returns an error if the rule is not valid.
func (r Rule) Check() error {
	if r.Days < 1 || r.Days > maxDays {
		return fmt.Errorf("days is %d: say for how many days to keep recordings, from 1 to %d", r.Days, maxDays)
	}
	if _, ok := condition("device", r.Device); r.Device != "" && !ok {
		return fmt.Errorf("device %q: a device's name is searched without quotation marks and control characters", r.Device)
	}
	return nil
}

// suggestion is what the rule proposes on now's day.
func (r Rule) suggestion(now time.Time) Suggestion {
	older := "older than " + English.wording().count(r.Days, "day", "days")
	s := Suggestion{Title: "everything " + older, Due: true}
	if device, ok := condition("device", r.Device); ok {
		s.Title = r.Device + ": " + older
		s.Query = device + " "
	}
	s.Query += "before:" + (store.DayOf(now, now.Location()) - store.Day(r.Days)).String()
	return s
}

// DueBy returns what the rules propose to delete on now's day, whether anything is due by them or not. Days are days of
// now's time zone. A recording of unknown time is never due.
func DueBy(rules []Rule, now time.Time) ([]Suggestion, error) {
	var list []Suggestion
	for _, r := range rules {
		if err := r.Check(); err != nil {
			return nil, fmt.Errorf("rule for keeping recordings: %w", err)
		}
		list = append(list, r.suggestion(now))
	}
	return list, nil
}
