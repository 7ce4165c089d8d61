package deletion

import (
	"context"
	"fmt"
	"time"

	"unsaid/store"
)

// roleOf is the role of a recording in the plan for a device:
//
//   - A chosen recording of the device itself is removed by a step, unless a request already asks for
//     it. It is asked for again only if an export shows that the maker still has it.
//   - A recording that a request already asks for is free, whether the request is drafted or sent and
//     whatever its outcome. It shall be deleted, so a larger step may include it. A chosen recording of
//     another device is free as well: the request for that device removes it.
//   - Every other recording is kept. That includes recordings deleted or purged here without asking the
//     maker, and those that an undo restored: nothing asks the maker to delete them.
func roleOf(request store.RequestStatus, own, chosen bool) Role {
	asked := request != store.NotAsked
	switch {
	case own && chosen && (!asked || request == store.StillThere):
		return Chosen
	case chosen || asked:
		return Free
	}
	return Kept
}

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
func (t timelines) around(ctx context.Context, device store.Device) (own, others []store.Moment, err error) {
	if own, err = t.of(ctx, device); err != nil {
		return nil, nil, err
	}
	if can := AbilitiesOf(device.Vendor); can.DayRange && !can.DayRangePerDevice {
		others, err = t.restOfAccount(ctx, device)
	}
	return own, others, err
}

// restOfAccount returns what the maker may hold of the account's other devices.
func (t timelines) restOfAccount(ctx context.Context, device store.Device) ([]store.Moment, error) {
	devices, err := t.db.DevicesOf(ctx, device.Account.ID)
	if err != nil {
		return nil, err
	}
	var rest []store.Moment
	for _, other := range devices {
		if other.ID == device.ID {
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

// gather makes the timeline for a device's own plan.
func gather(own, others []store.Moment, chosen map[int64]bool) []Moment {
	list := make([]Moment, 0, len(own)+len(others))
	for _, m := range own {
		list = append(list, Moment{m.ID, roleOf(m.Request, true, chosen[m.ID])})
	}
	for _, m := range others {
		list = append(list, Moment{m.ID, roleOf(m.Request, false, chosen[m.ID])})
	}
	return list
}

// newestOf is the time of the newest recording of a timeline, or the zero Time if it is empty.
func newestOf(own []store.Moment) time.Time {
	if len(own) == 0 {
		return time.Time{}
	}
	return store.IDTime(own[len(own)-1].ID)
}
