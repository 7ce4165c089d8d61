package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unsaid/app"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// told is the household with some more to count: things said twice, people, a recording of no known time.
func told() []store.Incoming {
	all := household()
	stop := silent("Kitchen", "2024-11-05 18:00:00", "Alexa, stop!")
	again := silent("Bedroom", "2025-03-01 18:00:01", "alexa stop")
	again.People, again.Kind = []store.IncomingPerson{{ID: "p2", Name: "Bob the builder"}}, ""
	lost := silent("Hall", "2025-03-01 18:00:02", "when was that")
	lost.Time, lost.TimeFrom = time.Time{}, store.TimeUnknown
	return append(all, stop, again, lost)
}

// nasty is a library whose names hold one another, are alike, or cannot be typed.
func nasty() []store.Incoming {
	var all []store.Incoming
	add := func(device store.IncomingDevice, vendor, person, kind string, words ...string) {
		for _, said := range words {
			rec := silent("", fmt.Sprintf("2025-01-0%d 10:%02d:00", 1+len(all)%4, len(all)), said)
			rec.Vendor, rec.Device, rec.Kind, rec.VendorID = vendor, device, kind, fmt.Sprint("id", len(all))
			if person != "" {
				rec.People = []store.IncomingPerson{{ID: person, Name: person}}
			}
			rec.Unintended = said == "heard"
			all = append(all, rec)
		}
	}
	named := func(name, serial string) store.IncomingDevice {
		return store.IncomingDevice{Name: name, Serial: serial}
	}
	add(named("Kitchen", "S1"), store.Amazon, "Ann", "general", "stop", "Stop!", "please stop", "heard")
	add(named("Kitchen 2", "S2"), store.Amazon, "Annabel", "GENERAL", "stop it", "stop", "heard")
	add(named("kitchen", ""), store.Google, "ann", "general purpose", "se\u00f1or", "senor", "Se\u00f1or?")
	add(named("Echo", "S3"), store.Amazon, "Ann \u201cthe boss\u201d", "a  b", "say \"hi\"", "say hi")
	add(named("Echo", "S33"), store.Amazon, `Ann "the boss"`, "a b", "it's", "it s", "its", "its")
	add(named("S1", "S4"), store.Amazon, "=Ann", "=", "-stop", "device:kitchen", "Device: Kitchen")
	add(named(`the "big" one`, "S5"), store.Amazon, `"`, `"`, "\U0001f600", "\U0001f600 hi", "hi \U0001f600")
	add(named("the big one", "S6"), store.Amazon, " Ann ", "caf\u00e9", "a\u00a0b", "a b", "a\tb")
	add(named("\U0001f600", "S7"), store.Amazon, "\U0001f600", "\U0001f600", "!?", "?!", "7", "7")
	add(named("\u05e9\u05dc\u05d5\u05dd kit\ufffdchen", "S8"), store.Amazon, "A\u00a0B", "x\u00a0y", "\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd", "a\ufffdb", "a \ufffd b")
	add(named("", ""), store.Files, "", "", "", "", "no:kind", "NO kind")
	add(named("", "S9"), store.Amazon, "-Ann", "-general", `"stop" "it"`)
	add(named("\x01", ""), store.HomeAssistant, "\x01", "\x01", "x:y z", "X y, z")
	return all
}

// Each bar and square leads to exactly the recordings that it counts, or says that no search does.
func TestFiguresLeadToTheirRecordings(t *testing.T) {
	for name, c := range map[string]struct {
		library  []store.Incoming
		nameless []string
		opened   int
	}{
		"told": {told(), nil, 50},
		"nasty": {nasty(), []string{
			"Devices (none): 2, 0.0 % unintended", `People ": recognised 3 times`, "People (none): recognised 2 times", `Kinds ": 3 times`, "Kinds (none): 2 times",
		}, 55},
	} {
		sitDown(t, c.library, func(u *user) {
			u.press("6")
			in := &u.app.insights
			opened := 0
			var nameless []string
			for id := range charts {
				for i, cell := range in.charts[id].Cells {
					n := cell.Value
					switch {
					case id == unintendedChart:
						n = in.figures.Months[i].Unintended
					case id == weekChart && n == 0 && i%24 > 0:
						continue // one empty hour of each day will do
					}
					in.current, in.charts[id].Cursor = id, i
					u.press("enter")
					if cell.Term == "" {
						u.sees("There is no search for this name")
						nameless = append(nameless, in.charts[id].Name+" "+cell.Says)
						continue
					}
					if u.app.screen != keys.LibraryScreen || len(u.app.library.list.ids) != n || u.app.library.wrong != nil {
						t.Errorf("%s: %s, %s: %s finds %d, want %d", name, in.charts[id].Name, cell.Says, cell.Term, len(u.app.library.list.ids), n)
					}
					opened++
					u.press("6")
				}
			}
			if opened < c.opened {
				t.Errorf("%s: only %d were opened", name, opened)
			}
			if !slices.Equal(nameless, c.nameless) {
				t.Errorf("%s: no search for %q, want %q", name, nameless, c.nameless)
			}
		})
	}
}

func TestInsightsAreCountedWhenTheyAreShown(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		in := &u.app.insights
		if in.state != notCounted {
			t.Error("counted before anybody asked")
		}
		u.give(key("6"))
		u.seesNot("counting", "recordings  ")
		u.give(slowMsg{in.asked})
		u.sees("counting …")
		u.settle()
		u.sees("All 48 recordings")
		u.seesNot("counting")
		u.pass(time.Second) // the wait is over, too, but so is the counting
		u.sees("All 48 recordings")
		u.press("1", "6")
		if u.give(slowMsg{in.asked}); in.state != counted {
			t.Error("counted again, with nothing changed")
		}
		u.press("1", "d", "enter", "6")
		u.sees("All 47 recordings")
		u.press("u")
		u.sees("All 48 recordings")
		u.give(figuresMsg{figuresQuestion{u.app.Epoch, "jazz"}, store.Figures{Recordings: 9999}, nil})
		u.sees("All 48 recordings")
	})
}

func TestFailedCountIsToldAndTriedAgain(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.give(key("6"))
		u.give(figuresMsg{u.app.insights.asked, store.Figures{}, errors.New("the disk is gone")})
		u.sees("the disk is gone", "could not be counted")
		u.app.insights.asked.epoch-- // the answer that is still on its way comes too late
		u.settle()
		u.press("6")
		u.sees("All 48 recordings")
	})
}

func TestInsightsFollowTheSearchIfAsked(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("6", "f")
		u.sees("There is no search to count by", "All 48 recordings")
		u.press("/")
		u.write("device:bedroom device:kitchen alar")
		u.press("enter", "6")
		u.sees("All 48 recordings")
		u.press("f")
		u.sees("40 of 48 recordings found by device:bedroom device:kitchen alar")
		u.press("J", "J", "J", "J", "enter")
		u.sees("device:=Bedroom alar", "40 recordings found")
		u.press("6") // what is counted is still the search of before
		u.sees("40 of 48 recordings found by device:bedroom device:kitchen alar")
		u.press("esc")
		u.sees("All 48 recordings")
		u.press("/", "esc", "esc", "/")
		u.write("hour:25")
		u.press("enter", "6", "f")
		u.sees("hours are written as", "All 48 recordings")
		u.press("/", "esc")
		u.write("nobody")
		u.press("enter", "6", "f")
		u.sees("The search finds nothing to count", "0 of 48 recordings found by nobody")
	})
}

func TestInsightsOfNothing(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.press("6", "j", "J", "enter")
		u.sees("Here your recordings are counted", "i import")
	})
	sitDown(t, household()[:1], func(u *user) {
		u.press("d", "enter", "6", "enter")
		u.sees("in the trash", "All 0 recordings")
	})
}

func TestMovingInAndBetweenCharts(t *testing.T) {
	sitDown(t, told(), func(u *user) {
		u.press("6")
		u.sees("Mar 2025: 5 recordings")
		u.press("h", "h")
		u.sees("Jan 2025: ")
		u.press("j") // months go on to the next chart, at the same month
		u.sees("Jan 2025: 0.0 %, 0 of ")
		u.press("J", "G")
		u.sees("up to Nov 2024: 1 recording")
		u.press("pgdown", "j")
		u.sees("Week", "most (")
		in := &u.app.insights
		in.charts[weekChart].Cursor = 0
		u.press("k", "h")
		u.sees("Mon 0:00–0:59: 0 recordings")
		u.press("l", "j", "j")
		u.sees("Wed 1:00–1:59: 0 recordings")
		u.press("G", "l", "j")
		u.sees("Sun 23:00–23:59")
		u.press("J")
		u.isAtChart("Bedroom")
		u.press("j", "j")
		u.isAtChart("Phone")
		u.press("J")
		u.isAtChart("alexa stop")
		u.press("]")
		u.isAtChart("Anna")
		u.press("]", "]", "[", "[")
		u.isAtChart("Anna")
		u.press("K", "K")
		u.isAtChart("Phone") // each chart keeps its cursor
	})
}

// A click means what is drawn there.
func TestClicksMeetWhatIsDrawn(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		sitDown(t, told(), func(u *user) {
			u.terminal(size[0], size[1])
			u.press("6")
			in := &u.app.insights
			drawn := func(mark string) (x, y int) {
				place := in.places(u.app.Layout)[in.current]
				for y := place.Y; y < place.Y+place.H; y++ {
					line := []rune(u.row(y))
					for x := place.X; x < min(len(line), place.X+place.W); x++ {
						if string(line[x]) == mark {
							return x, y
						}
					}
				}
				t.Fatalf("%v: no %s is drawn\n%s", size, mark, u.screen())
				return 0, 0
			}
			for id, mark := range map[chartID]string{monthsChart: "▲", weekChart: "◆"} {
				in.current = id
				for _, i := range []int{0, 2, len(in.charts[id].Cells) - 1} {
					in.charts[id].Cursor = i
					x, y := drawn(mark)
					in.charts[id].Cursor = 1
					if u.click(x, y); in.charts[id].Cursor != i {
						t.Errorf("%v: a click on %s %d chose %d", size, in.charts[id].Name, i, in.charts[id].Cursor)
					}
				}
			}
			in.current, in.charts[devicesChart].Cursor = devicesChart, 1
			place := in.places(u.app.Layout)[devicesChart]
			u.click(place.X+3, place.Y+1)
			u.isAtChart("Bedroom")
			u.click(place.X+3, place.Y+1) // and again opens
			if u.app.screen != keys.LibraryScreen {
				t.Errorf("%v: a second click does not open", size)
			}
			u.sees("device:=Bedroom")
			u.press("6")
			u.wheel(place.X+3, place.Y+1)
			u.isAtChart("Kitchen")
		})
	}
	sitDown(t, told(), func(u *user) {
		u.press("6")
		u.click(4, 2+int(weekChart))
		u.sees("░")
		u.click(62, 0) // Insights' own tab
		u.click(3, 0)
		if u.app.screen != keys.LibraryScreen {
			t.Error("a click on a screen's name does not open it")
		}
	})
}

// isAtChart fails the test unless the cursor of the chart with the keys is on a label.
func (u *user) isAtChart(label string) {
	u.Helper()
	c := &u.app.insights.charts[u.app.insights.current]
	if at, ok := c.Selected(); !ok || at.Label != label {
		u.Fatalf("the cursor is on %q, want %q", at.Label, label)
	}
}

func TestChartsDoNotOverlap(t *testing.T) {
	in := newInsights()
	for w := common.MinWidth; w <= 250; w++ {
		for h := common.MinHeight; h <= 80; h++ {
			l := common.NewLayout(w, h)
			places := in.places(l)
			for id, place := range places {
				if place.H == 0 {
					continue
				}
				if place.X < 0 || place.Y < 2 || place.X+place.W > w || place.Y+place.H > h-2 || place.W < 40 || place.H < 4 {
					t.Fatalf("%d×%d: chart %d at %+v", w, h, id, place)
				}
				for other := range id {
					if place.Overlaps(places[other]) {
						t.Fatalf("%d×%d: charts %d and %d overlap", w, h, id, other)
					}
				}
			}
		}
	}
}

func BenchmarkInsightsView(b *testing.B) {
	app := newApp(b.Context(), Options{App: &app.App{Zone: time.UTC, Now: time.Now}})
	app.Update(tea.WindowSizeMsg{Width: 200, Height: 60})
	f := store.Figures{Recordings: 1_000_000}
	for month := range 120 {
		f.Months = append(f.Months, store.MonthFigure{Year: 2015 + month/12, Month: time.Month(1 + month%12), Recordings: 500 + month*7%90, Unintended: month % 40, Total: 600 * month})
	}
	for hour := range 7 * 24 {
		f.Week[hour/24][hour%24] = hour * 31 % 97
	}
	for i := range store.MostPhrases {
		f.Phrases = append(f.Phrases, store.Figure{Name: strings.Repeat("what time is it ", 1+i%12), Recordings: 1000 - i})
	}
	app.insights.figures, app.insights.state, app.screen, app.Counted = f, counted, keys.InsightsScreen, true
	app.Totals.Recordings = 1_000_000
	app.insights.charts.set(&f)
	for b.Loop() {
		_ = app.View()
	}
}
