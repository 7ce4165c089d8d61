package importer

import (
	"context"
	"slices"
	"testing"
	"time"

	"unsaid/store"
)

func zonedPage(dates ...string) files {
	var cells []string
	for _, date := range dates {
		cells = append(cells, takeoutCells("Assistant", "Said x", date))
	}
	return files{assistantFolder + "MyActivity.html": takeoutPageOf(cells...)}
}

func timesOf(c *collector) []string {
	var times []string
	for _, r := range c.recordings {
		times = append(times, r.Time.UTC().Format("2006-01-02T15:04"))
	}
	return times
}

func TestTakeoutZoneIsSettledOnceForAPage(t *testing.T) {
	india := zonedPage("10 Jan 2025, 01:45:00 IST", "5 Jul 2025, 00:07:41 IST")
	want := []string{"2025-01-09T20:15", "2025-07-04T18:37"}
	for _, zone := range []string{"Asia/Kolkata", "+05:30", "GMT+5:30"} {
		given, err := ParseZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		if c := collect(t, india, Options{DateZone: given}); !slices.Equal(timesOf(c), want) {
			t.Errorf("%s: %v %+v", zone, timesOf(c), c.members)
		}
	}
	var asked []ZoneQuestion
	answer, _ := ParseZone("Asia/Kolkata")
	ask := func(_ context.Context, q ZoneQuestion) (*time.Location, error) {
		asked = append(asked, q)
		return answer, nil
	}
	if c := collect(t, india, Options{AskZone: ask}); !slices.Equal(timesOf(c), want) || len(asked) != 1 {
		t.Errorf("%v, asked %+v", timesOf(c), asked)
	}
	if q := asked[0]; q.Abbreviation != "IST" || q.Date != "10 Jan 2025, 01:45:00 IST" || !slices.Contains(q.Candidates, "Asia/Kolkata") {
		t.Errorf("%+v", q)
	}
	answer = nil
	c := collect(t, india, Options{AskZone: ask})
	if o, reason := c.outcome(assistantFolder + "MyActivity.html"); o != store.MemberFailed || len(c.recordings) > 0 {
		t.Errorf("%s %+v", o, c.recordings)
	} else {
		mustContain(t, reason, "IST", "Asia/Kolkata")
	}
	newYork, _ := ParseZone("America/New_York")
	c = collect(t, india, Options{DateZone: newYork})
	if _, reason := c.outcome(assistantFolder + "MyActivity.html"); len(c.recordings) > 0 {
		t.Errorf("%v", timesOf(c))
	} else {
		mustContain(t, reason, "not a time of America/New_York")
	}
}

func TestTakeoutZoneThatIsKnownIsNotAskedFor(t *testing.T) {
	kolkata, _ := ParseZone("Asia/Kolkata")
	c := collect(t, zonedPage("Dec 25, 2020, 9:30:00 AM BST", "Jul 1, 2021, 8:00:00 AM BST", "Jan 1, 2021, 8:00:00 AM PDT"), Options{DateZone: kolkata})
	if want := []string{"2020-12-25T08:30", "2021-07-01T07:00", "2021-01-01T15:00"}; !slices.Equal(timesOf(c), want) {
		t.Errorf("%v", timesOf(c))
	}
	// An American page means Chicago's, unless the user says Shanghai's.
	shanghai, _ := ParseZone("Asia/Shanghai")
	for want, o := range map[string]Options{"2020-12-25T15:30": {}, "2020-12-25T01:30": {DateZone: shanghai}} {
		if c := collect(t, zonedPage("Dec 25, 2020, 9:30:00 AM CST"), o); !slices.Equal(timesOf(c), []string{want}) {
			t.Errorf("%v, want %s", timesOf(c), want)
		}
	}
}

func TestTakeoutDatesWithoutAZone(t *testing.T) {
	old, recent := "Dec 25, 2016, 9:30:00 AM", "Jul 1, 2021, 8:00:00 AM"
	berlin, _ := ParseZone("Europe/Berlin")
	if c := collect(t, zonedPage(old), Options{}); !slices.Equal(timesOf(c), []string{"2016-12-25T09:30"}) {
		t.Errorf("an old page: %v", timesOf(c))
	}
	if c := collect(t, zonedPage(old, recent), Options{}); len(c.recordings) > 0 {
		t.Errorf("a page that reaches beyond 2018: %v", timesOf(c))
	}
	if c := collect(t, inFolder("takeout-20240516T230250Z-001", zonedPage(old)), Options{}); len(c.recordings) > 0 {
		t.Errorf("old entries in a page of 2024: %v", timesOf(c))
	}
	if c := collect(t, zonedPage(old, recent), Options{DateZone: berlin}); !slices.Equal(timesOf(c), []string{"2016-12-25T08:30", "2021-07-01T06:00"}) {
		t.Errorf("by the user's word: %v", timesOf(c))
	}
}

func TestTakeoutDatesInNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		dates, want []string
		o           Options
	}{
		"a page that proves the month first": {[]string{"02/04/2024, 10:54:09 p. m. UTC", "01/31/2024, 10:54:09 p. m. UTC"}, []string{"2024-02-04T22:54", "2024-01-31T22:54"}, Options{}},
		"a page that proves the day first":   {[]string{"10/04/2024, 10:54:09 p. m. UTC", "31/01/2024, 10:54:09 p. m. UTC"}, []string{"2024-04-10T22:54", "2024-01-31T22:54"}, Options{}},
		"a page that proves nothing":         {[]string{"02/04/2024, 10:54:09 p. m. UTC"}, nil, Options{}},
		"the user's word":                    {[]string{"02/04/2024, 10:54:09 p. m. UTC"}, []string{"2024-02-04T22:54"}, Options{Map: map[string]string{"dates": MonthFirst}}},
	} {
		if got := timesOf(collect(t, zonedPage(c.dates...), c.o)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
