package deletion

import (
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// Law is the law that a letter relies on.
type Law string

// The laws that letters are written for. Plain relies on none.
const (
	GDPR   Law = "gdpr"
	UKGDPR Law = "uk-gdpr"
	CCPA   Law = "ccpa"
	LGPD   Law = "lgpd"
	Plain  Law = "plain"
)

// Laws returns all laws that letters are written for.
func Laws() []Law {
	return []Law{GDPR, UKGDPR, CCPA, LGPD, Plain}
}

// ParseLaw returns the law of that name, as [Laws] lists them.
func ParseLaw(name string) (Law, error) {
	if law := Law(name); slices.Contains(Laws(), law) {
		return law, nil
	}
	return "", fmt.Errorf("unknown law %q: it is one of %s", name, joined(Laws(), ", "))
}

// Due returns the day, YYYY-MM-DD in the location of sent, by which the law wants an answer to a
// letter that arrives on the day it is sent; "" where the law sets no number of days.
//
// GDPR and UK GDPR Art. 12(3): one month. CCPA, 11 CCR § 7021(b): 45 calendar days. All can be
// extended by the addressee, who has to say so within that time. LGPD Art. 18 §§ 3–5 wants
// a request met at once, or an answer why not; its 15 days (Art. 19) are for access alone.
func Due(law Law, sent time.Time) string {
	year, month, date := sent.Date()
	day := time.Date(year, month, date, 0, 0, 0, 0, time.UTC) // free of clock changes
	switch law {
	case GDPR, UKGDPR:
		return addMonth(day).Format(time.DateOnly)
	case CCPA:
		return day.AddDate(0, 0, 45).Format(time.DateOnly)
	default:
		return ""
	}
}

// Overdue reports whether the day by which an answer to a request was due has passed, by now's day, and
// no export proves that all of it is gone.
func Overdue(r store.Request, now time.Time) bool {
	return r.DueOn != "" && r.DueOn < now.Format(time.DateOnly) && r.Status != store.Draft && r.Status != store.Gone
}

// addMonth returns the same day of the next month, or that month's last day if it has no such
// day: a month from 31 January ends on 28 or 29 February.
func addMonth(t time.Time) time.Time {
	next := t.AddDate(0, 1, 0)
	if next.Day() != t.Day() {
		next = next.AddDate(0, 0, -next.Day())
	}
	return next
}
