package deletion

import (
	"slices"
	"time"

	"unsaid/store"
)

// Proposal is what deleting some recordings would come to, before anything is done.
type Proposal struct {
	IDs     []int64
	Devices []DeviceProposal // the one with most of the recordings first
	Zone    *time.Location
}

// DeviceProposal is the part of a proposal that is one device's.
type DeviceProposal struct {
	store.Selection
	Steps []store.Step // what to ask the maker for; none if all of it was asked for already
	Asked Asked        // what of it is asked for already
	// Beyond is whether a step may also remove recordings that are newer than the newest one known.
	Beyond bool
}

// ProposeFor works out what deleting the chosen recordings of a device would come to. own and others are what the
// maker may hold of the device and of the others that a step for it could remove. Days are days of the zone.
func ProposeFor(s store.Selection, own, others []store.Moment, chosen map[int64]bool, zone *time.Location) DeviceProposal {
	d := DeviceProposal{
		Selection: s, Asked: askedFor(own, chosen),
		Steps: Plan(gather(s.Device, own, others, chosen), zone, AbilitiesFor(s.Device)),
	}
	for _, step := range d.Steps {
		d.Beyond = d.Beyond || ReachesBeyond(step, Newest(own), zone)
	}
	return d
}

// Span returns the times of the first and the last of the device's recordings, in UTC; the zero
// Time if none is known.
func (d DeviceProposal) Span() (first, last time.Time) {
	dated := slices.IndexFunc(d.IDs, func(id int64) bool { return !(Moment{ID: id}).undated() }) // ids go by time, without one first
	if dated < 0 {
		return time.Time{}, time.Time{}
	}
	return store.IDTime(d.IDs[dated]), store.IDTime(d.IDs[len(d.IDs)-1])
}

// Together sums up all devices of the proposal, as if they were one.
func (p Proposal) Together() DeviceProposal {
	sum := DeviceProposal{Selection: store.Selection{IDs: slices.Sorted(slices.Values(p.IDs))}}
	for _, d := range p.Devices {
		sum.Duration, sum.Bytes = sum.Duration+d.Duration, sum.Bytes+d.Bytes
		sum.Steps = append(sum.Steps, d.Steps...)
		sum.Beyond = sum.Beyond || d.Beyond
		sum.Asked = Asked{sum.Asked.Draft + d.Asked.Draft, sum.Asked.Sent + d.Asked.Sent, sum.Asked.Gone + d.Asked.Gone}
	}
	return sum
}

// SetOf returns the set of some ids.
func SetOf(ids []int64) map[int64]bool {
	set := make(map[int64]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// Order makes the order to carry the proposal out: here, at the makers, or both. query says how
// the recordings were chosen.
func (p Proposal) Order(query string, here, ask bool) store.Order {
	o := store.Order{Query: query, IDs: p.IDs, Local: here, TimeZone: p.Zone.String()}
	for _, d := range p.Devices {
		if ask && len(d.Steps) > 0 {
			o.Requests = append(o.Requests, store.DeviceRequest{DeviceID: d.Device.ID, Recordings: RecordingIDs(store.Request{Steps: d.Steps})})
		}
	}
	return o
}

// Asked is how many of some recordings requests ask for already.
type Asked struct {
	Draft int // by a request that was not sent yet
	Sent  int // by one that was sent, and no export shows what has become of them
	Gone  int // and an export shows that the maker has deleted them
}

// askedFor counts what of the chosen recordings of a device needs no step.
func askedFor(own []store.Moment, chosen map[int64]bool) Asked {
	var a Asked
	for _, m := range own {
		if !chosen[m.ID] {
			continue
		}
		switch m.Request {
		case store.Draft:
			a.Draft++
		case store.Gone:
			a.Gone++
		case store.Sent, store.CannotTell:
			a.Sent++
		}
	}
	return a
}

// NothingToAsk says, without a full stop, why there are no steps; "" if there are.
func (d DeviceProposal) NothingToAsk() string {
	switch a := d.Asked; {
	case len(d.Steps) > 0:
		return ""
	case a.Draft > 0 && a.Sent+a.Gone > 0:
		return "the maker was asked for some of this already, and a draft request asks for the rest"
	case a.Draft > 0:
		return "a draft request asks for all of this already"
	case a.Gone > 0 && a.Sent == 0:
		return "the maker was asked for all of this and has deleted it, as an export shows"
	}
	return "the maker was asked for all of this already"
}
