package store

import (
	"context"
	"database/sql"
	"strings"
)

// rowsAtOnce is how many rows one statement inserts. Each statement costs as much as some rows.
const rowsAtOnce = 100

// rows are rows to be inserted by as few statements as possible, in their order.
type rows struct {
	into     string // INSERT INTO table (columns)
	conflict string // ON CONFLICT …, "" for none
	values   string // of one row, such as (?, ?)
	args     []any
}

// add adds a row.
func (r *rows) add(args ...any) { r.args = append(r.args, args...) }

// write inserts the rows, and forgets them.
func (r *rows) write(ctx context.Context, tx *sql.Tx) error {
	columns := strings.Count(r.values, "?")
	many, err := r.insert(ctx, tx, rowsAtOnce*columns)
	if err == nil {
		_, err = many.insert(ctx, tx, columns)
	}
	r.args = r.args[:0]
	return err
}

// insert inserts as many rows as statements of so many arguments can, and returns the rest.
func (r *rows) insert(ctx context.Context, tx *sql.Tx, args int) (rows, error) {
	rest := *r
	if len(rest.args) < args {
		return rest, nil
	}
	list := strings.TrimSuffix(strings.Repeat(r.values+", ", args/strings.Count(r.values, "?")), ", ")
	stmt, err := tx.PrepareContext(ctx, r.into+" VALUES "+list+" "+r.conflict)
	if err != nil {
		return rest, err
	}
	defer stmt.Close()
	for len(rest.args) >= args && err == nil {
		_, err = stmt.ExecContext(ctx, rest.args[:args]...)
		rest.args = rest.args[args:]
	}
	return rest, err
}
