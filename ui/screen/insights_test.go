package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
)

// nasty is a library whose names hold one another, are alike, or cannot be typed.
func nasty(t testing.TB) []store.Incoming {
	var all []store.Incoming
	add := func(device store.IncomingDevice, vendor, person, kind string, words ...string) {
		for _, words := range words {
			rec := silent(t, "", fmt.Sprintf("2025-01-0%d 10:%02d:00", 1+len(all)%4, len(all)), words)
			rec.Vendor, rec.Device, rec.Kind, rec.VendorID = vendor, device, kind, fmt.Sprint("id", len(all))
			if person != "" {
				rec.People = []store.IncomingPerson{{ID: person, Name: person}}
			}
			rec.Unintended = words == "heard"
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

// told is recordings with things said twice, people, and one of no known time.
func told(t testing.TB) []store.Incoming {
	again := silent(t, "Bedroom", "2025-03-01 18:00:01", "alexa stop")
	again.People, again.Kind = []store.IncomingPerson{{ID: "p2", Name: "Bob the builder"}}, ""
	lost := silent(t, "Hall", "2025-03-01 18:00:02", "when was that")
	lost.Time, lost.TimeFrom = time.Time{}, store.TimeUnknown
	return append(said(t, 48), silent(t, "Kitchen", "2024-11-05 18:00:00", "Alexa, stop!"), again, lost)
}

// insightsOf are the figures of a library, counted.
func insightsOf(t *testing.T, recordings []store.Incoming) (*common.Common, *insights) {
	t.Helper()
	c, in := commonOf(t, recordings...), newInsights()
	answer(in.Show(c))
	if in.state != counted {
		t.Fatal("not counted")
	}
	return c, in
}

// Each bar and square leads to exactly the recordings that it counts, or says that no search does.
func TestFiguresLeadToTheirRecordings(t *testing.T) {
	for name, want := range map[string]struct {
		library  []store.Incoming
		nameless []string
		opened   int
	}{
		"told": {told(t), nil, 39},
		"nasty": {nasty(t), []string{
			"Devices (none): 2, 0.0 % unintended", `People ": recognised 3 times`, "People (none): recognised 2 times", `Kinds ": 3 times`, "Kinds (none): 2 times",
		}, 55},
	} {
		c, in := insightsOf(t, want.library)
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
				search, is := in.open().(common.SearchFor)
				if !is {
					nameless = append(nameless, in.charts[id].Name+" "+cell.Says)
					continue
				}
				opened++
				query, err := c.ParseSearch(search.Query)
				if err != nil {
					t.Fatal(err)
				}
				if found, err := c.DB.Count(c.Ctx, query); err != nil || found != n {
					t.Errorf("%s: %s, %s: %s finds %d, want %d, %v", name, in.charts[id].Name, cell.Says, search.Query, found, n, err)
				}
			}
		}
		if opened < want.opened {
			t.Errorf("%s: only %d were opened", name, opened)
		}
		if !slices.Equal(nameless, want.nameless) {
			t.Errorf("%s: no search for %q, want %q", name, nameless, want.nameless)
		}
	}
}

// A click means what is drawn there.
func TestClicksMeetWhatIsDrawn(t *testing.T) {
	c, in := insightsOf(t, told(t))
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
		c.Layout = common.NewLayout(size[0], size[1])
		drawn := func(mark string) (x, y int) {
			place, view := in.places(c.Layout)[in.current], in.View(c)
			for y := place.Y; y < place.Y+place.H; y++ {
				line := []rune(ansi.Strip(view[y-2]))
				for x := place.X; x < min(len(line), place.X+place.W); x++ {
					if string(line[x]) == mark {
						return x, y
					}
				}
			}
			t.Fatalf("%v: no %s is drawn\n%s", size, mark, strings.Join(view, "\n"))
			return 0, 0
		}
		for id, mark := range map[chartID]string{monthsChart: "▲", weekChart: "◆"} {
			in.current = id
			for _, i := range []int{0, len(in.charts[id].Cells) / 2, len(in.charts[id].Cells) - 1} {
				in.charts[id].Cursor = i
				x, y := drawn(mark)
				in.charts[id].Cursor = 1
				if in.Press(c, x, y); in.charts[id].Cursor != i {
					t.Errorf("%v: a click on %s %d chose %d", size, in.charts[id].Name, i, in.charts[id].Cursor)
				}
			}
		}
		in.current, in.charts[devicesChart].Cursor = devicesChart, 1
		place := in.places(c.Layout)[devicesChart]
		if _, what := in.Press(c, place.X+3, place.Y+1); what != nil || in.charts[devicesChart].Cursor != 0 {
			t.Errorf("%v: a click chose %d and does %v", size, in.charts[devicesChart].Cursor, what)
		}
		if _, what := in.Press(c, place.X+3, place.Y+1); what == nil {
			t.Errorf("%v: a second click does not open", size)
		}
		if in.Wheel(c, place.X+3, place.Y+1, 1); in.charts[devicesChart].Cursor != 1 {
			t.Errorf("%v: the wheel does not move", size)
		}
	}
	c.Layout = common.NewLayout(80, 24)
	if in.Press(c, 4, 2+int(weekChart)); in.current != weekChart {
		t.Error("a click on a chart's name does not choose it")
	}
}

func TestMovesStayInTheWeek(t *testing.T) {
	c, in := insightsOf(t, told(t))
	in.current = weekChart
	for _, what := range []keys.Action{keys.ToTop, keys.MoveUp, keys.MoveLeft} {
		if in.Move(c, what); in.charts[weekChart].Cursor != 0 {
			t.Errorf("%v leads out of the week, to %d", what, in.charts[weekChart].Cursor)
		}
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
	c, in := commonOf(b), newInsights()
	c.Layout, c.Totals.Recordings = common.NewLayout(200, 60), 1_000_000
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
	in.figures, in.state = f, counted
	in.charts.set(&f)
	for b.Loop() {
		_ = in.View(c)
	}
}
