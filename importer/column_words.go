package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"unsaid/store"
)

// Which columns hold words is told by the cells where the names do not tell: words are free text, with many different
// values. Of two such columns the request is rather the earlier one, the shorter one, and the one that is not written in
// sentences. In the archive of 2020 to 2023 the order is date, request, audio file, reply.

// prose is what the sampled cells of a column tell about its words.
type prose struct {
	at        int
	hint      int // see [hints]
	filled    int
	distinct  int
	length    float64 // of a cell, on average, in characters
	sentences float64 // the share of cells that end as a sentence does
	words     float64 // the share of cells that are prose
}

// maxVaried is so many different values that a column is free text, however often they are repeated: more than a
// household has devices.
const maxVaried = 8

// free reports whether a column is free text.
func (p prose) free() bool {
	return p.words >= 0.3 && (p.distinct >= maxVaried || 2*p.distinct > p.filled)
}

func (f *columnFinder) proseOf(i int) prose {
	p := prose{at: i, hint: hints(f.names[i])}
	seen := map[string]bool{}
	length, sentences, words := 0, 0, 0
	for _, row := range f.sample {
		if i >= len(row) || isAbsent(row[i]) {
			continue
		}
		cell := strings.TrimSpace(row[i])
		p.filled++
		seen[cell] = true
		length += utf8.RuneCountInString(cell)
		if isWords(cell) && !isDate(cell) {
			words++
		}
		if last, _ := utf8.DecodeLastRuneInString(cell); strings.ContainsRune(".!?…。！？؟।", last) {
			sentences++
		}
	}
	if p.distinct = len(seen); p.filled > 0 {
		n := float64(p.filled)
		p.length, p.sentences, p.words = float64(length)/n, float64(sentences)/n, float64(words)/n
	}
	return p
}

// guessWords assigns the columns of the request and of the reply by their cells, as far as the names left them open.
func (f *columnFinder) guessWords() {
	var free []prose
	for i := range f.names {
		if f.taken[i] {
			continue
		}
		if p := f.proseOf(i); p.free() {
			free = append(free, p)
		}
	}
	if len(free) > 2 { // rather those with the most different values
		slices.SortStableFunc(free, func(a, b prose) int { return cmp.Compare(b.distinct, a.distinct) })
		free = free[:2]
		slices.SortFunc(free, func(a, b prose) int { return cmp.Compare(a.at, b.at) })
	}
	switch {
	case len(free) == 0:
	case f.cols.has(roleText) && f.cols.has(roleReply):
	case f.cols.has(roleText):
		if f.cols.has(roleAudio) { // of another table, the further text may be anything
			f.take(roleReply, mostSentences(free).at, store.DecidedByContent)
		}
	case f.cols.has(roleReply):
		f.take(roleText, leastSentences(free).at, store.DecidedByContent)
	case len(free) == 2:
		request, reply := free[0], free[1]
		if request.rather(reply) < 0 {
			request, reply = reply, request
		}
		f.take(roleText, request.at, store.DecidedByContent)
		f.take(roleReply, reply.at, store.DecidedByContent)
	default:
		f.guessByPlace(free[0])
	}
}

// guessByPlace assigns the roles where one column alone is free text: the other one may have short words, or none.
func (f *columnFinder) guessByPlace(only prose) {
	request, reply, placed := f.archiveOrder()
	switch {
	case placed && (only.at == request || only.at == reply):
		f.take(roleText, request, store.DecidedByContent)
		f.take(roleReply, reply, store.DecidedByContent)
	case only.hint < 0:
		f.take(roleReply, only.at, store.DecidedByContent)
	default:
		f.take(roleText, only.at, store.DecidedByContent)
	}
}

// archiveOrder returns the columns of the request and of the reply if a table has the columns of Amazon's archive and
// no others: date, request, audio file, reply.
func (f *columnFinder) archiveOrder() (request, reply int, ok bool) {
	if len(f.names) != 4 || !f.cols.has(roleTime) || !f.cols.has(roleAudio) {
		return 0, 0, false
	}
	return 1, 3, f.cols[roleTime][0].at == 0 && f.cols[roleAudio][0].at == 2 && !f.taken[1] && !f.taken[3]
}

// rather weighs whether p is the request and later, a column behind it, the reply: it is negative if it is rather the
// other way round.
func (p prose) rather(later prose) int {
	votes := 1 + 2*(p.hint-later.hint) // for the place
	const muchShorter, manyMore = 0.87, 0.25
	switch {
	case p.length <= muchShorter*later.length:
		votes++
	case later.length <= muchShorter*p.length:
		votes--
	}
	switch {
	case later.sentences-p.sentences > manyMore:
		votes++
	case p.sentences-later.sentences > manyMore:
		votes--
	}
	return votes
}

func mostSentences(free []prose) prose {
	return slices.MaxFunc(free, func(a, b prose) int { return cmp.Compare(a.sentences, b.sentences) })
}

func leastSentences(free []prose) prose {
	return slices.MinFunc(free, func(a, b prose) int { return cmp.Compare(a.sentences, b.sentences) })
}
