package deletion

import (
	"context"
	"fmt"
	"time"

	"unsaid/store"
)

// timeline returns what the maker may hold that a step for the device could remove, as [Plan]
// takes it, and the time of the newest recording known of the device itself, the zero Time if
// there is none.
//
// Where a range of days takes every device of the account, the other devices' recordings are in
// it, too. Google has a page for each product, and a range on the one leaves the other alone as
// far as is known; but a voice command or the account's whole activity knows no such border, and
// one product's entries have moved to another's page before. So a range has to fit the account.
func timeline(ctx context.Context, db *store.DB, device store.Device, chosen map[int64]bool) ([]Moment, time.Time, error) {
	own, err := db.Timeline(ctx, device.ID)
	if err != nil {
		return nil, time.Time{}, err
	}
	var newest time.Time
	if len(own) > 0 {
		newest = store.IDTime(own[len(own)-1].ID)
	}
	var others []store.Moment
	if can := AbilitiesOf(device.Vendor); can.DayRange && !can.DayRangePerDevice {
		if others, err = restOfAccount(ctx, db, device); err != nil {
			return nil, time.Time{}, err
		}
	}
	return gather(own, others, chosen), newest, nil
}

// restOfAccount returns what the maker may hold of the account's other devices.
func restOfAccount(ctx context.Context, db *store.DB, device store.Device) ([]store.Moment, error) {
	devices, err := db.DevicesOf(ctx, device.Vendor)
	if err != nil {
		return nil, err
	}
	var rest []store.Moment
	for _, other := range devices {
		if other.ID == device.ID {
			continue
		}
		moments, err := db.Timeline(ctx, other.ID)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", other.Name, err)
		}
		rest = append(rest, moments...)
	}
	return rest, nil
}

// gather makes the timeline for a device's own plan. What is chosen of other devices counts as
// settled: a step of their own requests removes it, and no range has to go round it.
func gather(own, others []store.Moment, chosen map[int64]bool) []Moment {
	list := make([]Moment, 0, len(own)+len(others))
	for _, m := range own {
		list = append(list, Moment{ID: m.ID, Chosen: chosen[m.ID], Settled: m.Settled})
	}
	for _, m := range others {
		list = append(list, Moment{ID: m.ID, Settled: m.Settled || chosen[m.ID]})
	}
	return list
}
