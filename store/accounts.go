package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	Parts      []Account // that were merged into it
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
		WHERE a.merged_into IS NULL GROUP BY a.id ORDER BY a.id`)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	for i := range found {
		if found[i].Parts, err = all(ctx, db.read, scanAccount, selectAccounts+` WHERE a.id <> ?1 AND a.id IN `+accountParts, found[i].ID); err != nil {
			return nil, fmt.Errorf("list accounts: %w", err)
		}
	}
	return found, nil
}

// findAccount reads an account that is not merged into another one.
func findAccount(ctx context.Context, tx *sql.Tx, id int64) (Account, error) {
	found, err := all(ctx, tx, scanAccount, selectAccounts+` WHERE a.id = ? AND a.merged_into IS NULL`, id)
	if err == nil && len(found) == 0 {
		err = WithRemedy(fmt.Errorf("account %d: %w", id, ErrNotFound), ListAccounts)
	}
	return append(found, Account{})[0], err
}

// ErrAccountNameTaken is returned where another account at the maker has a name already.
var ErrAccountNameTaken = errors.New("another account at the maker has that name")

// RenameAccount gives an account a name. The error wraps [ErrNotFound] or [ErrAccountNameTaken].
func (db *DB) RenameAccount(ctx context.Context, id int64, name string) (done Change, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		c := change{Kind: AccountRenamed, Name: name}
		var err error
		if c.Account, err = findAccount(ctx, tx, id); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT name FROM accounts WHERE id = ?`, id).Scan(&c.Was); err != nil {
			return err
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("rename account %d: %w", id, err)
	}
	return done, nil
}

func renameAccount(ctx context.Context, tx *sql.Tx, a Account, name string) error {
	var taken bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM accounts
		WHERE vendor = ? AND id <> ? AND name = ? COLLATE NOCASE AND name <> '')`, a.Vendor, a.ID, name).Scan(&taken); err != nil {
		return err
	}
	if taken {
		return ErrAccountNameTaken
	}
	return found(tx.ExecContext(ctx, `UPDATE accounts SET name = ? WHERE id = ?`, name, a.ID))
}

// MergeAccounts makes one account of two that are the same person's: everything of account id becomes account into's,
// and so does what later imports bring for it. Both must be accounts at one maker, and may not be of two of its
// customers. Devices with the same serial or name become one. The error wraps [ErrNotFound] if there is no such account.
func (db *DB) MergeAccounts(ctx context.Context, id, into int64) (done Change, err error) {
	err = db.update(ctx, func(tx *sql.Tx) error {
		c := change{Kind: AccountsMerged}
		var err error
		if c.Account, err = findAccount(ctx, tx, id); err != nil {
			return err
		}
		if c.IntoAccount, err = findAccount(ctx, tx, into); err != nil {
			return err
		}
		switch {
		case id == into:
			return errors.New("it is the same account")
		case c.Account.Vendor != c.IntoAccount.Vendor:
			return fmt.Errorf("one is at %s and the other at %s", c.Account.Vendor, c.IntoAccount.Vendor)
		case c.Account.Customer != "" && c.IntoAccount.Customer != "":
			return fmt.Errorf("their exports name two customers, %s and %s", c.Account.Customer, c.IntoAccount.Customer)
		}
		done, err = c.apply(ctx, tx)
		return err
	})
	if err != nil {
		return Change{}, fmt.Errorf("merge account %d into %d: %w", id, into, err)
	}
	return done, nil
}

// accountParts are the accounts that account ?1 is made of.
const accountParts = `(WITH RECURSIVE part (id) AS (SELECT ?1 UNION ALL SELECT a.id FROM part p JOIN accounts a ON a.merged_into = p.id)
	SELECT id FROM part)`

// mergeAccount makes an account a part of another one, which takes over its customer. The row of the part stays, since
// imports go on to name it.
func mergeAccount(ctx context.Context, tx *sql.Tx, a, into Account) error {
	type pair struct{ device, into int64 }
	same, err := all(ctx, tx, func(rows *sql.Rows) (p pair, err error) {
		return p, rows.Scan(&p.device, &p.into)
	}, `SELECT d.id, min(o.id) FROM devices d JOIN devices o ON o.account_id = ?2 AND o.merged_into IS NULL
		AND (o.serial = d.serial OR (o.serial IS NULL OR d.serial IS NULL) AND o.maker_name = d.maker_name AND (d.maker_name <> '' OR o.type = d.type))
		WHERE d.account_id = ?1 AND d.merged_into IS NULL GROUP BY d.id HAVING count(*) = 1 OR max(o.serial = d.serial)`, a.ID, into.ID)
	for _, p := range same {
		if err == nil {
			err = mergeDevice(ctx, tx, p.device, p.into)
		}
	}
	if err == nil {
		err = moveToAccount(ctx, tx, `account_id = ?2, named_account_id = coalesce(named_account_id, account_id)`, `account_id = ?1`, a.ID, into.ID)
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE accounts SET merged_into = ?, customer = '' WHERE id = ?`, into.ID, a.ID)
	}
	if err == nil && a.Customer != "" {
		_, err = tx.ExecContext(ctx, `UPDATE accounts SET customer = ? WHERE id = ?`, a.Customer, into.ID)
	}
	return err
}

// separateAccount moves back what mergeAccount moved.
func separateAccount(ctx context.Context, tx *sql.Tx, a, from Account) error {
	if err := moveToAccount(ctx, tx, `account_id = ?1, named_account_id = nullif(named_account_id, ?1)`,
		`account_id = ?2 AND named_account_id IN `+accountParts, a.ID, from.ID); err != nil {
		return err
	}
	devices, err := all(ctx, tx, scanValue[int64], `SELECT d.id FROM devices d JOIN devices o ON o.id = d.merged_into
		WHERE d.account_id = ? AND o.account_id <> d.account_id`, a.ID)
	for _, d := range devices {
		if err == nil {
			err = splitDevice(ctx, tx, d)
		}
	}
	if err != nil {
		return err
	}
	if a.Customer != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE accounts SET customer = '' WHERE id = ?`, from.ID); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE accounts SET merged_into = NULL, customer = ? WHERE id = ?`, a.Customer, a.ID)
	return err
}

// moveToAccount changes those devices and exports that are which. The ids of the part and of the account that it is a
// part of are ?1 and ?2.
func moveToAccount(ctx context.Context, tx *sql.Tx, set, which string, id, root int64) error {
	for _, table := range []string{"devices", "exports"} {
		if _, err := tx.ExecContext(ctx, `UPDATE `+table+` SET `+set+` WHERE `+which, id, root); err != nil {
			return err
		}
	}
	return nil
}
