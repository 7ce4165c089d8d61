package deletion

import (
	"testing"
	"time"

	"unsaid/store"
)

func TestDue(t *testing.T) {
	for _, c := range []struct {
		law        Law
		sent, want string
	}{
		{GDPR, "2025-03-15", "2025-04-15"},
		{GDPR, "2025-01-31", "2025-02-28"},
		{GDPR, "2024-01-31", "2024-02-29"},
		{GDPR, "2024-01-29", "2024-02-29"},
		{GDPR, "2025-03-31", "2025-04-30"},
		{UKGDPR, "2025-12-31", "2026-01-31"},
		{CCPA, "2025-01-01", "2025-02-15"},
		{CCPA, "2024-01-31", "2024-03-16"},
		{LGPD, "2025-01-01", ""},
		{Plain, "2025-01-01", ""},
		{"", "2025-01-01", ""},
	} {
		sent, err := store.ParseDay(c.sent)
		if err != nil {
			t.Fatal(err)
		}
		if got := Due(c.law, sent); got != c.want {
			t.Errorf("%s sent on %s is due on %q, want %q", c.law, c.sent, got, c.want)
		}
	}
}

// The day counts where the letter was sent, and is not moved by a midnight that clocks skip.
func TestDueIsALocalDay(t *testing.T) {
	saoPaulo := zone(t, "America/Sao_Paulo")
	sent := time.Date(2018, 10, 4, 23, 30, 0, 0, saoPaulo) // the 5th in UTC
	if got := Due(GDPR, store.DayOf(sent, saoPaulo)); got != "2018-11-04" {
		t.Errorf("due on %s", got)
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
