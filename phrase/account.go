package phrase

import (
	"strconv"

	"unsaid/store"
)

// Account names an account: by its name, or else by its number.
func Account(a store.Account) string {
	switch {
	case a.Name != "":
		return a.Name
	case a.ID == 0:
		return Maker(a.Vendor)
	}
	return Maker(a.Vendor) + " account " + strconv.FormatInt(a.ID, 10)
}

// WhoseIsIt says in sentences why an import does not know whose history it reads.
func WhoseIsIt(e *store.AccountError) string {
	switch e.Problem {
	case store.OtherCustomer:
		return "It names " + Maker(e.Vendor) + "'s customer " + e.Customer + ", and this account is another customer's."
	case store.Stranger:
		return "It shares no recording with what the library has of the same days, so it may be another person's."
	}
	return "The library has several accounts at " + Maker(e.Vendor) + ", and nothing in it tells which of them it is."
}
