package deletion

import (
	"slices"
	"testing"
	"time"

	"unsaid/store"
)

func TestDue(t *testing.T) {
	extended := store.Answered{Kind: store.Extended, On: "2025-02-10"}
	asks := store.Answered{Kind: store.Identity, On: "2025-02-03"}
	told := store.Answered{Kind: store.Identified, On: "2025-02-05"}
	for _, c := range []struct {
		law        Law
		vendor     string
		sent, want string
		answers    []store.Answered
	}{
		{GDPR, store.Amazon, "2025-03-14", "2025-04-14", nil},
		{GDPR, store.Amazon, "2025-01-31", "2025-02-28", nil}, // the month has no 31st
		{GDPR, store.Amazon, "2024-01-31", "2024-02-29", nil},
		{GDPR, store.Amazon, "2024-01-29", "2024-02-29", nil},
		{GDPR, store.Amazon, "2025-03-31", "2025-04-30", nil},
		{GDPR, store.Amazon, "2026-02-01", "2026-03-02", nil}, // 1 March is a Sunday
		{GDPR, store.Amazon, "2026-01-30", "2026-03-02", nil}, // 28 February is a Saturday
		{GDPR, store.Amazon, "2025-03-21", "2025-04-22", nil}, // Easter Monday
		{GDPR, store.Amazon, "2025-04-01", "2025-05-02", nil}, // 1 May
		{GDPR, store.Amazon, "2025-11-25", "2025-12-29", nil}, // Christmas, and the weekend after it
		{GDPR, store.Amazon, "2025-12-01", "2026-01-02", nil},
		{GDPR, store.Amazon, "2025-05-23", "2025-06-24", nil}, // Luxembourg's national day
		{GDPR, store.Google, "2025-05-23", "2025-06-23", nil},
		{GDPR, store.Google, "2026-02-17", "2026-03-18", nil}, // St Patrick's Day
		{GDPR, store.Google, "2025-09-27", "2025-10-28", nil}, // the last Monday of October
		{GDPR, store.Amazon, "2025-02-01", "2025-05-02", []store.Answered{extended}},
		{GDPR, store.Amazon, "2025-02-01", "", []store.Answered{asks}},
		{GDPR, store.Amazon, "2025-02-01", "2025-03-05", []store.Answered{asks, told}},
		{UKGDPR, store.Amazon, "2025-12-30", "2026-01-30", nil},
		{UKGDPR, store.Amazon, "2021-11-26", "2021-12-29", nil}, // 25 and 26 December on a weekend: the 27th and 28th
		{UKGDPR, store.Amazon, "2025-07-25", "2025-08-26", nil}, // the last Monday of August
		{UKGDPR, store.Amazon, "2025-03-18", "2025-04-22", nil}, // Good Friday to Easter Monday
		{CCPA, store.Amazon, "2025-01-01", "2025-02-15", nil},
		{CCPA, store.Amazon, "2024-01-31", "2024-03-16", nil},
		{CCPA, store.Amazon, "2025-02-01", "2025-05-02", []store.Answered{extended}},
		{LGPD, store.Amazon, "2025-01-01", "", nil},
		{Plain, store.Amazon, "2025-01-01", "", nil},
		{"", store.Amazon, "2025-01-01", "", nil},
	} {
		sent, err := store.ParseDay(c.sent)
		if err != nil {
			t.Fatal(err)
		}
		if got := Due(c.law, c.vendor, sent, c.answers); got != c.want {
			t.Errorf("%s sent to %s on %s is due on %q, want %q", c.law, c.vendor, c.sent, got, c.want)
		}
	}
}

// The day counts where the letter was sent, and is not moved by a midnight that clocks skip.
func TestDueIsALocalDay(t *testing.T) {
	saoPaulo := zone(t, "America/Sao_Paulo")
	sent := time.Date(2018, 10, 3, 23, 30, 0, 0, saoPaulo) // the 4th in UTC
	if got := Due(CCPA, store.Amazon, store.DayOf(sent, saoPaulo), nil); got != "2018-11-17" {
		t.Errorf("due on %s", got)
	}
}

func TestReceiptDue(t *testing.T) {
	for sent, want := range map[string]string{
		"2025-06-02": "2025-06-16",
		"2025-06-25": "2025-07-10", // 4 July
		"2025-11-20": "2025-12-05", // Thanksgiving
	} {
		day, err := store.ParseDay(sent)
		if err != nil {
			t.Fatal(err)
		}
		if got := ReceiptDue(CCPA, day); got != want {
			t.Errorf("receipt of what was sent on %s is due on %s, want %s", sent, got, want)
		}
	}
	if got := ReceiptDue(GDPR, store.NewDay(2025, 6, 2)); got != "" {
		t.Errorf("under GDPR on %s", got)
	}
}

func TestEaster(t *testing.T) {
	for _, day := range []string{"2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"} {
		d, err := store.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		year, _, _ := d.Date()
		if got := easter(year); got != d {
			t.Errorf("%s, want %s", got, day)
		}
	}
}

func TestStandingAndFollowup(t *testing.T) {
	before, on, after := at(t, time.UTC, "2025-04-13 23:59:59"), at(t, time.UTC, "2025-04-14 23:59:59"), at(t, time.UTC, "2025-04-15 00:00:00")
	sent := store.Request{Status: store.Sent, SentOn: "2025-03-14", DueOn: "2025-04-14", Recordings: 2}
	with := func(change func(*store.Request)) store.Request {
		r := sent
		change(&r)
		return r
	}
	answers := func(kinds ...store.AnswerKind) store.Request {
		return with(func(r *store.Request) {
			for _, k := range kinds {
				r.Answers = append(r.Answers, store.Answered{Kind: k, On: "2025-03-20"})
			}
		})
	}
	for name, c := range map[string]struct {
		request  store.Request
		now      time.Time
		standing Standing
		followup bool
	}{
		"a day before":                        {sent, before, IsWaiting, false},
		"on the due day":                      {sent, on, IsWaiting, false},
		"the day after":                       {sent, after, IsOverdue, true},
		"a draft":                             {store.Request{Status: store.Draft}, after, IsWaiting, false},
		"no due day":                          {with(func(r *store.Request) { r.DueOn = "" }), after, IsWaiting, false},
		"proof before the due day":            {with(func(r *store.Request) { r.Status, r.StillThere = store.StillThere, 1 }), before, IsWaiting, true},
		"gone":                                {with(func(r *store.Request) { r.Status, r.Gone = store.Gone, 2 }), after, IsWaiting, false},
		"undone":                              {with(func(r *store.Request) { r.Undone = 2 }), after, IsWithdrawn, false},
		"undone in part":                      {with(func(r *store.Request) { r.Undone = 1 }), after, IsOverdue, true},
		"receipt and a note are no answer":    {answers(store.Received, store.Note), after, IsOverdue, true},
		"confirmed":                           {answers(store.Confirmed), after, IsConfirmed, false},
		"refused, then confirmed":             {answers(store.Refused, store.Confirmed, store.Note), after, IsConfirmed, false},
		"refused":                             {answers(store.Refused), after, IsRefused, false},
		"asks who the user is":                {answers(store.Identity), after, IsIdentity, false},
		"extended":                            {answers(store.Extended), before, IsExtended, false},
		"confirmed, but an export has it yet": {with(func(r *store.Request) { r.StillThere = 1; r.Answers = answers(store.Confirmed).Answers }), before, IsConfirmed, true},
	} {
		if got := StandingOf(c.request, c.now); got != c.standing {
			t.Errorf("%s: stands at %q, want %q", name, got, c.standing)
		}
		if why := WhyNoFollowup(c.request, c.now); (why == "") != c.followup {
			t.Errorf("%s: why no follow-up: %q", name, why)
		}
	}
}

func TestParseLaw(t *testing.T) {
	for _, law := range Laws() {
		if got, err := ParseLaw(string(law)); err != nil || got != law {
			t.Errorf("%s: %q, %v", law, got, err)
		}
	}
	if _, err := ParseLaw("hipaa"); err == nil {
		t.Error("an unknown law is accepted")
	}
}

func TestHolidaysOfAYear(t *testing.T) {
	var got []string
	for _, d := range slices.Sorted(slices.Values(ireland.in(2025))) {
		got = append(got, d.Format("01-02"))
	}
	want := []string{"01-01", "02-03", "03-17", "04-21", "05-05", "06-02", "08-04", "10-27", "12-25", "12-26"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
