package app

import (
	"context"
	"slices"
	"testing"

	"unsaid/store"
)

func TestProposeForAMakerWhoseRangesTakeEveryDevice(t *testing.T) {
	spoken := []string{
		"2025-03-01 10:00:00 one", "2025-03-01 11:00:00 one", "2025-03-03 10:00:00 one", "2025-03-03 12:00:00 two", "2025-03-05 10:00:00 two",
	}
	for _, c := range []struct {
		name     string
		prompted []string // on the account's other device
		before   func(t *testing.T, db *store.DB)
		query    string
		want     []string
	}{
		{
			name: "one device alone", query: "before:2025-03-03",
			want: []string{"Google Assistant: range 2025-03-01 2025-03-01"},
		},
		{
			name: "across days on which there is nothing", query: "before:2025-03-04",
			want: []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
		{
			name: "the other device is in the way of its day alone", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-03 23:59:59 other"},
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, single, single"},
		},
		{
			name: "the other device is in the way of a day between", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "both devices chosen", query: "before:2025-03-04",
			prompted: []string{"2025-03-01 09:00:00 other", "2025-03-02 10:00:00 other"},
			want: []string{
				"Gemini: range 2025-03-01 2025-03-02",
				"Google Assistant: range 2025-03-01 2025-03-03",
			},
		},
		{
			name: "the other device was asked for before", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before:   func(t *testing.T, db *store.DB) { discard(t, db, "device:gemini", true) },
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
		{
			name: "the other device was deleted here alone", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before:   func(t *testing.T, db *store.DB) { discard(t, db, "device:gemini", false) },
			want:     []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "what was purged without asking is in the way, too", query: "before:2025-03-04 device:assistant",
			prompted: []string{"2025-03-02 10:00:00 other"},
			before: func(t *testing.T, db *store.DB) {
				discard(t, db, "device:gemini", false)
				if _, err := db.Purge(context.Background(), 0, nil); err != nil {
					t.Fatal(err)
				}
			},
			want: []string{"Google Assistant: range 2025-03-01 2025-03-01, range 2025-03-03 2025-03-03"},
		},
		{
			name: "another maker is not in the way", query: "before:2025-03-04 source:google",
			before: func(t *testing.T, db *store.DB) {
				hear(t, db, store.Amazon, store.IncomingDevice{Name: "Kitchen", Serial: "G1"}, "2025-03-02 10:00:00 other")
			},
			want: []string{"Google Assistant: range 2025-03-01 2025-03-03"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := library(t)
			hear(t, db, store.Google, assistant, spoken...)
			hear(t, db, store.Google, gemini, c.prompted...)
			if c.before != nil {
				c.before(t, db)
			}
			if got := outlineOf(proposed(t, db, c.query)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
