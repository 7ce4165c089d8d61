package deletion

import (
	"context"
	"fmt"
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
	// Beyond is whether a step may also remove recordings that are newer than the newest one known.
	Beyond bool
}

// Propose works out what deleting the recordings would come to. Days are days of the zone.
func Propose(ctx context.Context, db *store.DB, ids []int64, zone *time.Location) (Proposal, error) {
	p := Proposal{IDs: ids, Zone: zone}
	selections, err := db.ByDevice(ctx, ids)
	if err != nil {
		return Proposal{}, fmt.Errorf("plan the deletion: %w", err)
	}
	chosen := setOf(ids)
	for _, s := range selections {
		moments, newest, err := timeline(ctx, db, s.Device, chosen)
		if err != nil {
			return Proposal{}, fmt.Errorf("plan the deletion on %s: %w", s.Device.Name, err)
		}
		d := DeviceProposal{Selection: s, Steps: Plan(moments, zone, AbilitiesOf(s.Device.Vendor))}
		for _, step := range d.Steps {
			d.Beyond = d.Beyond || ReachesBeyond(step, newest, zone)
		}
		p.Devices = append(p.Devices, d)
	}
	return p, nil
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

func setOf(ids []int64) map[int64]bool {
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
			o.Requests = append(o.Requests, store.DeviceRequest{DeviceID: d.Device.ID, Steps: d.Steps})
		}
	}
	return o
}
