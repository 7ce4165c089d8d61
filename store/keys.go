package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A maker's list may have several entries of one utterance: the wake word alone and the request
// after it. So only the maker's own key of an entry decides which recording it is. Any other
// identifier leads to recordings that it may be, and it is never one that is another entry's.

// key is one of the hashes by which a recording is known again.
type key struct {
	hash []byte
	kind int64 // of the identifier, see kindOf; 0 if words or a sound are in it, so that it goes with them
}

// entryKind is the kind of the maker's own key of an entry.
const entryKind = 1

// kindOf returns a number for what is left of an identifier without its letters and digits. A
// recording may have identifiers of several kinds; two that have different identifiers of one kind
// are two.
func kindOf(id string) int64 {
	shape := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return -1
		}
		return r
	}, id)
	return int64(binary.BigEndian.Uint32(hashKey("kind", shape))) + entryKind + 1
}

// hashKey makes a short hash of parts that no two different lists of parts share.
func hashKey(parts ...string) []byte {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return h.Sum(nil)[:16]
}

// keysOf returns the keys of a recording: its identifiers, the entry's own first, or else its file's
// name, or else device, time and words (the sound, where there are no words).
func keysOf(rec *Incoming, device, millis int64, sound string) []key {
	var keys []key
	if rec.VendorID != "" {
		keys = append(keys, key{hashKey("id", rec.Vendor, rec.VendorID), entryKind})
	}
	for _, id := range rec.Aliases {
		if id != "" && id != rec.VendorID {
			keys = append(keys, key{hashKey("id", rec.Vendor, id), kindOf(id)})
		}
	}
	switch {
	case len(keys) > 0:
		return keys
	case rec.FileName != "":
		return []key{{hash: hashKey("file", rec.Vendor, rec.FileName)}}
	case rec.Transcript != "":
		sound = ""
	}
	return []key{{hash: hashKey("said", strconv.FormatInt(device, 10), strconv.FormatInt(millis, 10),
		rec.Transcript, sound, strconv.Itoa(rec.Occurrence))}}
}

// candidate is a recording, or a tombstone, that shares a key with an incoming recording.
type candidate struct {
	id         int64
	kind       int64 // of the key
	entry      bool  // it is known by the maker's own key of an entry
	purged     bool
	transcript string
	unintended bool
	doubtful   bool
	sum        []byte
}

// maxCandidates bounds the recordings that are compared: an archive may claim that all of its
// recordings are of one utterance.
const maxCandidates = 1000

const selectCandidates = `SELECT k.recording_id, k.kind,
	EXISTS (SELECT 1 FROM recording_keys o WHERE o.recording_id = k.recording_id AND o.kind = 1),
	r.id IS NULL, coalesce(r.transcript, ''), coalesce(r.unintended, 0), coalesce(r.doubtful, 0), a.sha256
	FROM recording_keys k LEFT JOIN recordings r ON r.id = k.recording_id LEFT JOIN audio a ON a.id = r.audio_id
	WHERE k.key = ?1 ORDER BY k.recording_id DESC LIMIT ?2`

func (w *recordingWriter) candidates(ctx context.Context, hash []byte) ([]candidate, error) {
	rows, err := w.tx.QueryContext(ctx, selectCandidates, hash, maxCandidates)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []candidate
	for rows.Next() {
		var c candidate
		if err := rows.Scan(&c.id, &c.kind, &c.entry, &c.purged, &c.transcript, &c.unintended, &c.doubtful, &c.sum); err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, rows.Err()
}

// find returns the recording, or the tombstone, that rec is by one of its keys; its id is 0 if there
// is none. An entry's own key decides before all others. It also returns the tombstones that rec may be
// the recording of as well, since they share a key and nothing else tells.
func (w *recordingWriter) find(ctx context.Context, rec *Incoming, keys []key, sum []byte, claimed *claims) (candidate, []int64, error) {
	var best candidate
	var bestScore int
	var stones []int64
	for _, k := range keys {
		found, err := w.candidates(ctx, k.hash)
		if err != nil {
			return candidate{}, nil, err
		}
		for _, c := range found {
			score := c.score(rec, k, sum, claimed)
			if score > bestScore || score == bestScore && score > 0 && c.likelier(&best, rec) {
				best, bestScore = c, score
			}
			if score > 0 && c.purged && !slices.Contains(stones, c.id) {
				stones = append(stones, c.id)
			}
		}
		if bestScore >= ownScore {
			break
		}
	}
	if best.purged || best.alike(rec, sum) || best.sounds(sum) {
		return best, nil, nil
	}
	return best, stones, nil
}

// likelier reports whether, of two candidates of one score, c is likelier to be rec. The one with more words is rather the
// request than the wake word; an entry of the maker's without words is rather the one without.
func (c *candidate) likelier(other *candidate, rec *Incoming) bool {
	if rec.VendorID != "" && rec.Transcript == "" {
		return len(c.transcript) < len(other.transcript)
	}
	return len(c.transcript) > len(other.transcript)
}

// score weighs a recording that shares k with an incoming one: 0 if they cannot be the same. Two
// sounds are never one recording, whatever they are called.
func (c *candidate) score(rec *Incoming, k key, sum []byte, claimed *claims) int {
	own := k.kind == 0 || k.kind == entryKind && (c.kind == entryKind || !c.entry) || c.kind == entryKind && rec.VendorID == ""
	by, taken := claimed.by(c.id)
	switch {
	case c.sum != nil && sum != nil && !c.sounds(sum):
		return 0
	case own: // nothing else is asked
	case rec.VendorID != "" && c.entry, taken && by != rec.Identifier() && !c.mentioned(rec, sum), c.contradicts(rec):
		return 0
	}
	score := 1
	for i, good := range []bool{!c.purged, c.alike(rec, sum), c.sounds(sum)} {
		if good {
			score += 2 << i
		}
	}
	if own {
		score += ownScore
	}
	return score
}

// alike reports whether a recording has the words of an incoming one, or both were made by mistake, or both
// are empty and the recording was imported in spite of its doubt: the incoming one is imported only once.
func (c *candidate) alike(rec *Incoming, sum []byte) bool {
	empty := c.transcript == "" && rec.Transcript == "" && c.sum == nil && sum == nil
	return c.transcript != "" && sameWords(c.transcript, rec.Transcript) || c.unintended && rec.Unintended || c.doubtful && empty
}

// mentioned reports whether an incoming recording only names an identifier that the maker's own entry has:
// it brings neither words nor sound, so it does not stand for another entry, even if another row was matched with that one.
func (c *candidate) mentioned(rec *Incoming, sum []byte) bool {
	return c.entry && rec.VendorID == "" && rec.Transcript == "" && rec.Reply == "" && sum == nil && !rec.Unintended
}

// sounds reports whether a recording has a sound of this sum.
func (c *candidate) sounds(sum []byte) bool { return sum != nil && string(c.sum) == string(sum) }

// ownScore is the least score of a recording that is known by the entry's own key.
const ownScore = 100

// contradicts reports whether a recording has other words than an incoming one, so that they are
// two entries of one utterance. One may have more of the words than the other.
func (c *candidate) contradicts(rec *Incoming) bool {
	if c.transcript == "" || rec.Transcript == "" || c.unintended && rec.Unintended {
		return false
	}
	a, b := foldWords(c.transcript), foldWords(rec.Transcript)
	return !strings.Contains(a, b) && !strings.Contains(b, a)
}

// shareKind reports whether one of the keys is made of an identifier of one of the kinds, which are
// as SQLite's group_concat lists them.
func shareKind(keys []key, kinds string) bool {
	for kind := range strings.SplitSeq(kinds, ",") {
		if slices.ContainsFunc(keys, func(k key) bool { return k.kind != 0 && strconv.FormatInt(k.kind, 10) == kind }) {
			return true
		}
	}
	return false
}
