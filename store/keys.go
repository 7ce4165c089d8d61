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

// makeKeys returns the keys of an entry: its identifiers, the entry's own first, or else its file's
// name, or else device, time and words (the sound, where there are no words).
func (e *entry) makeKeys() []key {
	var keys []key
	if e.VendorID != "" {
		keys = append(keys, key{hashKey("id", e.Vendor, e.VendorID), entryKind})
	}
	for _, id := range e.Aliases {
		if id != "" && id != e.VendorID {
			keys = append(keys, key{hashKey("id", e.Vendor, id), kindOf(id)})
		}
	}
	sound := string(e.sum)
	switch {
	case len(keys) > 0:
		return keys
	case e.FileName != "":
		return []key{{hash: hashKey("file", e.Vendor, e.FileName)}}
	case e.Transcript != "":
		sound = ""
	}
	return []key{{hash: hashKey("said", strconv.FormatInt(e.device.named, 10), strconv.FormatInt(e.millis, 10),
		e.Transcript, sound, strconv.Itoa(e.Occurrence))}}
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

// selectCandidates selects what has a key (?1) in an account (?3).
const selectCandidates = `SELECT k.recording_id, k.kind,
	EXISTS (SELECT 1 FROM recording_keys o WHERE o.recording_id = k.recording_id AND o.kind = 1),
	r.id IS NULL, coalesce(r.transcript, ''), coalesce(r.unintended, 0), coalesce(r.doubtful, 0), a.sha256
	FROM recording_keys k LEFT JOIN recordings r ON r.id = k.recording_id LEFT JOIN audio a ON a.id = r.audio_id
	LEFT JOIN tombstones t ON t.id = k.recording_id JOIN devices d ON d.id = coalesce(r.device_id, t.device_id)
	WHERE k.key = ?1 AND d.account_id = ?3 ORDER BY k.recording_id DESC LIMIT ?2`

func (w *recordingWriter) candidates(ctx context.Context, hash []byte, account int64) ([]candidate, error) {
	rows, err := w.tx.QueryContext(ctx, selectCandidates, hash, maxCandidates, account)
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

// find returns the recording, or the tombstone, that an entry is by one of its keys; its id is 0 if there
// is none. An entry's own key decides before all others. It also returns the tombstones that it may be
// the recording of as well, since they share a key and nothing else tells.
func (w *recordingWriter) find(ctx context.Context, e *entry) (candidate, []int64, error) {
	var best candidate
	var bestScore int
	var stones []int64
	for _, k := range e.keys {
		found, err := w.candidates(ctx, k.hash, e.device.account)
		if err != nil {
			return candidate{}, nil, err
		}
		for _, c := range found {
			score := c.score(e, k, w.matched)
			if score > bestScore || score == bestScore && score > 0 && c.likelier(&best, e) {
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
	if best.purged || best.alike(e) || best.sounds(e.sum) {
		return best, nil, nil
	}
	return best, stones, nil
}

// likelier reports whether, of two candidates of one score, c is likelier to be the entry. The one with more words is rather the
// request than the wake word; an entry of the maker's without words is rather the one without.
func (c *candidate) likelier(other *candidate, e *entry) bool {
	if e.VendorID != "" && e.Transcript == "" {
		return len(c.transcript) < len(other.transcript)
	}
	return len(c.transcript) > len(other.transcript)
}

// score weighs a recording that shares k with an incoming one: 0 if they cannot be the same. Two
// sounds are never one recording, whatever they are called.
func (c *candidate) score(e *entry, k key, matched *claims) int {
	own := k.kind == 0 || k.kind == entryKind && (c.kind == entryKind || !c.entry) || c.kind == entryKind && e.VendorID == ""
	by, taken := matched.by(c.id)
	switch {
	case c.sum != nil && e.sum != nil && !c.sounds(e.sum):
		return 0
	case own: // nothing else is asked
	case e.VendorID != "" && c.entry, taken && by != e.Identifier() && !c.mentioned(e), c.contradicts(e):
		return 0
	}
	score := 1
	for i, good := range []bool{!c.purged, c.alike(e), c.sounds(e.sum)} {
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
func (c *candidate) alike(e *entry) bool {
	empty := c.transcript == "" && e.Transcript == "" && c.sum == nil && e.sum == nil
	return c.transcript != "" && sameWords(c.transcript, e.Transcript) || c.unintended && e.Unintended || c.doubtful && empty
}

// mentioned reports whether an incoming recording only names an identifier that the maker's own entry has:
// it brings neither words nor sound, so it does not stand for another entry, even if another row was matched with that one.
func (c *candidate) mentioned(e *entry) bool {
	return c.entry && e.VendorID == "" && e.Transcript == "" && e.Reply == "" && e.sum == nil && !e.Unintended
}

// sounds reports whether a recording has a sound of this sum.
func (c *candidate) sounds(sum []byte) bool { return sum != nil && string(c.sum) == string(sum) }

// ownScore is the least score of a recording that is known by the entry's own key.
const ownScore = 100

// contradicts reports whether a recording has other words than an incoming one, so that they are
// two entries of one utterance. One may have more of the words than the other.
func (c *candidate) contradicts(e *entry) bool {
	if c.transcript == "" || e.Transcript == "" || c.unintended && e.Unintended {
		return false
	}
	a, b := foldWords(c.transcript), foldWords(e.Transcript)
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
