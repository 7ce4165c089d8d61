package store

import (
	"context"
	"slices"
	"testing"
)

func TestImportsAndMembers(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	if paths, err := db.LastImportPaths(ctx); err != nil || paths != nil {
		t.Fatalf("%q, %v", paths, err)
	}
	importAll(t, db)
	im, err := db.BeginImport(ctx, []string{"a.zip", "b.zip"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []MemberOutcome{
		{"t.csv:10", MemberFailed, "no date", "", true, false, nil},
		{"README.txt", MemberIgnored, "a description", "", false, false, nil},
		{"t.csv:4", MemberFailed, "no date", "", true, false, nil},
		{"a.json#7", MemberFailed, "no words", "", true, false, nil},
		{"t.csv", MemberImported, "", "", false, false, nil},
		{"t.csv.bak", MemberFailed, "damaged", "", false, false, nil},
		{"a.json", MemberImported, "", "", false, false, nil},
	} {
		if err := im.Member(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	report, err := im.Finish(ctx, ImportDone)
	if err != nil {
		t.Fatal(err)
	}
	found, err := db.Imports(ctx)
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	s := found[0]
	if s.ID != report.ID || s.State != ImportDone || s.Members != 4 || s.Imported() != 2 || s.Ignored != 1 || s.FailedMembers != 1 || s.FailedRecords != 3 ||
		!slices.Equal(s.Paths, []string{"a.zip", "b.zip"}) || s.Finished.IsZero() {
		t.Errorf("%+v", s)
	}
	if found[1].Members != 0 || found[1].ID >= s.ID {
		t.Errorf("%+v", found[1])
	}
	if paths, err := db.LastImportPaths(ctx); err != nil || !slices.Equal(paths, s.Paths) {
		t.Errorf("%q, %v", paths, err)
	}
	for outcome, want := range map[Outcome][]string{
		"":             {"README.txt", "a.json", "a.json#7", "t.csv", "t.csv:10", "t.csv:4", "t.csv.bak"},
		MemberFailed:   {"t.csv.bak", "a.json#7", "t.csv:10", "t.csv:4"},
		MemberImported: {"a.json", "t.csv"},
		MemberIgnored:  {"README.txt"},
	} {
		ids, err := db.MemberIDs(ctx, report.ID, outcome)
		if err != nil {
			t.Fatal(err)
		}
		members, err := db.Members(ctx, append(ids, 1<<40))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, id := range ids {
			names = append(names, members[id].Member)
		}
		if !slices.Equal(names, want) {
			t.Errorf("%q: %q, want %q", outcome, names, want)
		}
	}
	if members, err := db.Members(ctx, nil); err != nil || len(members) != 0 {
		t.Errorf("%v, %v", members, err)
	}
}
