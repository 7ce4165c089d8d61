package app

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"unsaid/store"
)

// The simulated maker and everything that it records are made up. It knows nothing of the rule that it tests.

// maker is what a maker has of an account. It records, deletes, forgets and renames.
type maker struct {
	t        *rapid.T
	now      time.Time
	owner    string // the account's name
	products []string
	devices  []store.IncomingDevice
	said     []*utterance
	zone     time.Duration // of the exports that give the local time as UTC
}

// utterance is one recording of the maker's.
type utterance struct {
	key        string
	product    string
	at         time.Time
	gone       time.Time // when the maker lost it, the zero Time if it has it
	device     int
	words      string
	unintended bool
}

// heldAt reports whether the maker had the recording at a moment.
func (u *utterance) heldAt(when time.Time) bool {
	return !u.at.After(when) && (u.gone.IsZero() || when.Before(u.gone))
}

// handout is an export as the maker hands it out.
type handout struct {
	made      time.Time
	products  []string
	records   []store.Incoming
	sum       [32]byte
	whole     bool // it has all that the account has of its products
	unread    bool // a member of it fails
	shifted   bool // local time
	lists     bool // one for each device, so that some may prove nothing of when they were made
	madeKnown bool // the user says when it was made
}

func newMaker(t *rapid.T, owner string) *maker {
	m := &maker{t: t, owner: owner, now: time.Date(2025, 1, 1, 8, 0, 0, 0, time.UTC), products: []string{""}}
	if m.chance(25, "products") {
		m.products = []string{"Assistant", "Voice and Audio"}
	}
	m.zone = time.Duration(rapid.SampledFrom([]int{-32, -20, 4, 22, 32, 48}).Draw(t, "zone")) * 15 * time.Minute
	for i, name := range []string{"Kitchen", "Hall", "Den"}[:rapid.IntRange(1, 3).Draw(t, "devices")] {
		m.devices = append(m.devices, store.IncomingDevice{Serial: fmt.Sprintf("G0%d", i), Type: "A1", Name: name})
	}
	return m
}

func (m *maker) chance(percent int, what string) bool {
	return rapid.IntRange(0, 99).Draw(m.t, what) >= 100-percent // what is rare is not what rapid shrinks to
}

// records lets the household speak.
func (m *maker) records(n int) {
	for range n {
		gap := rapid.SampledFrom([]time.Duration{
			2 * time.Second, 40 * time.Second, 90 * time.Second, 16*time.Minute + 3*time.Second, time.Hour + 2*time.Minute, 8*time.Hour + 4*time.Minute, 17*time.Hour + 3*time.Minute + 7*time.Second, 50*time.Hour + 21*time.Second,
		}).Draw(m.t, "gap")
		m.now = m.now.Add(gap)
		u := &utterance{key: fmt.Sprintf("%s#%d#%d", m.owner, m.now.UnixMilli(), len(m.said)), at: m.now, device: rapid.IntRange(0, len(m.devices)-1).Draw(m.t, "device")}
		u.product = rapid.SampledFrom(m.products).Draw(m.t, "product")
		if u.unintended = m.chance(15, "unintended"); !u.unintended {
			u.words = rapid.SampledFrom([]string{"Stop.", "Play jazz", "Good night", "What's the time?"}).Draw(m.t, "words")
		}
		m.said = append(m.said, u)
	}
}

// loses has the maker delete some of the recordings that are chosen.
func (m *maker) loses(percent int, chosen func(*utterance) bool) {
	m.now = m.now.Add(time.Minute)
	for _, u := range m.said {
		if u.gone.IsZero() && chosen(u) && m.chance(percent, "deletes") {
			u.gone = m.now
		}
	}
}

// renames gives a device another name, and may give its old one to another.
func (m *maker) renames() {
	i := rapid.IntRange(0, len(m.devices)-1).Draw(m.t, "renamed")
	old := m.devices[i].Name
	m.devices[i].Name = fmt.Sprintf("Room %d", rapid.IntRange(1, 9).Draw(m.t, "name"))
	if other := (i + 1) % len(m.devices); other != i && m.chance(30, "takes the name") {
		m.devices[other].Name = old
	}
}

// hands out an export. The first one of a history is plain.
func (m *maker) hands(plain bool) *handout {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 600).Draw(m.t, "wait")) * time.Minute)
	d := &handout{made: m.now, whole: true, products: m.products}
	if !plain && len(m.products) > 1 && m.chance(40, "one product") {
		d.products = m.products[rapid.IntRange(0, 1).Draw(m.t, "which"):][:1]
	}
	d.lists = m.chance(30, "a list for each device")
	coarse := !plain && m.chance(30, "to the minute")
	byTable := m.chance(60, "table")
	d.shifted = !plain && byTable && !coarse && m.chance(25, "local")
	d.unread = !plain && m.chance(15, "fails")
	d.madeKnown = m.chance(30, "made known")
	noKind := !plain && m.chance(25, "without unintended")
	from, to := time.Time{}, m.now
	if !plain && m.chance(30, "span") {
		a, b := rapid.IntRange(0, len(m.said)-1).Draw(m.t, "from"), rapid.IntRange(0, len(m.said)-1).Draw(m.t, "to")
		from, to = m.said[min(a, b)].at, m.said[max(a, b)].at
		d.whole = false
	}
	naming := rapid.IntRange(0, 2).Draw(m.t, "naming")
	var stamp time.Time
	if m.chance(30, "stamp") {
		stamp = m.now
	}
	name := fmt.Sprint("list", m.now.Unix())
	seen := map[string]int{}
	for _, u := range m.said {
		if !u.heldAt(m.now) || u.at.Before(from) || u.at.After(to) || !slices.Contains(d.products, u.product) {
			continue
		}
		if noKind && u.unintended {
			d.whole = false
			continue
		}
		if d.unread && m.chance(30, "unread") {
			continue
		}
		rec := store.Incoming{
			Vendor: store.Amazon, Device: m.devices[u.device], Time: u.at, TimeFrom: store.TimeExact, VendorID: u.key,
			Transcript: u.words, Unintended: u.unintended, Origin: name, List: store.Listing{Name: name + u.product, Product: u.product, Packed: m.now, Stamp: stamp},
		}
		if d.lists {
			rec.List.Name += fmt.Sprint("/", u.device)
		}
		if byTable {
			m.tabulate(&rec, coarse, naming)
		}
		if d.shifted {
			rec.Time = rec.Time.Add(m.zone)
		}
		same := fmt.Sprint(rec.Device, rec.Time, rec.Transcript)
		rec.Occurrence = seen[same]
		seen[same]++
		d.records = append(d.records, rec)
	}
	if m.chance(30, "newest first") {
		slices.Reverse(d.records)
	}
	d.sum = sha256.Sum256([]byte(name))
	return d
}

// saysLater reports whether the export says, itself or by the user, that it was made after a moment. A clock may be that of
// another time zone.
func (d *handout) saysLater(than time.Time) bool {
	for _, rec := range d.records {
		if rec.List.Stamp.After(than) || rec.Time.After(than.Add(14*time.Hour)) {
			return true
		}
	}
	return len(d.records) > 0 && d.madeKnown && d.made.Truncate(24*time.Hour).After(than)
}

// tabulate makes a row of a table of a recording.
func (m *maker) tabulate(rec *store.Incoming, coarse bool, naming int) {
	rec.VendorID, rec.Device.Type = "", ""
	if coarse {
		rec.Time = rec.Time.Truncate(time.Minute)
	}
	switch naming {
	case 1:
		rec.Device.Serial = ""
	case 2:
		rec.Device.Serial, rec.Device.Name = "", ""
	}
	rec.Transcript = fold(rec.Transcript)
}

// mayBe returns the recordings of the maker's that one in the library may be.
func (m *maker) mayBe(rec *store.Recording) []*utterance {
	return slices.DeleteFunc(slices.Clone(m.said), func(u *utterance) bool {
		if rec.VendorID != "" {
			return u.key != rec.VendorID
		}
		for _, at := range []time.Time{u.at, u.at.Add(m.zone)} {
			if (at.Equal(rec.Time) || at.Truncate(time.Minute).Equal(rec.Time)) && fold(rec.Transcript) == fold(u.words) {
				return false
			}
		}
		return true
	})
}

// fold leaves out what a table changes of words.
func fold(words string) string { return strings.ToUpper(strings.Trim(words, ".?")) }
