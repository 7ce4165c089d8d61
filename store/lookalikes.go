package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// A maker may hand out a recording again under another clock, another name of its device, or without its words. An
// import then adds it as a further recording. If a request asks for the first one, that is no proof that the maker
// deleted it. So an import notes which of the recordings that it adds may be one under a request, and the user can say
// whether it is.

// How far the times of a recording and of its lookalike may be apart, in milliseconds. Beyond two minutes only a whole
// number of quarters of an hour counts, with the same words: some exports give the local time as UTC.
const (
	lookalikeMillis = 2 * minuteMillis
	quarterMillis   = 15 * minuteMillis
	zonesMillis     = 14 * 60 * minuteMillis
)

// maxLookalikes bounds the recordings that are compared.
const maxLookalikes = 1000

// asked is a recording under a request.
type asked struct {
	id         int64
	device     int64
	named      IncomingDevice
	kinds      string // of its identifiers, see kindOf
	transcript string // "" also if it was purged
}

// noteLookalikes notes which recordings under requests a recording that was just added may be.
func (w *recordingWriter) noteLookalikes(ctx context.Context, id int64, e *entry) error {
	if !w.asked || id>>idBits == 0 {
		return nil
	}
	reach := int64(lookalikeMillis)
	if e.Transcript != "" && e.Identifier() == "" {
		reach = zonesMillis
	}
	near, err := all(ctx, w.tx, func(rows *sql.Rows) (a asked, err error) {
		return a, rows.Scan(&a.id, &a.device, &a.named.Serial, &a.named.Type, &a.named.Name, &a.kinds, &a.transcript)
	}, `SELECT i.recording_id, d.id, coalesce(d.serial, ''), d.type, d.maker_name, (SELECT coalesce(group_concat(kind), '')
			FROM recording_keys WHERE kind <> 0 AND recording_id = i.recording_id), coalesce(r.transcript, '')
		FROM (SELECT DISTINCT recording_id FROM request_items WHERE recording_id BETWEEN ?1 AND ?2) i
		LEFT JOIN recordings r ON r.id = i.recording_id LEFT JOIN tombstones t ON t.id = i.recording_id
		JOIN devices d ON d.id = coalesce(r.device_id, t.device_id) WHERE d.account_id = ?3 LIMIT ?4`,
		id-reach<<idBits, id+reach<<idBits, e.device.account, maxLookalikes)
	if err != nil {
		return err
	}
	for _, a := range near {
		alike := a.alike(id, e)
		if alike && a.device != e.device.id {
			alike, err = w.mayBeRenamed(ctx, a.named, e.Device, e.device.id)
		}
		if err == nil && alike {
			_, err = w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO lookalikes (recording_id, other_id, list_id) VALUES (?, ?, ?)`, a.id, id, w.list)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// alike reports whether a recording that was added with an id may be the one under a request, but for its device.
func (a *asked) alike(id int64, e *entry) bool {
	if a.id == id || shareKind(e.keys, a.kinds) {
		return false
	}
	said, other := foldWords(a.transcript), foldWords(e.Transcript)
	apart := max(a.id>>idBits-id>>idBits, id>>idBits-a.id>>idBits)
	if apart <= lookalikeMillis {
		return said == "" || other == "" || strings.Contains(said, other) || strings.Contains(other, said)
	}
	off := apart % quarterMillis
	return said != "" && said == other && min(off, quarterMillis-off) < secondMillis
}

// mayBeRenamed reports whether a device may be the one that another recording is of, under another name: neither has a
// serial that tells, and it has no name or was not known before this import.
func (w *recordingWriter) mayBeRenamed(ctx context.Context, known, in IncomingDevice, device int64) (bool, error) {
	switch {
	case known.Serial != "" && in.Serial != "":
		return false, nil // another serial, or they would be one device
	case known == (IncomingDevice{}), in == (IncomingDevice{}):
		return true, nil
	}
	var before bool
	err := w.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM list_coverage c JOIN import_lists l ON l.id = c.list_id
		WHERE c.device_id = ? AND l.import_id <> ?)`, device, w.from).Scan(&before)
	return !before, err
}

// seeLookalike notes that the list at hand has a recording, too, that may be one under a request.
func (w *recordingWriter) seeLookalike(ctx context.Context, id int64) error {
	if !w.asked {
		return nil
	}
	_, err := w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO lookalikes (recording_id, other_id, list_id)
		SELECT DISTINCT recording_id, other_id, ?2 FROM lookalikes WHERE other_id = ?1`, id, w.list)
	return err
}

// foldWords returns the letters and digits of words in lower case, each word between single spaces, "" if there are none.
func foldWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\''
	})
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
}

// Lookalike is what an export has that may be a recording under a request.
type Lookalike struct {
	Recording int64 // under the request
	Other     int64 // that the export brought
	List      int64
	Same      Answer // by the user's word
}

func readLookalikes(ctx context.Context, from querier, request int64) ([]Lookalike, error) {
	return all(ctx, from, func(rows *sql.Rows) (l Lookalike, err error) {
		return l, rows.Scan(&l.Recording, &l.Other, &l.List, &l.Same)
	}, `SELECT k.recording_id, k.other_id, k.list_id, CASE a.same WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE '' END
		FROM request_items i JOIN lookalikes k ON k.recording_id = i.recording_id
		LEFT JOIN lookalike_answers a ON a.recording_id = k.recording_id AND a.other_id = k.other_id
		WHERE i.request_id = ? ORDER BY k.recording_id, k.other_id, k.list_id`, request)
}

// AnswerLookalike notes whether, by the user's word, a recording is the one under a request; [NotAnswered] takes the
// answer back. It returns an error that wraps [ErrNotFound] if no export brought the one as what may be the other.
func (db *DB) AnswerLookalike(ctx context.Context, recording, other int64, same Answer) error {
	err := db.update(ctx, func(tx *sql.Tx) error {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM lookalikes WHERE recording_id = ? AND other_id = ? LIMIT 1`, recording, other).Scan(&one)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return WithRemedy(fmt.Errorf("%w: no export brought %d as what may be %d", ErrNotFound, other, recording), ExplainVerdict)
		case err != nil:
			return err
		case same == NotAnswered:
			_, err = tx.ExecContext(ctx, `DELETE FROM lookalike_answers WHERE recording_id = ? AND other_id = ?`, recording, other)
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO lookalike_answers (recording_id, other_id, same) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET same = excluded.same`, recording, other, same == Yes)
		return err
	})
	if err != nil {
		return fmt.Errorf("settle whether two recordings are one: %w", err)
	}
	return nil
}
