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
	purged     bool
	from       int64 // the import that brought it, 0 if it was purged
	after      int64 // the newest import when it was asked for
	otherFrom  int64 // the import that brought the recording that may be it
}

// noteLookalikes notes which recordings under requests a recording may be that an export has and that is none of them.
func (w *recordingWriter) noteLookalikes(ctx context.Context, id int64, e *entry) error {
	if !w.asked || id>>idBits == 0 {
		return nil
	}
	near, err := all(ctx, w.tx, func(rows *sql.Rows) (a asked, err error) {
		return a, rows.Scan(&a.id, &a.device, &a.named.Serial, &a.named.Type, &a.named.Name, &a.kinds, &a.transcript, &a.purged, &a.from, &a.after, &a.otherFrom)
	}, `SELECT i.recording_id, d.id, coalesce(d.serial, ''), d.type, d.maker_name, (SELECT coalesce(group_concat(kind), '')
			FROM recording_keys WHERE kind <> 0 AND recording_id = i.recording_id), coalesce(r.transcript, ''), r.id IS NULL, coalesce(r.import_id, 0), i.after,
			coalesce((SELECT import_id FROM recordings WHERE id = ?5), 0)
		FROM (SELECT s.recording_id, min(q.after_import) AS after FROM request_items s JOIN requests q ON q.id = s.request_id
			WHERE s.recording_id BETWEEN ?1 AND ?2 GROUP BY s.recording_id) i
		LEFT JOIN recordings r ON r.id = i.recording_id LEFT JOIN tombstones t ON t.id = i.recording_id
		JOIN devices d ON d.id = coalesce(r.device_id, t.device_id) WHERE d.account_id = ?3 LIMIT ?4`,
		id-zonesMillis<<idBits, id+zonesMillis<<idBits, e.device.account, maxLookalikes, id)
	if err != nil {
		return err
	}
	for _, a := range near {
		if a.alike(id, e) {
			_, err = w.tx.ExecContext(ctx, `INSERT OR IGNORE INTO lookalikes (recording_id, other_id, list_id) VALUES (?, ?, ?)`, a.id, id, w.list)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// alike reports whether a recording with an id may be the one under a request. Not even another device that was known
// before tells them apart, unless both have a serial that came with an identifier: devices swap their names.
func (a *asked) alike(id int64, e *entry) bool {
	otherDevice := a.device != e.device.id && a.kinds != "" && a.named.Serial != "" && e.Device.Serial != ""
	if a.id == id || a.from != 0 && a.from == a.otherFrom || otherDevice || shareKind(e.keys, a.kinds) {
		return false
	}
	said, other := foldWords(a.transcript), foldWords(e.Transcript)
	apart := max(a.id>>idBits-id>>idBits, id>>idBits-a.id>>idBits)
	cut := (a.id>>idBits)%minuteMillis == 0 || id>>idBits%minuteMillis == 0 || e.millis%minuteMillis == 0 // perhaps, to the minute
	if apart <= lookalikeMillis {
		if a.purged && a.kinds == "" && a.otherFrom <= a.after { // the library had both, side by side
			return cut && apart < minuteMillis
		}
		return said == "" || other == "" || strings.Contains(said, other) || strings.Contains(other, said)
	}
	if a.kinds != "" && e.Identifier() != "" { // both have the maker's own time
		return false
	}
	off, within := apart%quarterMillis, int64(secondMillis)
	if cut {
		within = minuteMillis
	}
	return (a.purged || said == other) && min(off, quarterMillis-off) < within
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
