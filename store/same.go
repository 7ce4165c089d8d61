package store

import (
	"context"
)

// Two exports of one account rarely name a recording alike: one has the maker's identifiers, the
// other a time cut to the second, or to the minute, and words. This file finds the recording that
// an incoming one is though they share no key. It goes by time, device and words, and it never takes
// two recordings for one that stand side by side in one list, or that carry different identifiers.

// How far the times of one recording may be apart in two exports, in milliseconds.
const (
	secondMillis = 1000
	minuteMillis = 60 * secondMillis
)

// maxNeighbours bounds the recordings that are compared: an assistant does not record more in a second,
// and an archive may claim that all of its recordings are of one.
const maxNeighbours = 64

// idSpan is a stretch of ids, both ends included.
type idSpan struct{ from, to int64 }

// neighbour is a recording whose time is close to that of an incoming one.
type neighbour struct {
	id         int64
	device     int64
	named      IncomingDevice // as its export names the device
	kinds      string         // of its identifiers, see kindOf
	transcript string
	unintended bool
	sum        []byte
}

// kindsOf selects the kinds of the identifiers of recording r.
const kindsOf = `(SELECT coalesce(group_concat(kind), '') FROM recording_keys WHERE kind <> 0 AND recording_id = r.id)`

// existNear tells whether there is anything with an id from ?1 to ?2 or from ?3 to ?4. It spares
// most recordings the question that follows, which takes SQLite many times as long to prepare.
const existNear = `SELECT EXISTS (SELECT 1 FROM recordings WHERE id BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM recordings WHERE id BETWEEN ?3 AND ?4)`

// selectNeighbours selects the recordings of an account (?3) with ids from ?1 to ?2.
const selectNeighbours = `
	SELECT r.id, r.device_id, coalesce(d.serial, ''), d.type, d.maker_name, ` + kindsOf + `, r.transcript, r.unintended, a.sha256
	FROM recordings r CROSS JOIN devices d ON d.id = r.device_id LEFT JOIN audio a ON a.id = r.audio_id
	WHERE r.id BETWEEN ?1 AND ?2 AND d.account_id = ?3 AND r.time_from <> 'mtime'
	LIMIT ?4`

func (w *recordingWriter) readNeighbours(ctx context.Context, span idSpan, account int64) ([]neighbour, error) {
	rows, err := w.tx.QueryContext(ctx, selectNeighbours, span.from, span.to, account, maxNeighbours)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []neighbour
	for rows.Next() {
		var n neighbour
		if err := rows.Scan(&n.id, &n.device, &n.named.Serial, &n.named.Type, &n.named.Name, &n.kinds, &n.transcript,
			&n.unintended, &n.sum); err != nil {
			return nil, err
		}
		found = append(found, n)
	}
	return found, rows.Err()
}

// same returns the id of the recording that an entry is by its time, its device and its words, 0 if there
// is none, and how alike they are.
func (w *recordingWriter) same(ctx context.Context, e *entry) (int64, likeness, error) {
	if !e.timeProves() {
		return 0, unlike, nil
	}
	within, cut := spansAround(e.millis)
	var exist bool
	if err := w.tx.QueryRowContext(ctx, existNear, within.from, within.to, cut.from, cut.to).Scan(&exist); err != nil || !exist {
		return 0, unlike, err
	}
	for _, span := range []idSpan{within, cut} {
		found, err := w.readNeighbours(ctx, span, e.device.account)
		if err != nil {
			return 0, unlike, err
		}
		best, like, ok := bestMatch(found, e.millis, func(n *neighbour) likeness {
			like := n.likeness(e)
			_, taken := w.matched.by(n.id)
			// A time that is cut to the minute proves little: words have to agree, and one has no identifier.
			if span == cut && (like == likeDevice || e.Identifier() != "" && n.kinds != "") || taken || shareKind(e.keys, n.kinds) {
				return unlike
			}
			return like
		})
		if ok {
			return best, like, nil
		}
	}
	return 0, unlike, nil
}

// spansAround returns where the ids lie of what may be a recording of this time: within a second of it,
// and where the time of one of the two is cut to the minute.
func spansAround(millis int64) (within, cut idSpan) {
	within = idSpan{(millis - secondMillis + 1) << idBits, (millis+secondMillis)<<idBits - 1}
	if minute := millis - millis%minuteMillis; millis != minute {
		return within, idSpan{minute << idBits, (minute+1)<<idBits - 1} // the other one's is cut
	}
	return within, idSpan{millis << idBits, (millis+minuteMillis)<<idBits - 1}
}

// bestMatch returns the id of the recording that is most alike, of equals the closest in time, and how alike it is. It
// does not guess on which of several devices it was.
func bestMatch(found []neighbour, millis int64, weigh func(*neighbour) likeness) (id int64, best likeness, ok bool) {
	away, devices := int64(0), map[int64]bool{}
	for i := range found {
		n := &found[i]
		like, d := weigh(n), max(n.id>>idBits-millis, millis-n.id>>idBits)
		if like == likeElsewhere {
			devices[n.device] = true
		}
		if like > best || like == best && like != unlike && d < away {
			id, best, away = n.id, like, d
		}
	}
	return id, best, best != unlike && (best != likeElsewhere || len(devices) == 1)
}

// likeness is how alike two recordings of about the same time are, beginning with the least.
type likeness int

const (
	unlike        likeness = iota
	likeElsewhere          // the same words, on a device that may be the same under another name
	likeDevice             // on the same device, and one of the two has no words
	likeWords              // on the same device, the same words
)

// matched says by what recordings of this likeness are taken for one.
func (l likeness) matched() Matched {
	if l == likeElsewhere || l == likeWords {
		return MatchedByWords
	}
	return MatchedByTime
}

// likeness weighs a recording against an incoming one of about the same time.
func (n *neighbour) likeness(e *entry) likeness {
	unintended := n.unintended && e.Unintended
	said := n.transcript != "" && sameWords(n.transcript, e.Transcript)
	switch {
	case n.device != e.device.id && contradict(n.named, e.Device),
		n.sum != nil && e.sum != nil && string(n.sum) != string(e.sum):
		return unlike
	case n.device != e.device.id && (said || unintended):
		return likeElsewhere
	case n.device != e.device.id:
		return unlike
	case said:
		return likeWords
	case unintended || n.named != (IncomingDevice{}) && (n.transcript == "" || e.Transcript == ""):
		return likeDevice
	}
	return unlike
}

// contradict reports whether two namings of a device cannot mean the same one.
func contradict(a, b IncomingDevice) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	renamed := a.Serial != "" && a.Serial == b.Serial
	return differ(a.Serial, b.Serial) || differ(a.Type, b.Type) || differ(a.Name, b.Name) && !renamed
}

// sameWords compares words without regard to case, punctuation and spacing.
func sameWords(a, b string) bool {
	folded := foldWords(a)
	return folded == foldWords(b) && (folded != "" || a == b)
}
