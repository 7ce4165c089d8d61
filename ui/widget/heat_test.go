package widget

import "testing"

func TestHeatGivesEachShadeAsManyDays(t *testing.T) {
	days := map[int]int{}
	for i, n := range []int{1, 1, 2, 3, 5, 8, 13, 400} {
		days[i] = n
	}
	h := NewHeat(days)
	for n, want := range map[int]string{0: "·", 1: "░", 2: "▒", 3: "▒", 4: "▓", 8: "▓", 9: "█", 400: "█"} {
		if got := h.Shade(n); got != want {
			t.Errorf("%d of a day are %s, want %s", n, got, want)
		}
	}
	if got, want := h.Legend(), "░ 1  ▒ 2–3  ▓ 4–8  █ 9–400  a day"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if h := NewHeat(map[int]int{1: 7}); h.Shade(7) != "█" || h.Legend() != "█ 1–7  a day" {
		t.Errorf("of a single day: %s, %s", h.Shade(7), h.Legend())
	}
}
