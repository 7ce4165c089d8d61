package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// AccountProblem is why an import does not know whose history it reads, or is told the wrong one.
type AccountProblem string

// The problems.
const (
	SeveralAccounts AccountProblem = "several"  // it may be of any of them
	OtherCustomer   AccountProblem = "customer" // the export names another customer than the account's
	Stranger        AccountProblem = "stranger" // it shares nothing with the history of the same days
)

// AccountError is the error of an import that does not know whose history it reads.
type AccountError struct {
	Problem  AccountProblem
	Vendor   string
	Customer string    // that the export names, for OtherCustomer
	Accounts []Account // that it may be of, or the one that was named
}

func (e *AccountError) Error() string {
	var names []string
	for _, a := range e.Accounts {
		names = append(names, a.label())
	}
	list := strings.Join(names, ", ")
	switch e.Problem {
	case OtherCustomer:
		return fmt.Sprintf("the history of %s is of the customer %s, and not of the account %s", e.Vendor, e.Customer, list)
	case Stranger:
		return fmt.Sprintf("the history of %s shares nothing with what the account %s has of the same days, so it may be another person's", e.Vendor, list)
	}
	return fmt.Sprintf("the history of %s may be of any of the accounts %s", e.Vendor, list)
}

// label names an account in an error, which may not exist.
func (a Account) label() string {
	switch {
	case a.ID == 0:
		return a.Name
	case a.Name == "":
		return strconv.FormatInt(a.ID, 10)
	}
	return fmt.Sprintf("%d (%s)", a.ID, a.Name)
}

// accountKey is what an import knows an account by.
type accountKey struct{ vendor, customer string }

// accountFor returns the account that a recording of an export belongs to, making it if need be. customer is the maker's
// id of the customer, "" if the recording does not carry one: then it belongs to the account of the rest of the import.
func (w *writer) accountFor(ctx context.Context, vendor, customer string) (int64, error) {
	key := accountKey{vendor, customer}
	if id := w.im.accounts.get(key); id != 0 {
		return id, nil
	}
	main, err := w.mainAccount(ctx, vendor)
	if err != nil {
		return 0, err
	}
	id := main.ID
	if customer != "" && customer != main.Customer {
		if id, err = w.accountOf(ctx, vendor, customer); err != nil {
			return 0, err
		}
	}
	w.im.accounts.set(key, id)
	return id, nil
}

// mainAccount returns the account of an import's recordings of a maker that do not carry a customer's id.
func (w *writer) mainAccount(ctx context.Context, vendor string) (Account, error) {
	if a := w.im.main.get(vendor); a.ID != 0 {
		return a, nil
	}
	customer := ""
	for _, a := range w.im.pending.arrivals {
		if a.rec != nil && a.rec.Vendor == vendor && a.rec.Customer != "" {
			customer = a.rec.Customer
			break
		}
	}
	a, err := w.chooseAccount(ctx, vendor, customer)
	if err == nil {
		w.im.main.set(vendor, a)
	}
	return a, err
}

// chooseAccount decides whose history an import reads: that of the customer that it names, of the account that the
// user named, or of the maker's only account. What is left open is an [AccountError].
func (w *writer) chooseAccount(ctx context.Context, vendor, customer string) (Account, error) {
	accounts, err := all(ctx, w.tx, scanAccount, selectAccounts+` WHERE a.vendor = ? AND a.merged_into IS NULL ORDER BY a.id`, vendor)
	if err != nil {
		return Account{}, err
	}
	name, err := w.accountName(ctx, vendor)
	if err != nil {
		return Account{}, err
	}
	problem := func(p AccountProblem, of ...Account) error {
		return WithRemedy(&AccountError{p, vendor, customer, of}, NameAccount)
	}
	var anonymous []Account // of which no customer is known
	for _, a := range accounts {
		switch {
		case customer != "" && a.Customer == customer:
			if name != "" && !a.called(name) {
				return Account{}, problem(OtherCustomer, append(accountsCalled(accounts, name), Account{Name: name})[0])
			}
			return a, nil
		case a.Customer == "":
			anonymous = append(anonymous, a)
		}
	}
	local := vendor != Amazon && vendor != Google
	switch named := accountsCalled(accounts, name); {
	case local && len(accounts) > 0:
		return accounts[0], nil
	case local || len(accounts) == 0:
		return w.makeAccount(ctx, vendor, customer)
	case name != "" && len(named) == 0:
		return w.makeAccount(ctx, vendor, customer)
	case name != "" && customer != "" && named[0].Customer != "":
		return Account{}, problem(OtherCustomer, named[0])
	case name != "":
		return w.adopt(ctx, named[0], customer)
	case customer == "" && len(accounts) > 1, customer != "" && len(anonymous) > 1:
		return Account{}, problem(SeveralAccounts, accounts...)
	case customer != "" && len(anonymous) == 0:
		return w.makeAccount(ctx, vendor, customer)
	}
	only := accounts[0]
	if customer != "" {
		only = anonymous[0]
	}
	strange, err := w.isStrange(ctx, only)
	if err == nil && strange {
		err = problem(Stranger, only)
	}
	if err != nil {
		return Account{}, err
	}
	return w.adopt(ctx, only, customer)
}

// accountName returns by which name the user named an account, or the number of the one that it was merged into.
func (w *writer) accountName(ctx context.Context, vendor string) (string, error) {
	root, err := all(ctx, w.tx, scanValue[string], `WITH RECURSIVE chain (id, next) AS (
		SELECT id, merged_into FROM accounts WHERE vendor = ?1 AND merged_into IS NOT NULL AND (name = ?2 COLLATE NOCASE AND name <> '' OR id = ?2)
		UNION SELECT a.id, a.merged_into FROM chain JOIN accounts a ON a.id = chain.next)
		SELECT id FROM chain WHERE next IS NULL`, vendor, w.im.account)
	return append(root, w.im.account)[0], err
}

// called reports whether an account is meant by a name or its number.
func (a Account) called(name string) bool {
	return strings.EqualFold(a.Name, name) || strconv.FormatInt(a.ID, 10) == name
}

func accountsCalled(accounts []Account, name string) []Account {
	var named []Account
	for _, a := range accounts {
		if name != "" && a.called(name) {
			named = append(named, a)
		}
	}
	return named
}

func (w *writer) makeAccount(ctx context.Context, vendor, customer string) (Account, error) {
	a := Account{Vendor: vendor, Customer: customer, Name: w.im.account}
	err := w.tx.QueryRowContext(ctx, `INSERT INTO accounts (vendor, customer, name) VALUES (?, ?, ?) RETURNING id`, vendor, customer, a.Name).Scan(&a.ID)
	return a, err
}

// adopt notes the customer of an account of which none was known.
func (w *writer) adopt(ctx context.Context, a Account, customer string) (Account, error) {
	if customer == "" || a.Customer == customer {
		return a, nil
	}
	a.Customer = customer
	_, err := w.tx.ExecContext(ctx, `UPDATE accounts SET customer = ? WHERE id = ?`, customer, a.ID)
	return a, err
}

// accountOf returns the account of a customer whose recordings stand among another's.
func (w *writer) accountOf(ctx context.Context, vendor, customer string) (id int64, err error) {
	err = w.tx.QueryRowContext(ctx, `INSERT INTO accounts (vendor, customer, name) VALUES (?1, ?2, '')
		ON CONFLICT (vendor, customer) WHERE customer <> '' DO UPDATE SET vendor = excluded.vendor RETURNING id`, vendor, customer).Scan(&id)
	return id, err
}

// An export that has at least so many recordings of days of which the library has as many, and shares none with it, is
// likely another person's.
const manyRecordings = 20

// isStrange reports whether what is pending shares nothing with an account's dense history of the same days.
func (w *writer) isStrange(ctx context.Context, a Account) (bool, error) {
	var first, last int64
	n := 0
	for _, p := range w.im.pending.arrivals {
		if p.rec == nil || p.rec.Vendor != a.Vendor || p.rec.Time.IsZero() || p.rec.TimeFrom == TimeModified {
			continue
		}
		id := MakeID(p.rec.Time, 0)
		if n++; n == 1 || id < first {
			first = id
		}
		last = max(last, id)
	}
	if n < manyRecordings {
		return false, nil
	}
	times, err := all(ctx, w.tx, scanValue[int64], `SELECT r.id >> ?4 FROM recordings r JOIN devices d ON d.id = r.device_id
		WHERE r.id BETWEEN ?1 AND ?2 AND d.account_id = ?3 ORDER BY r.id LIMIT 100000`, first, last, a.ID, idBits)
	if err != nil || len(times) < manyRecordings {
		return false, err
	}
	seconds := map[int64]bool{} // also those beside, and the minute of a time without seconds
	for _, ms := range times {
		for s := ms/secondMillis - 1; s <= ms/secondMillis+1; s++ {
			seconds[s] = true
		}
		seconds[ms/minuteMillis*(minuteMillis/secondMillis)] = true
	}
	for _, p := range w.im.pending.arrivals {
		if p.rec == nil || p.rec.Vendor != a.Vendor || p.rec.Time.IsZero() {
			continue
		}
		if seconds[p.rec.Time.Unix()] {
			return false, nil
		}
	}
	return true, nil
}
