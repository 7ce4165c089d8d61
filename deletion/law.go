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

// Due returns the day, YYYY-MM-DD, by which the law requires an answer from a maker to a letter that arrives on the day
// it is sent. It returns "" if the law sets no number of days, or as long as the maker waits to learn who the sender is.
//
// GDPR Art. 12(3) and UK GDPR Art. 12A: one month, three if the maker extends it. A month ends on the same day of the next
// one, or on its last day, and on the next working day if that is a weekend or a holiday (Regulation (EEC, Euratom)
// No 1182/71, Art. 3). CCPA, 11 CCR § 7021(b): 45 calendar days, 90 if extended. If the maker asks who the sender is, the
// time begins when that is answered. LGPD Art. 18 §§ 3–5 requires the maker to comply at once or to say why not; its 15 days
// (Art. 19) apply to access only.
func Due(law Law, vendor string, sent store.Day, answers []store.Answered) string {
	begins, months, days := sent, 1, 45
	waits := false
	for _, a := range answers {
		switch a.Kind {
		case store.Extended:
			months, days = 3, 90
		case store.Identity:
			waits = true
		case store.Identified:
			if on, err := store.ParseDay(a.On); err == nil {
				begins, waits = max(begins, on), false
			}
		}
	}
	switch {
	case waits:
		return ""
	case law == GDPR:
		return workingDay(begins.AddMonths(months), holidaysOf(vendor)).String()
	case law == UKGDPR:
		return workingDay(begins.AddMonths(months), unitedKingdom).String()
	case law == CCPA:
		return (begins + store.Day(days)).String()
	}
	return ""
}

// ReceiptDue returns the day by which the law requires the maker to confirm receipt, "" if it does not: under CCPA the tenth
// business day (11 CCR § 7021(a)).
func ReceiptDue(law Law, sent store.Day) string {
	if law != CCPA {
		return ""
	}
	day := sent
	for range 10 {
		day = workingDay(day+1, california)
	}
	return day.String()
}

// answered is the last answer of a maker that ends the wait for one, or changes how long it takes; "" if there is none.
func answered(r store.Request) store.AnswerKind {
	for _, a := range slices.Backward(r.Answers) {
		if a.Kind != store.Note && a.Kind != store.Received {
			return a.Kind
		}
	}
	return ""
}

// Standing is where a request stands besides what exports prove.
type Standing string

// The standings. The first that applies counts.
const (
	IsWithdrawn Standing = "withdrawn" // all that it asked for was restored or withdrawn since
	IsConfirmed Standing = "confirmed" // the maker says that it has deleted everything
	IsRefused   Standing = "refused"
	IsIdentity  Standing = "identity" // the maker asks who the user is
	IsOverdue   Standing = "overdue"
	IsExtended  Standing = "extended"
	IsWaiting   Standing = "" // for an answer, or it is a draft
)

// StandingOf returns where a request stands on now's day.
func StandingOf(r store.Request, now time.Time) Standing {
	last := answered(r)
	switch {
	case r.Status == store.Draft:
		return IsWaiting
	case r.Undone > 0 && r.Undone == r.Recordings:
		return IsWithdrawn
	case last == store.Confirmed || last == store.Refused || last == store.Identity:
		return Standing(last)
	case r.Status != store.Gone && r.DueOn != "" && r.DueOn < now.Format(time.DateOnly):
		return IsOverdue
	case slices.ContainsFunc(r.Answers, func(a store.Answered) bool { return a.Kind == store.Extended }):
		return IsExtended
	}
	return IsWaiting
}

// Overdue reports whether the answer to a request is overdue on now's day: its due day has passed without an answer, and
// no export proves that everything is gone.
func Overdue(r store.Request, now time.Time) bool { return StandingOf(r, now) == IsOverdue }

// WhyNoFollowup says without a full stop why there is no reason to follow up on a request on now's day. It returns "" if
// there is one: an export that proves that something is still there, or an answer that is overdue.
func WhyNoFollowup(r store.Request, now time.Time) string {
	standing := StandingOf(r, now)
	unproved := "no export shows that anything of it is still there"
	switch {
	case r.Status == store.Draft:
		return "it was not sent yet"
	case standing == IsWithdrawn:
		return "all that it asked for was restored since, so there is nothing to complain about"
	case r.StillThere > 0 || standing == IsOverdue:
		return ""
	case r.Status == store.Gone:
		return "an export shows that everything is gone"
	case standing == IsIdentity:
		return unproved + ", and the maker waits to learn who you are"
	case standing == IsConfirmed || standing == IsRefused:
		return unproved + ", and the maker has answered"
	case r.DueOn != "":
		return unproved + ", and an answer is due by " + readableDay(r.DueOn)
	}
	return unproved + ", and no law sets a day for the answer"
}
