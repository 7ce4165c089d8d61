package store

// Two exports of one account rarely name a recording alike: one has the maker's identifiers, the
// other a time cut to the second, or to the minute, and words. This file finds the recording that
// an incoming one is though they share no key. It goes by time, device and words, and it never takes
// two recordings for one that stand side by side in one list, or that carry different identifiers.

// How far the times of one recording may be apart in two exports, in milliseconds.
const (
	secondMillis = 1000
	minuteMillis = 60 * secondMillis
)

// idSpan is a stretch of ids, both ends included.
type idSpan struct{ from, to int64 }

// same returns the recording that an entry is by its time, its device and its words, nil if there
// is none, and how alike they are.
func (w *writer) same(e *entry) (*known, likeness) {
	if !e.timeProves() {
		return nil, unlike
	}
	within, cut := spansAround(e.millis)
	for _, span := range []idSpan{within, cut} {
		best, like := bestMatch(w.neighbours(span, e), e.millis, func(k *known) likeness {
			like := k.likeness(e)
			// A time that is cut to the minute proves little: words have to agree, and one has no identifier.
			if span == cut && (like == likeDevice || e.Identifier() != "" && k.kinds != "") || w.im.claims.get(k.id) != 0 || shareKind(e.keys, k.kinds) {
				return unlike
			}
			return like
		})
		if best != nil {
			return best, like
		}
	}
	return nil, unlike
}

// neighbours returns the recordings of a stretch of time that an entry may be.
func (w *writer) neighbours(span idSpan, e *entry) []*known {
	return w.in(place{span, e.device.account, 0}, func(k *known) bool { return !k.purged && k.timeFrom != TimeModified })
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

// bestMatch returns the recording that is most alike, of equals the closest in time, and how alike it is. It
// does not guess on which of several devices it was.
func bestMatch(found []*known, millis int64, weigh func(*known) likeness) (best *known, like likeness) {
	away, devices := int64(0), map[int64]bool{}
	for _, k := range found {
		l, d := weigh(k), max(k.id>>idBits-millis, millis-k.id>>idBits)
		if l == likeElsewhere {
			devices[k.device] = true
		}
		if l > like || l == like && l != unlike && d < away {
			best, like, away = k, l, d
		}
	}
	if like == likeElsewhere && len(devices) > 1 {
		return nil, unlike
	}
	return best, like
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
func (k *known) likeness(e *entry) likeness {
	unintended := k.unintended && e.Unintended
	said := k.transcript != "" && sameWords(k.transcript, e.Transcript)
	switch {
	case k.device != e.device.id && contradict(k.naming, e.Device),
		k.sum != nil && e.sum != nil && !k.sounds(e.sum):
		return unlike
	case k.device != e.device.id && (said || unintended):
		return likeElsewhere
	case k.device != e.device.id:
		return unlike
	case said:
		return likeWords
	case unintended || k.naming != (IncomingDevice{}) && (k.transcript == "" || e.Transcript == ""):
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
