package deletion

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

func TestSuggestNamesOnlySoManyPeople(t *testing.T) {
	var people []string
	for i := range 3 * mostPeople {
		people = append(people, fmt.Sprintf("Person %d", i))
	}
	list := Suggestions(people, time.Now())
	if n := len(slices.DeleteFunc(list, func(s Suggestion) bool { return !strings.HasPrefix(s.Query, "person:") })); n != mostPeople {
		t.Errorf("%d people", n)
	}
}

// A name from an export makes exactly one term of a query, whatever it contains.
func TestConditionIsOneTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.SampledFrom(hostile), rapid.StringMatching(`=?[a-z"\\: -]{0,12}`)).Draw(t, "name")
		term, ok := condition("person", name)
		if !ok {
			return
		}
		// A second term with an unknown field makes the query fail, and the error says where the first
		// term ends.
		_, err := store.ParseQuery(term+" nonsense:x", time.Now())
		var wrong *store.QueryError
		if !errors.As(err, &wrong) || wrong.At != len(term)+1 || wrong.Term != "nonsense:x" {
			t.Fatalf("%q becomes %q, which is read differently: %v", name, term, err)
		}
	})
}

// The day is that of the user, not of UTC.
func TestOutdatedCountsLocalDays(t *testing.T) {
	now := time.Date(2025, 4, 3, 23, 30, 0, 0, time.UTC).In(zone(t, "Pacific/Auckland")) // the 4th
	if got := (Rule{Days: 2}).suggestion(now).Query; got != "before:2025-04-02" {
		t.Errorf("got %s", got)
	}
}

func TestRuleCheck(t *testing.T) {
	for _, r := range []Rule{{}, {Days: -1}, {Days: maxDays + 1}, {Device: `a "b"`, Days: 1}, {Device: "a\nb", Days: 1}} {
		if err := r.Check(); err == nil {
			t.Errorf("%+v is accepted", r)
		}
		if _, err := DueBy([]Rule{r}, time.Now()); err == nil {
			t.Errorf("%+v is acted upon", r)
		}
	}
	for _, days := range []int{1, maxDays} {
		s := Rule{Device: "Kitchen", Days: days}.suggestion(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
		if _, err := store.ParseQuery(s.Query, time.Now()); err != nil {
			t.Errorf("%d days: %v", days, err)
		}
	}
}
