package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Account is one person's account at one maker: whose history it is. A device, and with it what it recorded and what is
// asked of the maker, belongs to one account.
type Account struct {
	ID       int64
	Vendor   string
	Customer string // the maker's id of the customer, "" if no export gave it
	Name     string // the one that the user gave, else the end of the customer's id; "" for an account of which nothing is known
}

// AccountSummary is an account with what the library holds of it.
type AccountSummary struct {
	Account
	Devices    int
	Recordings int // live
	First      time.Time
	Last       time.Time
}

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

const selectAccounts = `SELECT a.id, a.vendor, a.customer, (SELECT name FROM account_names WHERE id = a.id) FROM accounts a`

func scanAccount(rows *sql.Rows) (a Account, err error) {
	return a, rows.Scan(&a.ID, &a.Vendor, &a.Customer, &a.Name)
}

// Accounts lists the accounts in the order in which they came to be known.
func (db *DB) Accounts(ctx context.Context) ([]AccountSummary, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (a AccountSummary, err error) {
		var first, last int64
		err = rows.Scan(&a.ID, &a.Vendor, &a.Customer, &a.Name, &a.Devices, &a.Recordings, &first, &last)
		if first != 0 {
			a.First, a.Last = IDTime(first), IDTime(last)
		}
		return a, err
	}, `SELECT a.id, a.vendor, a.customer, (SELECT name FROM account_names WHERE id = a.id),
		count(DISTINCT d.id), count(r.id), coalesce(min(r.id) FILTER (WHERE r.time_from <> 'unknown'), 0), coalesce(max(r.id) FILTER (WHERE r.time_from <> 'unknown'), 0)
		FROM accounts a LEFT JOIN devices d ON d.account_id = a.id AND d.merged_into IS NULL LEFT JOIN recordings r ON r.device_id = d.id AND r.state = 0
		GROUP BY a.id ORDER BY a.id`)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return found, nil
}

// ErrAccountNameTaken is returned where another account at the maker has a name already.
var ErrAccountNameTaken = errors.New("another account at the maker has that name")

// RenameAccount gives an account a name. It returns an error that wraps [ErrNotFound] or [ErrAccountNameTaken].
func (db *DB) RenameAccount(ctx context.Context, id int64, name string) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM accounts o JOIN accounts a ON a.id = ?1
			WHERE o.vendor = a.vendor AND o.id <> a.id AND o.name = ?2 COLLATE NOCASE AND ?2 <> '')`, id, name).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return ErrAccountNameTaken
		}
		changed, err := changes(tx.ExecContext(ctx, `UPDATE accounts SET name = ? WHERE id = ?`, name, id))
		if err == nil && !changed {
			err = WithRemedy(ErrNotFound, ListAccounts)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("rename account %d: %w", id, err)
	}
	return nil
}

// accountKey is what an import knows an account by.
type accountKey struct{ vendor, customer string }

// account returns the account that a recording of an export belongs to, making it if need be. customer is the maker's
// id of the customer, "" if the recording does not carry one: then it belongs to the account of the rest of the import.
func (b *batch) account(ctx context.Context, vendor, customer string) (int64, error) {
	key := accountKey{vendor, customer}
	if id, ok := b.accounts[key]; ok {
		return id, nil
	}
	if id, ok := b.im.written.accounts[key]; ok {
		return id, nil
	}
	main, err := b.mainAccount(ctx, vendor)
	if err != nil {
		return 0, err
	}
	id := main.ID
	if customer != "" && customer != main.Customer {
		if id, err = b.accountOf(ctx, vendor, customer); err != nil {
			return 0, err
		}
	}
	b.accounts[key] = id
	return id, nil
}

// mainAccount returns the account of an import's recordings of a maker that do not carry a customer's id.
func (b *batch) mainAccount(ctx context.Context, vendor string) (Account, error) {
	for _, known := range []map[string]Account{b.main, b.im.written.main} {
		if a, ok := known[vendor]; ok {
			return a, nil
		}
	}
	customer := ""
	for _, a := range b.im.pending.arrivals {
		if a.rec != nil && a.rec.Vendor == vendor && a.rec.Customer != "" {
			customer = a.rec.Customer
			break
		}
	}
	a, err := b.chooseAccount(ctx, vendor, customer)
	if err == nil {
		b.main[vendor] = a
	}
	return a, err
}

// chooseAccount decides whose history an import reads: that of the customer that it names, of the account that the
// user named, or of the maker's only account. What is left open is an [AccountError].
func (b *batch) chooseAccount(ctx context.Context, vendor, customer string) (Account, error) {
	accounts, err := all(ctx, b.tx, scanAccount, selectAccounts+` WHERE a.vendor = ? ORDER BY a.id`, vendor)
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
			if b.im.account != "" && !a.called(b.im.account) {
				return Account{}, problem(OtherCustomer, append(accountsCalled(accounts, b.im.account), Account{Name: b.im.account})[0])
			}
			return a, nil
		case a.Customer == "":
			anonymous = append(anonymous, a)
		}
	}
	local := vendor != Amazon && vendor != Google
	switch named := accountsCalled(accounts, b.im.account); {
	case local && len(accounts) > 0:
		return accounts[0], nil
	case local || len(accounts) == 0:
		return b.makeAccount(ctx, vendor, customer)
	case b.im.account != "" && len(named) == 0:
		return b.makeAccount(ctx, vendor, customer)
	case b.im.account != "" && customer != "" && named[0].Customer != "":
		return Account{}, problem(OtherCustomer, named[0])
	case b.im.account != "":
		return b.adopt(ctx, named[0], customer)
	case customer == "" && len(accounts) > 1, customer != "" && len(anonymous) > 1:
		return Account{}, problem(SeveralAccounts, accounts...)
	case customer != "" && len(anonymous) == 0:
		return b.makeAccount(ctx, vendor, customer)
	}
	only := accounts[0]
	if customer != "" {
		only = anonymous[0]
	}
	strange, err := b.isStrange(ctx, only)
	if err == nil && strange {
		err = problem(Stranger, only)
	}
	if err != nil {
		return Account{}, err
	}
	return b.adopt(ctx, only, customer)
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

func (b *batch) makeAccount(ctx context.Context, vendor, customer string) (Account, error) {
	a := Account{Vendor: vendor, Customer: customer, Name: b.im.account}
	err := b.tx.QueryRowContext(ctx, `INSERT INTO accounts (vendor, customer, name) VALUES (?, ?, ?) RETURNING id`, vendor, customer, a.Name).Scan(&a.ID)
	return a, err
}

// adopt notes the customer of an account of which none was known.
func (b *batch) adopt(ctx context.Context, a Account, customer string) (Account, error) {
	if customer == "" || a.Customer == customer {
		return a, nil
	}
	a.Customer = customer
	_, err := b.tx.ExecContext(ctx, `UPDATE accounts SET customer = ? WHERE id = ?`, customer, a.ID)
	return a, err
}

// accountOf returns the account of a customer whose recordings stand among another's.
func (b *batch) accountOf(ctx context.Context, vendor, customer string) (id int64, err error) {
	err = b.tx.QueryRowContext(ctx, `INSERT INTO accounts (vendor, customer, name) VALUES (?1, ?2, '')
		ON CONFLICT (vendor, customer) WHERE customer <> '' DO UPDATE SET vendor = excluded.vendor RETURNING id`, vendor, customer).Scan(&id)
	return id, err
}

// An export that has at least so many recordings of days of which the library has as many, and shares none with it, is
// likely another person's.
const manyRecordings = 20

// isStrange reports whether what is pending shares nothing with an account's dense history of the same days.
func (b *batch) isStrange(ctx context.Context, a Account) (bool, error) {
	var first, last int64
	n := 0
	for _, p := range b.im.pending.arrivals {
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
	times, err := all(ctx, b.tx, scanValue[int64], `SELECT r.id >> ?4 FROM recordings r JOIN devices d ON d.id = r.device_id
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
	for _, p := range b.im.pending.arrivals {
		if p.rec == nil || p.rec.Vendor != a.Vendor || p.rec.Time.IsZero() {
			continue
		}
		if seconds[p.rec.Time.Unix()] {
			return false, nil
		}
	}
	return true, nil
}
