package store

import (
	"context"
	"database/sql"
	"sync"
)

// statements are the prepared statements of the writing connection, by their text. An import executes the same few for
// each recording, and SQLite takes longer to prepare most of them than to execute them.
type statements struct {
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
	wanted   map[string]bool // used by a transaction before they were prepared
}

// prepare prepares what was wanted. It needs the connection, so no transaction may be open. What cannot be prepared,
// such as a query of a table whose creation was rolled back, is left to the transactions.
func (s *statements) prepare(ctx context.Context, db *sql.DB) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for text := range s.wanted {
		if stmt, err := db.PrepareContext(ctx, text); err == nil {
			s.prepared[text] = stmt
		}
	}
	clear(s.wanted)
}

// find returns a statement if it is prepared, and otherwise notes that it is wanted.
func (s *statements) find(text string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt := s.prepared[text]
	if stmt == nil {
		s.wanted[text] = true
	}
	return stmt
}

// cachedTx is a transaction that prepares each statement once at most.
type cachedTx struct {
	*sql.Tx
	statements *statements
	used       map[string]*sql.Stmt // closed with the transaction
}

func (db *DB) cached(tx *sql.Tx) *cachedTx {
	return &cachedTx{tx, &db.statements, map[string]*sql.Stmt{}}
}

func (tx *cachedTx) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt := tx.used[text]; stmt != nil {
		return stmt, nil
	}
	if stmt := tx.statements.find(text); stmt != nil {
		tx.used[text] = tx.StmtContext(ctx, stmt)
		return tx.used[text], nil
	}
	stmt, err := tx.PrepareContext(ctx, text)
	if err == nil {
		tx.used[text] = stmt
	}
	return stmt, err
}

// ExecContext executes a statement; see [sql.Tx.ExecContext].
func (tx *cachedTx) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	stmt, err := tx.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext executes a query; see [sql.Tx.QueryContext].
func (tx *cachedTx) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := tx.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext executes a query for one row; see [sql.Tx.QueryRowContext].
func (tx *cachedTx) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	stmt, err := tx.statement(ctx, text)
	if err != nil {
		return tx.Tx.QueryRowContext(ctx, text, args...) // which has the same error
	}
	return stmt.QueryRowContext(ctx, args...)
}
