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

// Due returns the day, YYYY-MM-DD, by which the law wants an answer to a letter that arrives on the
// day it is sent; "" where the law sets no number of days.
//
// GDPR and UK GDPR Art. 12(3): one month. CCPA, 11 CCR § 7021(b): 45 calendar days. All can be
// extended by the addressee, who has to say so within that time. LGPD Art. 18 §§ 3–5 wants
// a request met at once, or an answer why not; its 15 days (Art. 19) are for access alone.
func Due(law Law, sent store.Day) string {
	switch law {
	case GDPR, UKGDPR:
		return sent.AddMonths(1).String()
	case CCPA:
		return (sent + 45).String()
	default:
		return ""
	}
}

// Overdue reports whether the day by which an answer to a request was due has passed, by now's day, and
// no export proves that all of it is gone.
func Overdue(r store.Request, now time.Time) bool {
	return r.DueOn != "" && r.DueOn < now.Format(time.DateOnly) && r.Status != store.Draft && r.Status != store.Gone
}
