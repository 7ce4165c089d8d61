package deletion

import (
	"context"
	"fmt"
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
	for _, s := range selections {
		known, err := db.Timeline(ctx, s.Device.ID)
		if err != nil {
			return Proposal{}, fmt.Errorf("plan the deletion on %s: %w", s.Device.Name, err)
		}
		chosen := make(map[int64]bool, len(s.IDs))
		for _, id := range s.IDs {
			chosen[id] = true
		}
		timeline := make([]Moment, len(known))
		for i, m := range known {
			timeline[i] = Moment{ID: m.ID, Chosen: chosen[m.ID] && !m.Settled, Settled: m.Settled}
		}
		can := AbilitiesOf(s.Device.Vendor)
		can.DayRange = can.DayRangePerDevice // a range over all devices is not planned from one device's timeline
		d := DeviceProposal{Selection: s, Steps: Plan(timeline, zone, can)}
		for _, step := range d.Steps { // so the timeline has a newest recording
			d.Beyond = d.Beyond || ReachesBeyond(step, store.IDTime(known[len(known)-1].ID), zone)
		}
		p.Devices = append(p.Devices, d)
	}
	return p, nil
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
