package store

import (
	"context"
	"fmt"
	"testing"
)

// accountsOf returns the recordings by name and customer of the accounts.
func accountsOf(t *testing.T, db *DB) string {
	t.Helper()
	accounts, err := db.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, a := range accounts {
		got[fmt.Sprint(a.ID, a.Name, "/", a.Customer)] = a.Recordings
	}
	return fmt.Sprint(got)
}

// Parts of merged accounts keep what is theirs, so that each merge can be undone, also after later imports.
func TestAccountsAreMergedAndSeparated(t *testing.T) {
	db, ctx := open(t), context.Background()
	day := at("2025-02-01 00:00:00")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	want := func(accounts string) {
		t.Helper()
		if got := accountsOf(t, db); got != accounts {
			t.Errorf("%s, want %s", got, accounts)
		}
	}
	must(of(t, db, "Anna", hourly(Amazon, day, 7, 3)...))
	must(of(t, db, "Ann", customers("C1", hourly(Amazon, day, 20, 4)...)...))
	must(of(t, db, "Annie", hourly(Amazon, day, 33, 5)...))
	want("map[1Anna/:3 2Ann/C1:4 3Annie/:5]")

	_, err := db.MergeAccounts(ctx, 2, 3)
	must(err)
	want("map[1Anna/:3 3Annie/C1:9]")
	_, err = db.MergeAccounts(ctx, 3, 1)
	must(err)
	want("map[1Anna/C1:12]")

	// Each of the names, and the customer, lead to the account; their Kitchens are one, and nothing comes twice.
	must(of(t, db, "ann", hourly(Amazon, day, 20, 4)...))
	must(of(t, db, "", customers("C1", hourly(Amazon, day, 33, 6)...)...))
	want("map[1Anna/C1:13]")
	devices, err := db.Devices(ctx)
	must(err)
	if len(devices) != 1 || len(devices[0].Parts) != 2 {
		t.Errorf("devices %+v, want one with two parts", devices)
	}

	_, err = db.Undo(ctx, 0, false)
	must(err)
	want("map[1Anna/:4 3Annie/C1:9]")
	_, err = db.Undo(ctx, 0, false)
	must(err)
	want("map[1Anna/:4 2Ann/C1:4 3Annie/:5]")
	_, err = db.Redo(ctx, unasked)
	must(err)
	want("map[1Anna/:4 3Annie/C1:9]")
	must(of(t, db, "", customers("C1", hourly(Amazon, day, 33, 6)...)...))
	want("map[1Anna/:4 3Annie/C1:10]")
}
