package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"
)

// hourly is a history with a recording every hour of some days, some minutes past it.
func hourly(vendor string, from time.Time, minutes, n int) []Incoming {
	var all []Incoming
	for i := range n {
		r := said("Kitchen", "2025-01-01 00:00:00", fmt.Sprint("number ", i, " of ", minutes))
		r.Vendor, r.Device, r.VendorID, r.Aliases = vendor, IncomingDevice{Name: "Kitchen"}, "", nil
		r.Time = from.Add(time.Duration(i)*time.Hour + time.Duration(minutes)*time.Minute)
		all = append(all, r)
	}
	return all
}

// of imports recordings, by the user's word of an account.
func of(t *testing.T, db *DB, account string, recs ...Incoming) error {
	t.Helper()
	ctx := context.Background()
	im, err := db.BeginImport(ctx, []string{"made up"}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	im.Of(account)
	for _, r := range recs {
		if err := im.Add(ctx, r); err != nil {
			return err
		}
	}
	_, err = im.Finish(ctx, ImportDone)
	return err
}

// customers names the customer of recordings.
func customers(customer string, recs ...Incoming) []Incoming {
	for i := range recs {
		recs[i].Customer = customer
	}
	return recs
}

func TestWhoseHistoryAnImportReads(t *testing.T) {
	day := at("2025-02-01 00:00:00")
	anna, ben := hourly(Amazon, day, 7, 30), hourly(Amazon, day, 33, 30)
	type step struct {
		account string
		recs    []Incoming
		problem AccountProblem // "" if it goes in
	}
	for name, tc := range map[string]struct {
		steps []step
		want  map[string]int // recordings by the name and the customer of their account
	}{
		"one person, again and again":             {[]step{{"", anna, ""}, {"", anna, ""}}, map[string]int{"/": 30}},
		"one person's later days":                 {[]step{{"", anna, ""}, {"", hourly(Amazon, day.AddDate(0, 1, 0), 7, 30), ""}}, map[string]int{"/": 60}},
		"one person's few others":                 {[]step{{"", anna, ""}, {"", ben[:5], ""}}, map[string]int{"/": 35}},
		"a stranger of the same days":             {[]step{{"", anna, ""}, {"", ben, Stranger}}, map[string]int{"/": 30}},
		"a stranger who is named":                 {[]step{{"", anna, ""}, {"Ben", ben, ""}}, map[string]int{"/": 30, "Ben/": 30}},
		"a stranger who is not one":               {[]step{{"", anna, ""}, {"1", ben, ""}}, map[string]int{"/": 60}},
		"two are there":                           {[]step{{"Anna", anna, ""}, {"Ben", ben, ""}, {"", anna, SeveralAccounts}}, map[string]int{"Anna/": 30, "Ben/": 30}},
		"the same moments of two people":          {[]step{{"Anna", anna, ""}, {"Ben", anna, ""}}, map[string]int{"Anna/": 30, "Ben/": 30}},
		"a customer is learnt":                    {[]step{{"", anna, ""}, {"", customers("C1", hourly(Amazon, day, 7, 30)...), ""}}, map[string]int{"/C1": 30}},
		"a customer who is a stranger":            {[]step{{"", anna, ""}, {"", customers("C1", hourly(Amazon, day, 33, 30)...), Stranger}}, map[string]int{"/": 30}},
		"another customer":                        {[]step{{"", customers("C1", hourly(Amazon, day, 7, 30)...), ""}, {"", customers("C2", hourly(Amazon, day, 33, 30)...), ""}}, map[string]int{"…C1/C1": 30, "…C2/C2": 30}},
		"another customer than the named account": {[]step{{"Anna", customers("C1", hourly(Amazon, day, 7, 30)...), ""}, {"Anna", customers("C2", hourly(Amazon, day, 33, 30)...), OtherCustomer}}, map[string]int{"Anna/C1": 30}},
		"another's clips among one's own":         {[]step{{"", append(customers("C1", hourly(Amazon, day, 7, 30)...), customers("C2", hourly(Amazon, day, 33, 2)...)...), ""}}, map[string]int{"…C1/C1": 30, "…C2/C2": 2}},
		"two makers":                              {[]step{{"", anna, ""}, {"", hourly(Google, day, 33, 30), ""}}, map[string]int{"/": 60}},
		"files of one's own are nobody's":         {[]step{{"", hourly(Files, day, 7, 30), ""}, {"", hourly(Files, day, 33, 30), ""}}, map[string]int{"/": 60}},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			for i, s := range tc.steps {
				err := of(t, db, s.account, s.recs...)
				var problem *AccountError
				switch {
				case s.problem == "" && err != nil:
					t.Fatalf("step %d: %v", i, err)
				case s.problem != "" && (!errors.As(err, &problem) || problem.Problem != s.problem || RemedyOf(err) != NameAccount):
					t.Fatalf("step %d: %v, want %s", i, err, s.problem)
				}
			}
			accounts, err := db.Accounts(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, a := range accounts {
				got[a.Name+"/"+a.Customer] += a.Recordings
			}
			if fmt.Sprint(got) != fmt.Sprint(tc.want) {
				t.Errorf("%v, want %v", got, tc.want)
			}
		})
	}
}
