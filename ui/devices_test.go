package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"unsaid/store"
	"unsaid/ui/widget"
)

func TestRenamingADevice(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("2", "n")
		u.sees("Rename the device", "› Bedroom")
		u.press("esc")
		u.isAt("Bedroom")
		u.press("n", "ctrl+u")
		u.write("Guest room")
		u.press("enter")
		u.isAt("Guest room")
		u.sees("Bedroom is called Guest room now")
		u.press("n", "ctrl+u", "enter")
		u.isAt("Bedroom")
		u.sees("the maker's name again")
		u.press("u")
		u.isAt("Guest room")
		u.press("u")
		u.isAt("Bedroom")
		u.sees("Guest room has the maker's name again. ctrl+r redoes it.")
	})
}

func TestMergingDevices(t *testing.T) {
	files := silent("Memos", "2025-03-01 10:00:00", "a memo")
	files.Vendor = store.Files
	sitDown(t, append(household(), files), func(u *user) {
		u.press("2", "j")
		u.isAt("Kitchen")
		u.press("m")
		u.sees("Merge Kitchen into which device?", "All recordings of Kitchen move to Bedroom", "both serial numbers", "43 recordings", "1 recording ")
		u.press("j", "esc")
		u.sees("Kitchen")
		u.press("m", "j")
		u.sees("All recordings of Kitchen move to Phone")
		u.press("enter")
		u.sees("Kitchen is part of Phone now", "3 devices")
		devices, err := u.db.Devices(context.Background())
		if err != nil || len(devices) != 3 || devices[1].Name != "Phone" || devices[1].Recordings != 5 {
			t.Errorf("%+v %v", devices, err)
		}
		u.sees("with Kitchen")
		u.press("s")
		u.sees("Which device is not part of Phone?", "Kitchen", "a device of its own again")
		u.press("enter")
		u.sees("Kitchen is a device of its own again. u undoes it.", "4 devices")
		u.press("u")
		u.sees("Kitchen is part of Phone now. ctrl+r redoes it.", "3 devices")
		u.press("u")
		u.sees("Kitchen is a device of its own again", "4 devices")
		u.press("u")
		u.sees("There is nothing to undo")
		u.press("ctrl+r", "ctrl+r")
		u.sees("Kitchen is a device of its own again. u undoes it.", "4 devices")
		u.press("s")
		u.sees("Nothing was merged into this device")
		u.press("G")
		u.isAt("Memos")
		u.press("m")
		u.sees("There is no other device of the same maker")
	})
}

// manyDevices is a house with more devices than fit on the screen.
func manyDevices() []store.Incoming {
	var all []store.Incoming
	for i := range 60 {
		all = append(all, silent(fmt.Sprintf("Room %d", i), fmt.Sprintf("2025-03-01 10:%02d:00", i), "lights"))
	}
	return append(all, said("The speaker in the conservatory behind the house", "2025-03-02 10:00:00", "water the orchids"))
}

func TestNarrowingManyDevices(t *testing.T) {
	sitDown(t, manyDevices(), func(u *user) {
		u.press("2", "f")
		u.write("room 5")
		u.sees("room 5", "11 of 61 devices")
		u.press("enter", "G")
		u.isAt("Room 59")
		u.press("esc") // all of them again, the cursor where it was
		u.sees("61 devices in your library")
		u.isAt("Room 59")
		u.press("f")
		u.write("nowhere")
		u.sees("No device has this")
		u.press("enter", "d", "n", "m", "enter") // nothing is meant
		u.sees("No device has this")
		u.click(10, 1)
		u.paste("ORCHID")
		u.sees("0 of 61 devices")
		u.click(10, 5) // leaves the field
		u.press("esc")
		u.sees("61 devices in your library")
		u.press("f")
		u.write("conserv")
		u.press("enter", "enter")
		u.sees("1 recording found", "water the orchids")
	})
}

func TestMouseChoosesAndOpensRows(t *testing.T) {
	sitDown(t, manyDevices(), func(u *user) {
		u.press("2")
		u.click(10, 12) // the table scrolls the row to the middle
		at := u.at()
		if !strings.Contains(at, "Room 9") {
			t.Fatalf("at %q\n%s", at, u.screen())
		}
		u.wheel(10, 12)
		u.isAt("Room 10")
		u.press("k")
		u.click(10, 12) // so the same place is another row, but the same is meant
		u.sees("Room 9", "found")
		u.press("d", "enter", "4")
		u.click(10, 3)
		u.sees("esc goes back, space plays", "lights")
		u.press("esc", "1", "j", "d", "enter", "5")
		u.click(10, 4)
		u.sees("request 1 ")
		u.seesNot("keep")
		u.click(10, 4)
		u.seesNot("request 2 ")
	})
}

// Names have the room that there is, and the rest of a device gives way to them.
func TestColumnsOfDevicesFillTheWidth(t *testing.T) {
	sitDown(t, manyDevices(), func(u *user) {
		u.press("2")
		u.terminal(60, 16)
		u.sees("Room 0", "recordings", "at the maker")
		u.seesNot("unintended", "conservatory behind the house")
		u.press("G")
		u.terminal(200, 60)
		u.sees("The speaker in the conservatory behind the house", "unintended", "from – to", "newest", "1 month ago", "Amazon",
			"G0911W07THE SPEAKER IN THE CONSERVATORY BEHIND THE HOUSE")
	})
}

func TestColumnsGiveWayByRank(t *testing.T) {
	columns := []widget.Column{
		{Title: "name", Cells: []string{"a long name", "b"}, Least: 4},
		{Title: "n", Cells: []string{"1", "1,234"}, Right: true, Rank: 1},
		{Title: "rest", Cells: []string{"x", "yz"}, Rank: 2},
	}
	for w, want := range map[int]string{
		40: "name             n  rest|a long name      1  x   |b            1,234  yz  ",
		18: "name       n  rest|a lo…      1  x   |b      1,234  yz  ",
		16: "name           n|a long n…      1|b          1,234",
		9:  "name     |a long n…|b        ",
		2:  "n…|a…|b ",
	} {
		lines, whole := widget.Rows(columns, w)
		if got := strings.Join(lines, "|"); got != want || whole != (w >= 17) {
			t.Errorf("%d cells, whole %v:\n%s\nnot\n%s", w, whole, got, want)
		}
		for _, line := range lines {
			if ansi.StringWidth(line) > w {
				t.Errorf("%d cells: %q is wider", w, line)
			}
		}
	}
}
