package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) statsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stats [QUERY]",
		Short: "Count recordings by month, hour, device, person, phrase and kind",
		Long: "Count recordings by local month, by weekday and hour, by device, by who was recognised, by what was said most, and by the " +
			"maker's word for their kind, with how many of them were unintended.",
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			figures, err := db.Figures(ctx, q, a.zone)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(newStatsJSON(&figures))
			}
			return a.showStats(&figures)
		}),
	}
}

// statsJSON is figures as scripts see them. Shares are between 0 and 1.
type statsJSON struct {
	Recordings      int              `json:"recordings"`
	Unintended      int              `json:"unintended"`
	UnintendedShare float64          `json:"unintended_share"`
	Undated         int              `json:"undated"`
	Months          []monthStatsJSON `json:"months"`
	// Weekdays has 24 numbers, by hour, for each of seven days; Monday is the first.
	Weekdays [7][24]int        `json:"weekdays"`
	Devices  []deviceStatsJSON `json:"devices"`
	People   []personStatsJSON `json:"people"`
	Phrases  []phraseStatsJSON `json:"phrases"`
	Kinds    []kindStatsJSON   `json:"kinds"`
}

type monthStatsJSON struct {
	Month           string  `json:"month"`
	Recordings      int     `json:"recordings"`
	Unintended      int     `json:"unintended"`
	UnintendedShare float64 `json:"unintended_share"`
	Total           int     `json:"total"` // of this month and all before it
}

type deviceStatsJSON struct {
	ID              int64   `json:"id"`
	Name            string  `json:"name"`
	Vendor          string  `json:"vendor"`
	Recordings      int     `json:"recordings"`
	Unintended      int     `json:"unintended"`
	UnintendedShare float64 `json:"unintended_share"`
}

type personStatsJSON struct {
	Name       string `json:"name"`
	Recordings int    `json:"recordings"`
}

type phraseStatsJSON struct {
	Words      string `json:"words"`
	Recordings int    `json:"recordings"`
}

type kindStatsJSON struct {
	Kind       *string `json:"kind"`
	Recordings int     `json:"recordings"`
}

func newStatsJSON(f *store.Figures) statsJSON {
	return statsJSON{
		Recordings: f.Recordings, Unintended: f.Unintended, UnintendedShare: share(f.Unintended, f.Recordings), Undated: f.Undated,
		Weekdays: f.Week,
		Months: app.Mapped(f.Months, func(m *store.MonthFigure) monthStatsJSON {
			return monthStatsJSON{monthText(*m), m.Recordings, m.Unintended, share(m.Unintended, m.Recordings), m.Total}
		}),
		Devices: app.Mapped(f.Devices, func(d *store.DeviceFigure) deviceStatsJSON {
			return deviceStatsJSON{d.ID, d.Name, d.Vendor, d.Recordings, d.Unintended, share(d.Unintended, d.Recordings)}
		}),
		People:  app.Mapped(f.People, func(p *store.Figure) personStatsJSON { return personStatsJSON{p.Name, p.Recordings} }),
		Phrases: app.Mapped(f.Phrases, func(p *store.Figure) phraseStatsJSON { return phraseStatsJSON{p.Name, p.Recordings} }),
		Kinds:   app.Mapped(f.Kinds, func(k *store.Figure) kindStatsJSON { return kindStatsJSON{app.OrNull(k.Name), k.Recordings} }),
	}
}

// share is a part of a whole, 0 where there is none.
func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

func monthText(m store.MonthFigure) string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// showStats prints a table for each way of counting.
func (a *application) showStats(f *store.Figures) error {
	if f.Recordings == 0 {
		a.say("no recordings found")
		return nil
	}
	var tables []*table
	begin := func(names ...string) *table {
		tables = append(tables, a.newTable(names...))
		return tables[len(tables)-1]
	}
	counts := func(n, unintended int) []string {
		return []string{strconv.Itoa(n), strconv.Itoa(unintended), fmt.Sprintf("%.1f %%", 100*share(unintended, n))}
	}
	all := begin("ALL", "RECORDINGS", "UNINTENDED", "SHARE")
	all.add(append([]string{""}, counts(f.Recordings, f.Unintended)...)...)
	months := begin("MONTH", "RECORDINGS", "UNINTENDED", "SHARE", "TOTAL")
	for _, m := range f.Months {
		months.add(append(append([]string{monthText(m)}, counts(m.Recordings, m.Unintended)...), strconv.Itoa(m.Total))...)
	}
	devices := begin("DEVICE", "RECORDINGS", "UNINTENDED", "SHARE")
	for _, d := range f.Devices {
		devices.add(append([]string{phrase.Device(d.Device)}, counts(d.Recordings, d.Unintended)...)...)
	}
	hours := begin(append([]string{"HOUR"}, weekdays()...)...)
	for hour := range 24 {
		row := []string{strconv.Itoa(hour)}
		for _, day := range f.Week {
			row = append(row, strconv.Itoa(day[hour]))
		}
		hours.add(row...)
	}
	for _, list := range []struct {
		name    string
		figures []store.Figure
	}{{"PERSON", f.People}, {"PHRASE", f.Phrases}, {"KIND", f.Kinds}} {
		t := begin(list.name, "RECORDINGS")
		for _, figure := range list.figures {
			t.add(cmp.Or(figure.Name, notKnown), strconv.Itoa(figure.Recordings))
		}
	}
	return a.printTables(tables)
}

// weekdays are the names of the days, Monday first.
func weekdays() []string {
	var names []string
	for day := range 7 {
		names = append(names, time.Weekday((day + 1) % 7).String()[:3])
	}
	return names
}

// printTables prints the tables that have more than a heading, with an empty line between two.
func (a *application) printTables(tables []*table) error {
	tables = slices.DeleteFunc(tables, func(t *table) bool { return len(t.rows) == 1 })
	for i, t := range tables {
		if i > 0 {
			if err := a.printLines(""); err != nil {
				return err
			}
		}
		if err := t.print(); err != nil {
			return err
		}
	}
	return nil
}
