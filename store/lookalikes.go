package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
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
	account    int64
	device     int64
	named      IncomingDevice
	kinds      string // of its identifiers, see kindOf
	transcript string // "" also if it was purged
	purged     bool
	from       int64 // the import that brought it, 0 if it was purged
	after      int64 // the newest import when it was asked for
}

// selectAsked selects the recordings under requests with ids from ?1 to ?2.
const selectAsked = `SELECT i.recording_id, d.account_id, d.id, coalesce(d.serial, ''), d.type, d.maker_name, coalesce(r.kinds, t.kinds),
		coalesce(r.transcript, ''), r.id IS NULL, coalesce(r.import_id, 0), i.after
	FROM (SELECT s.recording_id, min(q.after_import) AS after FROM request_items s JOIN requests q ON q.id = s.request_id
		WHERE s.recording_id BETWEEN ?1 AND ?2 GROUP BY s.recording_id) i
	LEFT JOIN recordings r ON r.id = i.recording_id LEFT JOIN tombstones t ON t.id = i.recording_id
	JOIN devices d ON d.id = coalesce(r.device_id, t.device_id) ORDER BY i.recording_id`

// noteLookalikes notes which recordings under requests may be what the entries were found to be, or added as.
func (w *writer) noteLookalikes(ctx context.Context) error {
	var found []*entry
	for _, e := range w.entries {
		if e.found != nil && e.found.id>>idBits != 0 {
			found = append(found, e)
		}
	}
	if !w.asked || len(found) == 0 {
		return nil
	}
	byID := func(a, b *entry) int { return cmp.Compare(a.found.id, b.found.id) }
	first, last := slices.MinFunc(found, byID).found.id, slices.MaxFunc(found, byID).found.id
	under, err := all(ctx, w.tx, func(rows *sql.Rows) (a asked, err error) {
		return a, rows.Scan(&a.id, &a.account, &a.device, &a.named.Serial, &a.named.Type, &a.named.Name, &a.kinds, &a.transcript, &a.purged, &a.from, &a.after)
	}, selectAsked, first-zonesMillis<<idBits, last+zonesMillis<<idBits)
	if err != nil {
		return err
	}
	noted := rows{into: `INSERT OR IGNORE INTO lookalikes (recording_id, other_id, list_id)`, values: `(?, ?, ?)`}
	for _, e := range found {
		id := e.found.id
		from, _ := slices.BinarySearchFunc(under, id-zonesMillis<<idBits, func(a asked, id int64) int { return cmp.Compare(a.id, id) })
		compared := 0
		for i := from; i < len(under) && under[i].id <= id+zonesMillis<<idBits && compared < maxLookalikes; i++ {
			if a := &under[i]; a.account == e.device.account {
				compared++
				if a.alike(e) {
					noted.add(a.id, id, e.list)
				}
			}
		}
	}
	return noted.write(ctx, w.tx)
}

// alike reports whether what an entry was found to be may be the recording under a request. Not even another device that was known
// before tells them apart, unless both have a serial that came with an identifier: devices swap their names.
func (a *asked) alike(e *entry) bool {
	id := e.found.id
	otherDevice := a.device != e.device.id && a.kinds != "" && a.named.Serial != "" && e.Device.Serial != ""
	if a.id == id || a.from != 0 && a.from == e.found.from || otherDevice || shareKind(e.keys, a.kinds) {
		return false
	}
	apart := max(a.id>>idBits-id>>idBits, id>>idBits-a.id>>idBits)
	cut := (a.id>>idBits)%minuteMillis == 0 || id>>idBits%minuteMillis == 0 || e.millis%minuteMillis == 0 // perhaps, to the minute
	if apart <= lookalikeMillis {
		if a.purged && a.kinds == "" && e.found.from <= a.after { // the library had both, side by side
			return cut && apart < minuteMillis
		}
		said, other := foldWords(a.transcript), foldWords(e.Transcript)
		return said == "" || other == "" || strings.Contains(said, other) || strings.Contains(other, said)
	}
	if a.kinds != "" && e.Identifier() != "" { // both have the maker's own time
		return false
	}
	off, within := apart%quarterMillis, int64(secondMillis)
	if cut {
		within = minuteMillis
	}
	return min(off, quarterMillis-off) < within && (a.purged || foldWords(a.transcript) == foldWords(e.Transcript))
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
