package importer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unsaid/store"
)

// spelledRows is a table with these dates.
func spelledRows(dates ...string) string {
	var b strings.Builder
	b.WriteString("Timestamp,Transcript,utteranceId\n")
	for _, d := range dates {
		fmt.Fprintf(&b, "%s,play jazz,\n", d)
	}
	return b.String()
}

func TestDateOrderIsDecidedFromTheWholeColumn(t *testing.T) {
	// Rising when read day first, to and fro when read month first.
	rising := []string{"03/04/2025 10:00", "07/04/2025 10:00", "12/04/2025 10:00", "01/05/2025 10:00", "02/06/2025 10:00", "11/06/2025 10:00", "12/06/2025 10:00"}
	falling := slices.Clone(rising)
	slices.Reverse(falling)
	dayFirst := Options{Map: map[string]string{"dates": "day-first"}}
	for name, c := range map[string]struct {
		data    string
		options Options
		want    time.Time
	}{
		"month first":   {spelledRows("03/04/2025 10:00", "03/25/2025 10:00"), Options{}, utc(2025, 3, 4, 10, 0, 0)},
		"day first":     {spelledRows("03/04/2025 10:00", "25/04/2025 10:00"), Options{}, utc(2025, 4, 3, 10, 0, 0)},
		"both the same": {spelledRows("03/03/2025 10:00"), Options{}, utc(2025, 3, 3, 10, 0, 0)},
		"said to be":    {spelledRows("03/04/2025 10:00"), dayFirst, utc(2025, 4, 3, 10, 0, 0)},
		"rising":        {spelledRows(rising...), Options{}, utc(2025, 4, 3, 10, 0, 0)},
		"falling":       {spelledRows(falling...), Options{}, utc(2025, 6, 12, 10, 0, 0)},
		"by identifiers": {
			"Timestamp,Transcript,utteranceId\n02/03/2021 21:17,hi," + strings.Replace(testUtterance, "/02/02/", "/03/02/", 1) + "\n",
			Options{},
			utc(2021, 3, 2, 21, 17, 0),
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := collect(t, files{"t.csv": c.data}, c.options)
			if len(got.recordings) == 0 || !got.recordings[0].Time.Equal(c.want) {
				t.Fatalf("%+v %+v", got.recordings, got.members)
			}
			if _, reason := got.outcome("t.csv"); reason != "" {
				t.Errorf("reason %q", reason)
			}
		})
	}
}

func TestDatesThatProveNothingAreNotGuessed(t *testing.T) {
	for name, dates := range map[string][]string{
		"one":   {"03/04/2025 10:00"},
		"few":   {"03/04/2025 10:00", "04/04/2025 10:00", "05/04/2025 10:00"},
		"mixed": {"03/25/2025 10:00", "25/03/2025 10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			c := collect(t, files{"t.csv": spelledRows(dates...), "u.csv": spelledRows("2025-03-04 10:00")}, Options{})
			outcome, reason := c.outcome("t.csv")
			if outcome != store.MemberFailed || len(c.recordings) != 1 {
				t.Errorf("%s %q, %d recordings", outcome, reason, len(c.recordings))
			}
			if remedy := c.remedy("t.csv"); remedy != store.OrderDates {
				t.Errorf("remedy %q", remedy)
			}
		})
	}
}

func TestDatesAreAskedForOnce(t *testing.T) {
	db, dir := openLibrary(t), onDisk(t, files{"t.csv": spelledRows("03/04/2025 10:00", "05/04/2025 10:00")})
	asked := 0
	o := Options{Paths: []string{dir}, AskDates: func(_ context.Context, member string, dates []string) (string, error) {
		asked++
		if member != "t.csv" || !slices.Equal(dates, []string{"03/04/2025 10:00", "05/04/2025 10:00"}) {
			t.Errorf("asked of %s, %q", member, dates)
		}
		return "", nil
	}}
	if _, err := Run(t.Context(), db, o); store.RemedyOf(err) != store.OrderDates {
		t.Errorf("nobody knows: %v", err)
	}
	answer := o.AskDates
	o.AskDates = func(ctx context.Context, member string, dates []string) (string, error) {
		_, err := answer(ctx, member, dates)
		return "day-first", err
	}
	mustRun(t, db, o)
	o.AskDates = nil
	mustRun(t, db, o) // remembered
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
	page, err := db.Page(t.Context(), store.Query{}, 10, 0)
	if err != nil || len(page) != 2 || !page[1].Time.Equal(utc(2025, 4, 3, 10, 0, 0)) {
		t.Errorf("%+v, %v", page, err)
	}
}
