package screen

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
	"unsaid/ui/common"
)

// Each day of the screen is where a click on it goes, whatever the size and the view.
func TestClickOnADayGoesThere(t *testing.T) {
	c := commonOf(t, said(t, 48)...)
	cal := newCalendar(c)
	answer(cal.Load(c))
	// drawn is where on the screen the cursor stands.
	drawn := func(mark string) (x, y int) {
		for y, line := range cal.View(c) {
			if before, _, found := strings.Cut(ansi.Strip(line), mark); found {
				return len([]rune(before)), y + 2
			}
		}
		t.Fatalf("no %s is drawn", mark)
		return 0, 0
	}
	for _, years := range []bool{false, true} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}} {
			cal.years, c.Layout = years, common.NewLayout(size[0], size[1])
			cal.Resize(c.Layout)
			for _, day := range []store.Day{store.NewDay(2025, 3, 1), store.NewDay(2025, 2, 28), store.NewDay(2025, 2, 1), store.NewDay(2025, 2, 28)} {
				cal.choose(day)
				x, y := drawn(map[bool]string{false: "▐", true: "◆"}[years])
				cal.choose(day - 1)
				if _, _, date := day.Date(); date == 1 && size[0] == 60 && !years {
					continue // the month before is the only one shown then
				}
				if cal.Press(c, x, y); cal.cursor != day {
					t.Errorf("years %v at %v: a click on %s, at %d, %d, goes to %s", years, size, day, x, y, cal.cursor)
				}
			}
			for y := range size[1] { // not a day of another month or year, nor a panic, anywhere
				for x := range size[0] {
					if day, ok := cal.dayAt(c.Layout, x, y); ok && day == 0 {
						t.Fatalf("%d, %d is %v", x, y, day)
					}
				}
			}
		}
	}
}
