package screen

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unsaid/app"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/style"
)

// today is when these tests take place. All recordings in them are synthetic: nobody ever said any of it.
var today = time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC)

// silent is a recording that came without sound.
func silent(t testing.TB, device, when, words string) store.Incoming {
	t.Helper()
	at, err := time.Parse(time.DateTime, when)
	if err != nil {
		t.Fatal(err)
	}
	return store.Incoming{
		Vendor: store.Amazon, Time: at, TimeFrom: store.TimeExact, VendorID: "id#" + device + when, Transcript: words,
		Device: store.IncomingDevice{Serial: "G0911W07" + device, Name: device}, Kind: "GENERAL",
	}
}

// said is n recordings of three devices, one each twelve hours.
func said(t testing.TB, n int) []store.Incoming {
	t.Helper()
	var all []store.Incoming
	for i := range n {
		when := today.Add(-31*24*time.Hour - time.Duration(i)*12*time.Hour)
		r := silent(t, []string{"Bedroom", "Kitchen", "Phone"}[i%7%3], when.Format(time.DateTime), fmt.Sprintf("alarm number %d", i))
		r.Unintended = i%5 == 0
		all = append(all, r)
	}
	return all
}

// commonOf is what a screen on a terminal of 80×24 is given, with a library of some recordings.
func commonOf(t testing.TB, recordings ...store.Incoming) *common.Common {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "unsaid.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	im, err := db.BeginImport(t.Context(), []string{"synthetic"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recordings {
		if err := im.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Finish(t.Context(), store.ImportDone); err != nil {
		t.Fatal(err)
	}
	totals, err := db.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &common.Common{
		App: &app.App{DB: db, Zone: time.UTC, Now: func() time.Time { return today }}, Ctx: t.Context(), Keys: keys.Default(),
		Layout: common.NewLayout(80, 24), Styles: style.New(style.Look{}, true, colorprofile.TrueColor), Marked: map[int64]bool{}, Totals: totals, Counted: true, Epoch: 1,
	}
}

// answer runs a command and has what it brings taken, as far as it brings it at once.
func answer(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, one := range msg {
			answer(one)
		}
	case common.Answer:
		if next, is := msg.Take(msg.Err).(tea.Cmd); is {
			answer(next)
		}
	}
}
