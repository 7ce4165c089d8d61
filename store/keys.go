package store

import (
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
	hash keyHash
	kind int64 // of the identifier, see kindOf; 0 if words or a sound are in it, so that it goes with them
}

// keyHash is the hash of a key. It begins with the time that the key tells, if any, so that the keys of a batch are
// neighbours in their index.
type keyHash [16]byte

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
	hash := hashParts("kind", shape)
	return int64(binary.BigEndian.Uint32(hash[:])) + entryKind + 1
}

// hashParts makes a short hash of parts that no two different lists of parts share.
func hashParts(parts ...string) keyHash {
	var text []byte
	for _, p := range parts {
		text = append(append(strconv.AppendInt(text, int64(len(p)), 10), ':'), p...)
	}
	sum := sha256.Sum256(text)
	return keyHash(sum[:len(keyHash{})])
}

// hashAt makes a hash of parts that begins with a time.
func hashAt(seconds uint32, parts ...string) keyHash {
	hash := hashParts(parts...)
	if seconds != 0 {
		binary.BigEndian.PutUint32(hash[:], seconds)
	}
	return hash
}

// timeIn returns a number that grows with the time that an identifier tells, 0 if it tells none: of thirteen digits, which
// are milliseconds, or of a date with the hour, such as /2025/03/01/18/.
func timeIn(id string) uint32 {
	const date = "/2006/01/02/15/"
	run := 0
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			run = 0
		} else if run++; run == 13 {
			return number(id[i-12 : i-2])
		}
	}
	for i := range len(id) - len(date) + 1 {
		if d := id[i : i+len(date)]; d[0] == '/' && d[5] == '/' && d[8] == '/' && d[11] == '/' && d[14] == '/' {
			return number(d[1:5] + d[6:8] + d[9:11] + d[12:14])
		}
	}
	return 0
}

// number reads a number, 0 if it is none or too large.
func number(digits string) uint32 {
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}

// makeKeys returns the keys of an entry: its identifiers, the entry's own first, or else its file's
// name, or else device, time and words (the sound, where there are no words).
func (e *entry) makeKeys() []key {
	var keys []key
	if e.VendorID != "" {
		keys = append(keys, key{hashAt(timeIn(e.VendorID), "id", e.Vendor, e.VendorID), entryKind})
	}
	for _, id := range e.Aliases {
		if id != "" && id != e.VendorID {
			keys = append(keys, key{hashAt(timeIn(id), "id", e.Vendor, id), kindOf(id)})
		}
	}
	sound := string(e.sum)
	switch {
	case len(keys) > 0:
		return keys
	case e.FileName != "":
		return []key{{hash: hashParts("file", e.Vendor, e.FileName)}}
	case e.Transcript != "":
		sound = ""
	}
	return []key{{hash: hashAt(uint32(e.millis/secondMillis), "said", strconv.FormatInt(e.device.named, 10), strconv.FormatInt(e.millis, 10),
		e.Transcript, sound, strconv.Itoa(e.Occurrence))}}
}

// find returns the recording, or the tombstone, that an entry is by one of its keys, nil if there
// is none. An entry's own key decides before all others. It also returns the tombstones that it may be
// the recording of as well, since they share a key and nothing else tells.
func (w *writer) find(e *entry) (best *known, stones []*known) {
	bestScore := 0
	for _, k := range e.keys {
		compared := 0
		for _, m := range w.byKey[k.hash] {
			if m.account != e.device.account {
				continue
			}
			if compared++; compared > maxCandidates {
				break
			}
			score := w.score(m, e, k)
			if score > bestScore || score == bestScore && score > 0 && m.likelier(best, e) {
				best, bestScore = m.known, score
			}
			if score > 0 && m.purged && !slices.Contains(stones, m.known) {
				stones = append(stones, m.known)
			}
		}
		if bestScore >= ownScore {
			break
		}
	}
	if best != nil && (best.purged || best.alike(e) || best.sounds(e.sum)) {
		return best, nil
	}
	return best, stones
}

// likelier reports whether, of two candidates of one score, k is likelier to be the entry. The one with more words is rather the
// request than the wake word; an entry of the maker's without words is rather the one without.
func (k *known) likelier(other *known, e *entry) bool {
	if e.VendorID != "" && e.Transcript == "" {
		return len(k.transcript) < len(other.transcript)
	}
	return len(k.transcript) > len(other.transcript)
}

// ownScore is the least score of a recording that is known by the entry's own key.
const ownScore = 100

// score weighs a recording that has a key of an incoming one: 0 if they cannot be the same. Two
// sounds are never one recording, whatever they are called.
func (w *writer) score(m match, e *entry, by key) int {
	hasEntry := hasKind(m.kinds, entryKind)
	own := by.kind == 0 || by.kind == entryKind && (m.kind == entryKind || !hasEntry) || m.kind == entryKind && e.VendorID == ""
	claim := w.im.claims.get(m.id)
	switch {
	case m.sum != nil && e.sum != nil && !m.sounds(e.sum):
		return 0
	case own: // nothing else is asked
	case e.VendorID != "" && hasEntry, claim != 0 && claim != e.claim && !m.mentioned(e), m.contradicts(e):
		return 0
	}
	score := 1
	for i, good := range []bool{!m.purged, m.alike(e), m.sounds(e.sum)} {
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
func (k *known) alike(e *entry) bool {
	empty := k.transcript == "" && e.Transcript == "" && k.sum == nil && e.sum == nil
	return k.transcript != "" && sameWords(k.transcript, e.Transcript) || k.unintended && e.Unintended || k.doubtful && empty
}

// mentioned reports whether an incoming recording only names an identifier that the maker's own entry has:
// it brings neither words nor sound, so it does not stand for another entry, even if another row was matched with that one.
func (k *known) mentioned(e *entry) bool {
	return hasKind(k.kinds, entryKind) && e.VendorID == "" && e.Transcript == "" && e.Reply == "" && e.sum == nil && !e.Unintended
}

// sounds reports whether a recording has a sound of this sum.
func (k *known) sounds(sum []byte) bool { return sum != nil && string(k.sum) == string(sum) }

// contradicts reports whether a recording has other words than an incoming one, so that they are
// two entries of one utterance. One may have more of the words than the other.
func (k *known) contradicts(e *entry) bool {
	if k.transcript == "" || e.Transcript == "" || k.unintended && e.Unintended {
		return false
	}
	a, b := foldWords(k.transcript), foldWords(e.Transcript)
	return !strings.Contains(a, b) && !strings.Contains(b, a)
}

// hasKind reports whether a kind is one of those that a recording has identifiers of.
func hasKind(kinds string, kind int64) bool {
	return strings.Contains(","+kinds+",", ","+strconv.FormatInt(kind, 10)+",")
}

// shareKind reports whether one of the keys is made of an identifier of one of the kinds.
func shareKind(keys []key, kinds string) bool {
	return kinds != "" && slices.ContainsFunc(keys, func(k key) bool { return k.kind != 0 && hasKind(kinds, k.kind) })
}
