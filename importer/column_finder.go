package importer

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"unsaid/store"
)

// columnFinder finds out what the columns of a table hold. Each column has one role.
type columnFinder struct {
	names  []string               // as [foldName] writes them
	there  func(cell string) bool // whether there is audio that a cell names, with or without its suffix
	sample [][]string
	cols   columns
	taken  map[int]bool
}

// recognizeColumns finds out what the columns of a table hold: by a mapping, by their names, and
// failing that by the sampled rows. Which columns hold words it tells by their names alone; see [columnFinder.guessWords].
func recognizeColumns(header []string, sample [][]string, mapping map[string]string, there func(cell string) bool) *columnFinder {
	f := &columnFinder{sample: sample, there: there, cols: columns{}, taken: map[int]bool{}}
	for _, h := range header {
		f.names = append(f.names, foldName(h))
	}
	if mapped, ok := mapColumns(header, mapping); ok {
		f.cols = mapped
		for _, list := range mapped {
			f.taken[list[0].at] = true
		}
	}
	f.findTime()
	f.findJoined()
	for _, r := range []role{roleText, roleReply, roleSerial, roleType, roleDevice, roleUtterance, roleID, roleAudio, roleKind, roleDomain, roleIntent, rolePerson} {
		f.find(r)
	}
	f.findText()
	f.findByContent(roleAudio, hasAudioSuffix)
	f.findAudioThere()
	f.findByContent(roleUtterance, func(s string) bool { _, ok := identifyUtterance(s); return ok })
	f.findByContent(roleID, func(s string) bool { _, ok := identify(s); return ok })
	f.findUnreadDate()
	return f
}

func (f *columnFinder) take(r role, i int, by store.DecidedBy) {
	f.cols[r] = append(f.cols[r], column{i, by})
	f.taken[i] = true
}

// find assigns the column with the likeliest name. A bare id is one only if its cells look like a
// maker's identifiers: as a mere row number it would make different recordings one.
func (f *columnFinder) find(r role) {
	if f.cols.has(r) {
		return
	}
	for _, name := range synonyms[r] {
		i := slices.Index(f.names, name)
		if i < 0 || f.taken[i] || name == "id" && !f.mostly(i, likeIdentifier) {
			continue
		}
		f.take(r, i, store.DecidedByName)
		return
	}
}

// findTime assigns the likeliest name whose cells are dates, with a clock if any has one, or else
// any column of dates, or else the likeliest name with some dates. Where they have no clock, a column of clocks completes them.
func (f *columnFinder) findTime() {
	if f.cols.has(roleTime) {
		return
	}
	var named, all []int
	for _, name := range synonyms[roleTime] {
		if i := slices.Index(f.names, name); i >= 0 {
			named = append(named, i)
		}
	}
	for i := range f.names {
		all = append(all, i)
	}
	clocked := func(i int) bool { return !f.taken[i] && f.mostly(i, isDateWithClock) }
	dates := func(i int) bool { return !f.taken[i] && f.mostly(i, isDate) }
	some := func(i int) bool {
		return !f.taken[i] && (f.count(i, isDate).hits > 0 || f.count(i, isDate).filled == 0)
	}
	for _, choice := range []struct {
		from []int
		is   func(int) bool
		by   store.DecidedBy
	}{
		{named, clocked, store.DecidedByName},
		{named, dates, store.DecidedByName},
		{all, clocked, store.DecidedByContent},
		{all, dates, store.DecidedByContent},
		{named, some, store.DecidedByName},
	} {
		if at := slices.IndexFunc(choice.from, choice.is); at >= 0 {
			f.take(roleTime, choice.from[at], choice.by)
			f.findClock()
			return
		}
	}
}

// findClock assigns a column of clocks if the dates have none.
func (f *columnFinder) findClock() {
	if f.count(f.cols[roleTime][0].at, isDateWithClock).hits > 0 {
		return
	}
	for i := range f.names {
		if !f.taken[i] && f.mostly(i, isClock) {
			f.take(roleClock, i, store.DecidedByContent)
			return
		}
	}
}

// findUnreadDate assigns a column that is called a date where none holds one that can be read, but
// audio makes recordings of the rows nevertheless: they fail by name for what stands there, such as
// Yesterday, rather than go in without their time.
func (f *columnFinder) findUnreadDate() {
	if f.cols.has(roleTime) || !f.cols.has(roleAudio) {
		return
	}
	for _, name := range synonyms[roleTime] {
		if i := slices.Index(f.names, name); i >= 0 && !f.taken[i] && strings.Contains(name, "date") {
			f.take(roleTime, i, store.DecidedByName)
			f.findClock()
			return
		}
	}
}

func (f *columnFinder) findJoined() {
	for _, r := range []role{roleText, roleReply} {
		if f.cols.has(r) {
			continue
		}
		for _, name := range joined[r] {
			if i := slices.Index(f.names, name); i >= 0 && !f.taken[i] {
				f.take(r, i, store.DecidedByName)
			}
		}
	}
}

// findText assigns a column whose name says transcript among other words.
func (f *columnFinder) findText() {
	for i, name := range f.names {
		words := f.count(i, isWords)
		if !f.cols.has(roleText) && !f.taken[i] && speaksOfTranscripts(name) && words.hits*10 > words.filled*3 {
			f.take(roleText, i, store.DecidedByName)
		}
	}
}

func (f *columnFinder) findByContent(r role, is func(string) bool) {
	for i := range f.names {
		if !f.cols.has(r) && !f.taken[i] && f.mostly(i, is) {
			f.take(r, i, store.DecidedByContent)
		}
	}
}

// findAudioThere assigns a column whose cells name audio that is there, without its suffix.
func (f *columnFinder) findAudioThere() {
	const shortest = 4 // rather than the numbers of rows
	for i := range f.names {
		n := f.count(i, func(cell string) bool { return len(cell) >= shortest && f.there(cell) })
		if !f.cols.has(roleAudio) && !f.taken[i] && n.hits > 0 && 2*n.hits >= n.filled {
			f.take(roleAudio, i, store.DecidedByContent)
		}
	}
}

// tally counts the sampled cells of a column.
type tally struct{ filled, hits int }

// count counts the sampled cells of a column that hold something, and those that are of a kind.
func (f *columnFinder) count(i int, is func(string) bool) tally {
	var n tally
	for _, row := range f.sample {
		if i >= len(row) || isAbsent(row[i]) {
			continue
		}
		n.filled++
		if is(row[i]) {
			n.hits++
		}
	}
	return n
}

// strayCells is how many cells of a column may be of another kind, however few the column has: a line that explains
// the header, and one that ends the table.
const strayCells = 2

// mostly reports whether the sampled cells of a column are of a kind, but for a few.
func (f *columnFinder) mostly(i int, is func(string) bool) bool {
	n := f.count(i, is)
	misses := n.filled - n.hits
	return n.hits > misses && misses <= max(n.filled/10, strayCells)
}

func isDate(cell string) bool {
	_, err := parseDate(cell, monthFirst, time.UTC)
	return err == nil
}

func isDateWithClock(cell string) bool {
	c, err := scanDate(cell)
	return err == nil && c.hasClock
}

func isClock(cell string) bool {
	var c civil
	before, _ := c.takeClock(plainDate(cell))
	return c.hasClock && before == ""
}

// isWords reports whether a cell is prose rather than a code or a number: several words, in a script that sets spaces
// between them, or more than one letter in a script that does not.
func isWords(cell string) bool {
	letters, unspaced := 0, 0
	for _, r := range cell {
		if isLetter(r) {
			letters++
		}
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			unspaced++
		}
	}
	return letters*2 > len([]rune(cell)) && (unspaced > 1 || strings.Contains(strings.TrimSpace(cell), " "))
}

// isLetter reports whether r may be a letter of any script.
func isLetter(r rune) bool { return r > unicode.MaxASCII || unicode.IsLetter(r) }
