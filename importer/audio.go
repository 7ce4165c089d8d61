package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"unsaid/store"
)

// maxAudioBytes is the most that one clip may take, packed or not.
const maxAudioBytes = 64 << 20

var errAudioTooLarge = fmt.Errorf("it is larger than %d MiB, which no voice recording is", maxAudioBytes>>20)

// readAudio reads the sound of a member. The error is fit for a report.
func (in *Input) readAudio(m *member, by store.LinkedBy) (*store.IncomingAudio, error) {
	if m.size > maxAudioBytes {
		return nil, errAudioTooLarge
	}
	f, err := in.open(m, true)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := readClip(f)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte(gzipMagic)) { // some downloaders saved the compressed answer as it came
		unpacked, err := gunzip(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = readClip(unpacked); err != nil {
			return nil, err
		}
	}
	if len(data) == 0 {
		return nil, errors.New("it is empty")
	}
	audio := &store.IncomingAudio{Data: data, Format: audioFormat(data), LinkedBy: by}
	if in.probe != nil {
		if format, duration, ok := in.probe(data); ok {
			audio.Format, audio.Duration = format, duration
		}
	}
	if audio.Format == "" {
		return nil, errors.New("its content is not audio that unsaid knows")
	}
	return audio, nil
}

func readClip(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxAudioBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxAudioBytes {
		return nil, errAudioTooLarge
	}
	return data, nil
}

// attach reads m as the sound of rec and accounts for m. If m cannot be read, it fails and rec stays without
// audio.
func (in *Input) attach(rec *store.Incoming, m *member, by store.LinkedBy) {
	m.linked = true
	audio, err := in.readAudio(m, by)
	if err != nil {
		rec.Members = append(rec.Members, failed(m.path, err.Error()))
		return
	}
	rec.Audio, rec.Members = audio, append(rec.Members, imported(m.path, ""))
}

// audioIndex finds the audio members of an input by what their names say. It is made when it is
// first asked, and holds hashes of names in a sorted list, since there may be very many. The seed keeps
// names from being made to collide.
type audioIndex struct {
	members []member
	seed    maphash.Seed
	made    bool
	keys    []audioKey
}

// audioKey is a member by the hash of one of its keys.
type audioKey struct {
	hash uint64
	m    *member
}

// minIdentifier is the fewest letters and digits by which a file name is taken for an identifier.
const minIdentifier = 16

func newAudioIndex(members []member) *audioIndex {
	return &audioIndex{members: members, seed: maphash.MakeSeed()}
}

// The keys of audio: its file name in lower case; the letters and digits of its name; or its utterance, with
// the part and without.
func nameKey(name string) string       { return "name " + strings.ToLower(name) }
func identifierKey(s string) string    { return "identifier " + lettersAndDigits(s) }
func partKey(uuid, part string) string { return "part " + uuid + "/" + part }
func utteranceKey(uuid string) string  { return "utterance " + uuid }

func (x *audioIndex) make() {
	if x.made {
		return
	}
	x.made = true
	for i := range x.members {
		m := &x.members[i]
		if m.content != contentAudio {
			continue
		}
		x.add(nameKey(path.Base(m.path)), m)
		id, ok := identifyUtterance(m.path)
		if !ok {
			id.uuid = strings.ToLower(uuidPattern.FindString(path.Base(m.path)))
			if name := base(m.path); len(lettersAndDigits(name)) >= minIdentifier {
				x.add(identifierKey(name), m)
			}
		}
		if id.uuid != "" {
			x.add(partKey(id.uuid, id.part), m)
			x.add(utteranceKey(id.uuid), m)
		}
	}
	slices.SortStableFunc(x.keys, func(a, b audioKey) int { return cmp.Compare(a.hash, b.hash) })
}

func (x *audioIndex) add(key string, m *member) {
	x.keys = append(x.keys, audioKey{maphash.String(x.seed, key), m})
}

// find returns the audio with a key, in order of the paths.
func (x *audioIndex) find(key string) []*member {
	x.make()
	hash := maphash.String(x.seed, key)
	at, _ := slices.BinarySearchFunc(x.keys, hash, func(k audioKey, hash uint64) int { return cmp.Compare(k.hash, hash) })
	var found []*member
	for ; at < len(x.keys) && x.keys[at].hash == hash && len(found) <= maxSameName; at++ {
		found = append(found, x.keys[at].m)
	}
	return found
}

// first returns the first audio with a key, nil if there is none. A second one of the same identifier is
// left to be found by its name.
func (x *audioIndex) first(key string) *member {
	if found := x.find(key); len(found) > 0 {
		return found[0]
	}
	return nil
}

// usualSuffixes are those that a name without one is tried with, in that order.
var usualSuffixes = []string{".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"}

// audioBeside returns the audio in the folder of m that is called like it but for the suffix, nil
// if there is none.
func (in *Input) audioBeside(m *member) *member {
	for _, suffix := range usualSuffixes {
		if audio := in.member(stem(m.path) + suffix); audio != nil && audio.content == contentAudio {
			return audio
		}
	}
	return nil
}

// maxSameName is more files of one name than an export has: a hostile archive may hold nothing else.
const maxSameName = 1000

// named returns the audio that a table's cell names: a file name with or without its folder or
// its suffix. Of several with that name it takes the one whose folder the cell names, or else the
// one next to the table; it does not guess between equals.
func (x *audioIndex) named(cell, table string) *member {
	cell = strings.ToLower(treeName(cell))
	if cell == "" {
		return nil
	}
	found := x.find(nameKey(path.Base(cell)))
	for _, suffix := range usualSuffixes {
		if len(found) > 0 {
			break
		}
		if found = x.find(nameKey(path.Base(cell) + suffix)); len(found) > 0 {
			cell += suffix
		}
	}
	if len(found) > maxSameName {
		return nil
	}
	var best *member
	bestScore := -1
	for _, m := range found {
		score := closeness(strings.ToLower(m.path), cell, strings.ToLower(table))
		switch {
		case score > bestScore:
			best, bestScore = m, score
		case score < bestScore:
		case best != nil && best.copyOf(m):
			if best.linked {
				best = m
			}
		default:
			best = nil
		}
	}
	return best
}

// copyOf reports whether two members are one file of one export, which came packed and unpacked.
func (m *member) copyOf(other *member) bool {
	return m.size == other.size && wholePath(m.path) == wholePath(other.path)
}

// closeness scores a path by how much of it the cell names, then by whether it lies in the table's
// folder of another part of one export, then by the folders it shares with the table.
func closeness(p, cell, table string) int {
	score := 0
	if strings.HasSuffix("/"+p, "/"+cell) {
		score += 10_000 * (1 + strings.Count(cell, "/"))
	}
	mine, inside := inTakeout(path.Dir(p) + "/")
	its, _ := inTakeout(path.Dir(table) + "/")
	if inside && mine == its {
		score += 2 * maxNameLength
	}
	return score + sharedFolders(p, table) + sharedFolders(wholePath(p), wholePath(table))
}

// sharedFolders returns how many folders two paths have in common, from the top.
func sharedFolders(a, b string) int {
	mine, its := strings.Split(path.Dir(a), "/"), strings.Split(path.Dir(b), "/")
	n := 0
	for n < min(len(mine), len(its)) && mine[n] == its[n] {
		n++
	}
	return n
}

// identified returns the audio whose name carries one of the given identifiers. An utterance may
// have come in pieces, of which the first is often the wake word alone: the last one is returned.
func (x *audioIndex) identified(ids ...string) *member {
	var found *member
	lastPart := ""
	for _, s := range ids {
		m, part := x.identifiedOne(s)
		if m != nil && (found == nil || part > lastPart) {
			found, lastPart = m, part
		}
	}
	return found
}

func (x *audioIndex) identifiedOne(s string) (m *member, part string) {
	id, ok := identifyUtterance(s)
	switch {
	case !ok:
		if len(lettersAndDigits(s)) >= minIdentifier {
			m = x.first(identifierKey(s))
		}
	case id.part == "":
		if found := x.find(utteranceKey(id.uuid)); len(found) > 0 {
			m = found[len(found)-1]
		}
	default:
		m = x.first(partKey(id.uuid, id.part))
		if m == nil {
			m = x.first(partKey(id.uuid, "")) // the file's name leaves the part out
		}
	}
	return m, id.part
}

// nameTime reads the time that a file name carries: an identifier's, or a date with a clock such
// as 2024-05-03_18_42_07.
func nameTime(p string, zone *time.Location) (time.Time, store.TimeFrom) {
	if id, ok := identify(path.Base(p)); ok && !id.time.IsZero() {
		return id.time, store.TimeIdentifier
	}
	if id, ok := identify(p); ok && !id.time.IsZero() {
		return id.time, store.TimeIdentifier
	}
	if t, ok := dateInName(base(p), zone); ok {
		return t, store.TimeName
	}
	return time.Time{}, store.TimeUnknown
}
