package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unsaid/deletion"
	"unsaid/store"
)

// A request from its draft to its withdrawal.
func TestTheLifeOfARequest(t *testing.T) {
	ctx := context.Background()
	db := kitchenLibrary(t)
	t.Chdir(t.TempDir())
	a := over(db, at(t, "2026-02-01 10:00:00"), "letters") // relative to where the command runs
	a.Correspondence.Law, a.Correspondence.Language = deletion.GDPR, deletion.German
	id := discard(t, db, "one", true)[0]
	if again := discard(t, db, "two", true)[0]; again != id {
		t.Errorf("a second draft: %d and %d", id, again)
	}
	r, err := a.Request(ctx, id)
	if err != nil || !slices.Equal(stepsOf(r.Steps), []string{"range 2025-03-01 2025-03-01"}) || r.Written.Law != string(deletion.GDPR) {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, step := range []int{0, 2} {
		if _, err := a.Tick(ctx, id, step, store.NewDay(2026, 2, 1)); err == nil || !strings.Contains(err.Error(), "its steps are 1 to 1") {
			t.Errorf("step %d: %v", step, err)
		}
	}
	if r, err = a.Tick(ctx, id, 1, store.NewDay(2026, 1, 31)); err != nil || r.Steps[0].DoneOn != "2026-01-31" {
		t.Errorf("%+v, %v", r.Steps, err)
	}
	folder, err := a.WriteRequest(ctx, id)
	if err != nil || !filepath.IsAbs(folder) {
		t.Fatal(folder, err)
	}
	a.Correspondence.Law, a.Correspondence.Language = deletion.Plain, deletion.English
	if due, err := a.MarkSent(ctx, id, store.NewDay(2026, 2, 1), "mail"); err != nil || due != "2026-03-02" { // 1 March is a Sunday
		t.Errorf("due on %q, %v", due, err)
	}
	r, err = a.Request(ctx, id)
	if err != nil || r.Written.Folder != folder || !strings.Contains(r.Written.Letter, "Art. 17 Abs. 1") || len(r.Written.Files) != 6 || r.Steps[0].DoneOn != "2026-01-31" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err = a.Answer(ctx, id, store.Extended, store.NewDay(2026, 2, 10), ""); err != nil || r.DueOn != "2026-05-04" {
		t.Errorf("extended: due on %s, %v", r.DueOn, err)
	}
	if _, _, err := a.WriteFollowup(ctx, id); err == nil || !strings.Contains(err.Error(), "an answer is due by 4 May 2026") {
		t.Errorf("a follow-up before the due day: %v", err)
	}
	late := *a
	late.Now = over(db, at(t, "2026-05-05 00:00:00"), "").Now
	folder, _, err = late.WriteFollowup(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if letter := string(readFile(t, folder, "letter.txt")); !strings.Contains(letter, "Artikel 17 DSGVO") || !strings.Contains(letter, "nachdem Sie mehr Zeit beansprucht hatten") {
		t.Errorf("the law or the language is not the letter's:\n%s", letter)
	}

	// It is taken back, first in part.
	if _, _, err := late.WriteWithdrawal(ctx, id); err == nil {
		t.Error("nothing was restored, and a letter withdraws it")
	}
	undo(t, db)
	folder, _, err = late.WriteFollowup(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if list := string(readFile(t, folder, "manifest.csv")); strings.Count(list, "\n") != 2 {
		t.Errorf("a follow-up asks for what was restored:\n%s", list)
	}
	undo(t, db)
	if _, _, err := late.WriteFollowup(ctx, id); err == nil || !strings.Contains(err.Error(), "restored since") {
		t.Errorf("a follow-up on what was undone: %v", err)
	}
	folder, _, err = late.WriteWithdrawal(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if letter := string(readFile(t, folder, "letter.txt")); !strings.Contains(letter, "für alle zurück") {
		t.Error(letter)
	}
	report, err := late.Report(ctx)
	if err != nil || report.Totals.Letters != 3 || report.Requests[0].Request.Undone != 2 {
		t.Errorf("%+v, %v", report, err)
	}
}

// The sender of the settings may be another person than the one whose account it is.
func TestLettersOfTwoAccounts(t *testing.T) {
	ctx := context.Background()
	db := library(t)
	for _, customer := range []string{"A1ANNA", "A2BEN"} {
		im, err := db.BeginImport(ctx, []string{"synthetic"}, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := im.Add(ctx, store.Incoming{
			Vendor: store.Amazon, Customer: customer, Device: store.IncomingDevice{Name: "Kitchen", Serial: "G" + customer}, Time: at(t, "2025-03-01 10:00:00"),
			TimeFrom: store.TimeExact, Transcript: "of " + customer, VendorID: customer + "#1",
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := im.Finish(ctx, store.ImportDone); err != nil {
			t.Fatal(err)
		}
	}
	a := over(db, at(t, "2025-03-06 10:00:00"), t.TempDir())
	a.Correspondence.Sender = deletion.Sender{Name: "Anna Example", Email: "anna@example.org", AccountID: "A1ANNA"}
	for _, id := range discard(t, db, "", true) {
		letter, err := a.Letter(ctx, id)
		r, _ := a.Request(ctx, id)
		own := strings.TrimPrefix(r.Device.Serial, "G")
		if err != nil || strings.Contains(letter, "Anna Example") || !strings.Contains(letter, "Account identifier:  "+own) {
			t.Errorf("%v: the letter of %s:\n%s", err, own, letter)
		}
	}
}
