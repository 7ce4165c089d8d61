package app

import (
	"context"
	"fmt"

	"unsaid/deletion"
	"unsaid/store"
)

// timelines reads timelines, each device's once.
type timelines struct {
	db   *store.DB
	read map[int64][]store.Moment // by device
}

func timelinesOf(db *store.DB) timelines { return timelines{db, map[int64][]store.Moment{}} }

func (t timelines) of(ctx context.Context, device store.Device) ([]store.Moment, error) {
	if moments, known := t.read[device.ID]; known {
		return moments, nil
	}
	moments, err := t.db.Timeline(ctx, device.ID)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", device.Name, err)
	}
	t.read[device.ID] = moments
	return moments, nil
}

// around returns what the maker may hold that a step for the device could remove: of the device itself, and
// of others.
//
// Where a range of days takes every device of the account, the other devices' recordings are in
// it, too. Google has a page for each product, and a range on the one leaves the other alone as
// far as is known; but a voice command or the account's whole activity knows no such border, and
// one product's entries have moved to another's page before. So a range has to fit the account.
// Where a range takes one device alone, it may take what no export puts on a device, too.
func (t timelines) around(ctx context.Context, device store.Device) (own, others []store.Moment, err error) {
	if own, err = t.of(ctx, device); err != nil {
		return nil, nil, err
	}
	if can := deletion.AbilitiesFor(device); can.DayRange {
		others, err = t.restOfAccount(ctx, device, can.DayRangePerDevice)
	}
	return own, others, err
}

// restOfAccount returns what the maker may hold of the account's other devices, or only what no export puts on a device,
// so that it may be of this one.
func (t timelines) restOfAccount(ctx context.Context, device store.Device, onlyOfNone bool) ([]store.Moment, error) {
	devices, err := t.db.DevicesOf(ctx, device.Account.ID)
	if err != nil {
		return nil, err
	}
	var rest []store.Moment
	for _, other := range devices {
		if other.ID == device.ID || onlyOfNone && !other.None {
			continue
		}
		moments, err := t.of(ctx, other)
		if err != nil {
			return nil, err
		}
		rest = append(rest, moments...)
	}
	return rest, nil
}

// replan plans the steps of a request anew if it is a draft. What was sent stays as it was.
func (t timelines) replan(ctx context.Context, r *store.Request) error {
	if r.Status != store.Draft {
		return nil
	}
	own, others, err := t.around(ctx, r.Device)
	if err != nil {
		return fmt.Errorf("plan request %d: %w", r.ID, err)
	}
	return deletion.Replan(r, own, others)
}
