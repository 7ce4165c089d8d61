package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// AnswerKind is what a maker answered to a request, or what the user noted about it.
type AnswerKind string

// The kinds of answers.
const (
	Received   AnswerKind = "received"   // the maker has confirmed receipt
	Confirmed  AnswerKind = "confirmed"  // the maker says that it has deleted everything
	Refused    AnswerKind = "refused"    // the maker refuses, on a ground
	Identity   AnswerKind = "identity"   // the maker asks who the user is
	Identified AnswerKind = "identified" // the user has answered that
	Extended   AnswerKind = "extended"   // the maker takes longer, as the law allows
	Note       AnswerKind = "note"       // not an answer, but what the user wants to remember
)

// ParseAnswer returns the kind of answer with that name.
func ParseAnswer(name string) (AnswerKind, error) {
	kinds := []AnswerKind{Received, Confirmed, Refused, Identity, Identified, Extended, Note}
	if slices.Contains(kinds, AnswerKind(name)) {
		return AnswerKind(name), nil
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return "", fmt.Errorf("unknown answer %q: it is one of %s", name, strings.Join(names, ", "))
}

// Answered is an answer to a request.
type Answered struct {
	Kind AnswerKind
	On   string // local day YYYY-MM-DD
	Text string // the ground of a refusal, or a note; "" if there is none
}

// Answer adds an answer to a request that was sent, and sets the day by which an answer is due since then.
func (db *DB) Answer(ctx context.Context, id int64, a Answered, due string) error {
	return db.changeRequest(ctx, id, "note the answer", func(tx *sql.Tx, r Request) error {
		if r.Status == Draft && a.Kind != Note {
			return WithRemedy(errors.New("it was not sent yet"), MarkSent)
		}
		if a.On < r.SentOn && a.Kind != Note {
			return WithRemedy(fmt.Errorf("it was sent on %s, so the answer cannot be of %s", r.SentOn, a.On), CorrectSent)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO request_answers (request_id, kind, day, text) VALUES (?, ?, ?, ?)`, id, a.Kind, a.On, a.Text); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE requests SET due_on = ? WHERE id = ?`, due, id)
		return err
	})
}

func readAnswers(ctx context.Context, from querier, request int64) ([]Answered, error) {
	return all(ctx, from, func(rows *sql.Rows) (a Answered, err error) {
		return a, rows.Scan(&a.Kind, &a.On, &a.Text)
	}, `SELECT kind, day, text FROM request_answers WHERE request_id = ? ORDER BY day, id`, request)
}

// LetterKind is a kind of letter that follows a request.
type LetterKind string

// The kinds of letters.
const (
	FollowupLetter   LetterKind = "followup"   // the maker still has something, or has not answered in time
	WithdrawalLetter LetterKind = "withdrawal" // the user takes the request back, in whole or in part
)

// Letter is a letter that was written after a request was sent.
type Letter struct {
	Request    int64
	Kind       LetterKind
	Number     int // 1, 2, … of its kind
	Written    time.Time
	Recordings int // that it is about
	Folder     string
}

// Letters lists the letters that followed a request in order, those of all requests if request is 0.
func (db *DB) Letters(ctx context.Context, request int64) ([]Letter, error) {
	found, err := all(ctx, db.read, func(rows *sql.Rows) (Letter, error) {
		var l Letter
		var written int64
		err := rows.Scan(&l.Request, &l.Kind, &l.Number, &written, &l.Recordings, &l.Folder)
		l.Written = fromMillis(written)
		return l, err
	}, `SELECT request_id, kind, number, written, recordings, folder FROM request_letters
		WHERE ?1 = 0 OR request_id = ?1 ORDER BY request_id, written, number`, request)
	if err != nil {
		return nil, fmt.Errorf("list the letters: %w", err)
	}
	return found, nil
}

// AddLetter notes that a letter was written. What a withdrawal is about is not asked for any more, even if its deletion is
// redone.
func (db *DB) AddLetter(ctx context.Context, l Letter) error {
	return db.changeRequest(ctx, l.Request, fmt.Sprintf("note %s %d", l.Kind, l.Number), func(tx *sql.Tx, _ Request) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO request_letters (request_id, kind, number, written, recordings, folder)
			VALUES (?, ?, ?, ?, ?, ?)`, l.Request, l.Kind, l.Number, toMillis(l.Written), l.Recordings, l.Folder); err != nil || l.Kind != WithdrawalLetter {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE request_items SET withdrawn = 1 WHERE request_id = ?1 AND recording_id IN
			(SELECT recording_id FROM asked WHERE request_id = ?1 AND NOT in_force)`, l.Request)
		return err
	})
}
