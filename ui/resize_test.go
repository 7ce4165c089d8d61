package ui

import (
	"fmt"
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"

	"unsaid/ui/common"
)

// everyView is the keys to every screen and dialog, from the screens as they stand in [visitAll].
func everyView() [][]string {
	return [][]string{
		{"1"},
		{"1", "G", "k", "k", "k"},
		{"1", "ctrl+d", "V", "j"},
		{"1", "enter"},
		{"1", "x", "x", "d"},
		{"1", "x", "M"},
		{"1", "/"},
		{"1", "/", "i", "s", ":"},
		{"1", "/", "h", "o", "u", "r", ":", "9", "9"},
		{"1", "f"},
		{"1", "f", "j", "enter"},
		{"1", "b"},
		{"1", "S"},
		{"1", "J"},
		{"1", "e"},
		{"1", "D"},
		{"2"},
		{"2", "d"},
		{"2", "n"},
		{"2", "m"},
		{"2", "f"},
		{"3"},
		{"3", "p"},
		{"3", "z"},
		{"3", "z", "enter"},
		{"3", "enter", "j"},
		{"4"},
		{"4", "enter", "j"},
		{"4", "P"},
		{"5"},
		{"5", "enter", "j"},
		{"5", "s"},
		{"6"},
		{"6", "J", "J", "J", "j"},
		{"6", "J"},
		{"1", ":"},
		{"1", "?"},
		{"1", "?", "G"},
		{"1", "i"},
		{"1", "i", "tab"},
		{"1", "i", "a"},
		{"1", "A"},
	}
}

// visitAll runs a story on every screen and in every dialog, with something on each of them.
func visitAll(t *testing.T, story func(u *user, where string)) {
	t.Helper()
	sitDown(t, household(), func(u *user) {
		u.press("d", "enter", "d", "enter", "5", "w", "1", "space")
		for _, open := range everyView() {
			u.press(open...)
			story(u, fmt.Sprint(open))
			u.settle()
			u.press("esc", "esc", "esc", "esc", "1", "g")
		}
	})
}

// Whatever a terminal goes through, it is filled, and shows what it showed when it is as large as before.
func TestWildSizesLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	between := func(least, most int) int { return least + random.IntN(most-least+1) }
	visitAll(t, func(u *user, where string) {
		for _, home := range [][2]int{{80, 24}, {130, 40}} {
			u.terminal(home[0], home[1])
			before := u.screen()
			sizes := [][2]int{{0, 0}, {1, 1}, {common.MinWidth, common.MinHeight}, {250, 80}}
			for range 1 {
				sizes = append(sizes, [2]int{between(common.MinWidth, 110), between(common.MinHeight, 30)}, [2]int{between(common.MinWidth, 300), between(common.MinHeight, 100)},
					[2]int{between(0, 300), between(0, 100)})
			}
			for _, i := range random.Perm(len(sizes)) {
				u.give(tea.WindowSizeMsg{Width: sizes[i][0], Height: sizes[i][1]})
				u.isWhole(where)
			}
			u.terminal(home[0], home[1])
			if after := u.screen(); after != before {
				u.Errorf("%s at %d×%d is another screen after other sizes: before\n%s\nafter\n%s", where, home[0], home[1], before, after)
			}
		}
		u.terminal(80, 24)
	})
}
