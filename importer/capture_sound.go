package importer

import (
	"io"
	"regexp"
	"slices"
	"strings"
)

// capturedSound is the sound of one utterance, whole or in pieces.
type capturedSound struct {
	whole  *section
	pieces []soundPiece
}

// soundPiece is a piece of a sound: bytes from one to another (not included) of a total.
type soundPiece struct {
	from, to, total int64
	data            section
}

// sound returns the sound of an utterance, which may have nothing in it yet.
func (r *captureReading) sound(utterance string) *capturedSound {
	s := r.sounds[utterance]
	if s == nil {
		s = &capturedSound{}
		r.sounds[utterance] = s
	}
	return s
}

// keepSound keeps a sound, or a piece of one.
func (r *captureReading) keepSound(utterance, status string, e *exchange, body []byte) error {
	s := r.sound(utterance)
	if s.whole != nil || len(s.pieces) >= maxEntryParts {
		return nil // it was played twice
	}
	kept, err := r.keep(body)
	if err != nil {
		return err
	}
	piece := soundPiece{to: kept.size, total: kept.size, data: kept}
	if status == "206" {
		for _, h := range e.Response.Headers {
			if strings.EqualFold(string(h.Name), "content-range") {
				piece.readRange(string(h.Value))
			}
		}
	}
	if piece.from == 0 && piece.to == piece.total {
		s.whole, s.pieces = &kept, nil
		return nil
	}
	s.pieces = append(s.pieces, piece)
	return nil
}

var contentRange = regexp.MustCompile(`^bytes (\d{1,12})-(\d{1,12})/(\d{1,12})$`)

// readRange reads which piece of a whole an answer is: bytes 0-1023/4096.
func (p *soundPiece) readRange(value string) {
	if m := contentRange.FindStringSubmatch(value); m != nil {
		p.from, p.total = int64(atoi(m[1])), int64(atoi(m[3]))
		p.to = p.from + p.data.size
	}
}

// joinPieces returns the pieces that make the whole, in order; nil if some are missing.
func joinPieces(pieces []soundPiece) joinedSections {
	slices.SortStableFunc(pieces, func(a, b soundPiece) int { return int(a.from - b.from) })
	var whole joinedSections
	at := int64(0)
	for _, p := range pieces {
		if p.from > at {
			return nil
		}
		if p.to > at {
			skip := at - p.from
			whole = append(whole, section{p.data.r, p.data.at + skip, p.data.size - skip})
			at = p.to
		}
	}
	if len(pieces) == 0 || at != pieces[0].total {
		return nil
	}
	return whole
}

// joinedSections are pieces of a file, one after the other.
type joinedSections []section

func (j joinedSections) open() (io.ReadCloser, error) {
	readers := make([]io.Reader, len(j))
	for i, s := range j {
		readers[i] = io.NewSectionReader(s.r, s.at, s.size)
	}
	return io.NopCloser(io.MultiReader(readers...)), nil
}

func (j joinedSections) size() (bytes int64) {
	for _, s := range j {
		bytes += s.size
	}
	return bytes
}

// addSounds adds the sounds as members that are called by their utterances.
func (r *captureReading) addSounds() {
	for utterance, s := range r.sounds {
		name := strings.NewReplacer("/", "_", ":", "_", `\`, "_").Replace(treeName(utterance)) + ".wav"
		whole := joinPieces(s.pieces)
		switch {
		case len(name) > maxNameLength:
		case s.whole != nil:
			r.taken++
			r.addMember(name, s.whole.size, *s.whole)
		case whole != nil:
			r.taken++
			r.addMember(name, whole.size(), whole)
		default:
			r.missingSounds++
		}
	}
}
