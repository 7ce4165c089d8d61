package deletion

import (
	"fmt"
	"slices"
	"time"

	"unsaid/store"
)

// Law is the law that a letter relies on.
type Law string

// The laws that letters can rely on. Plain letters rely on none.
const (
	GDPR   Law = "gdpr"
	UKGDPR Law = "uk-gdpr"
	CCPA   Law = "ccpa"
	LGPD   Law = "lgpd"
	Plain  Law = "plain"
)

// Laws returns all laws.
func Laws() []Law {
	return []Law{GDPR, UKGDPR, CCPA, LGPD, Plain}
}

// ParseLaw returns the law with that name; see [Laws].
func ParseLaw(name string) (Law, error) {
	if law := Law(name); slices.Contains(Laws(), law) {
		return law, nil
	}
	return "", fmt.Errorf("unknown law %q: it is one of %s", name, joined(Laws(), ", "))
}

// Due returns the day, YYYY-MM-DD, by which the law requires an answer to a letter that arrives on the
// day it is sent. It returns "" if the law sets no number of days.
//
// GDPR and UK GDPR Art. 12(3): one month. CCPA, 11 CCR § 7021(b): 45 calendar days. The addressee can
// extend each of them, but has to say so within that time. LGPD Art. 18 §§ 3–5 requires the maker to
// comply at once or to say why not; its 15 days (Art. 19) apply to access only.
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

// Overdue reports whether the answer to a request is overdue on now's day: its due day has passed, and
// no export proves that everything is gone.
func Overdue(r store.Request, now time.Time) bool {
	return r.DueOn != "" && r.DueOn < now.Format(time.DateOnly) && r.Status != store.Draft && r.Status != store.Gone
}
