package deletion

import (
	"context"
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
	s := Suggestion{Title: "everything " + older}
	if device, ok := condition("device", r.Device); ok {
		s.Title = r.Device + ": " + older
		s.Query = device + " "
	}
	s.Query += "before:" + (store.DayOf(now, now.Location()) - store.Day(r.Days)).String()
	return s
}

// Outdated returns what the rules propose to delete now, without those that nothing is due by.
// Days are days of now's time zone. A recording of unknown time is never due.
func Outdated(ctx context.Context, db *store.DB, rules []Rule, now time.Time) ([]Suggestion, error) {
	var list []Suggestion
	for _, r := range rules {
		if err := r.Check(); err != nil {
			return nil, fmt.Errorf("rule for keeping recordings: %w", err)
		}
		list = append(list, r.suggestion(now))
	}
	found, err := counted(ctx, db, list, now)
	if err != nil {
		return nil, fmt.Errorf("look what is due: %w", err)
	}
	return found, nil
}
