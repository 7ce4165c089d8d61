package deletion

import (
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

// gather makes the timeline for a device's own plan.
func gather(device store.Device, own, others []store.Moment, chosen map[int64]bool) []Moment {
	beside := AbilitiesFor(device).DayRangePerDevice
	list := make([]Moment, 0, len(own)+len(others))
	for _, m := range own {
		list = append(list, Moment{ID: m.ID, Role: roleOf(m.Request, true, chosen[m.ID])})
	}
	for _, m := range others {
		list = append(list, Moment{ID: m.ID, Role: roleOf(m.Request, false, chosen[m.ID]), Beside: beside})
	}
	return list
}

// Newest is the time of the newest recording of a timeline, or the zero Time if it is empty.
func Newest(own []store.Moment) time.Time {
	if len(own) == 0 {
		return time.Time{}
	}
	return store.IDTime(own[len(own)-1].ID)
}
