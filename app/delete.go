package app

import (
	"context"
	"fmt"
	"time"

	"unsaid/deletion"
	"unsaid/store"
)

// Propose works out what deleting recordings would come to, and changes nothing.
func (a *App) Propose(ctx context.Context, ids []int64) (deletion.Proposal, error) {
	return propose(ctx, a.DB, ids, a.Zone)
}

func propose(ctx context.Context, db *store.DB, ids []int64, zone *time.Location) (deletion.Proposal, error) {
	selections, err := db.ByDevice(ctx, ids)
	if err != nil {
		return deletion.Proposal{}, fmt.Errorf("plan the deletion: %w", err)
	}
	p := deletion.Proposal{IDs: ids, Zone: zone}
	chosen, lines := deletion.SetOf(ids), timelinesOf(db)
	for _, s := range selections {
		own, others, err := lines.around(ctx, s.Device)
		if err != nil {
			return deletion.Proposal{}, fmt.Errorf("plan the deletion: %w", err)
		}
		p.Devices = append(p.Devices, deletion.ProposeFor(s, own, others, chosen, zone))
	}
	return p, nil
}

// Deleted is what a deletion did.
type Deleted struct {
	store.Deletion
	Requests map[int64]int64 // the draft that asks for the recordings of a device, by the device's id
}

// Delete carries a proposal out: here, at the makers, or both. query says how the recordings were chosen. Keeping
// the recordings here while there is nothing to ask for would do nothing, and fails.
func (a *App) Delete(ctx context.Context, p deletion.Proposal, query string, here, ask bool) (Deleted, error) {
	order := p.Order(query, here, ask)
	if !here && len(order.Requests) == 0 {
		return Deleted{}, store.WithRemedy(fmt.Errorf("delete: %s; nothing was changed", p.Together().NothingToAsk()), store.ListRequests)
	}
	done, requests, err := a.DB.Delete(ctx, order)
	return Deleted{done, byDevice(order, requests)}, err
}

// byDevice sorts the requests that an order drafted by their devices.
func byDevice(order store.Order, requests []int64) map[int64]int64 {
	sorted := make(map[int64]int64, len(requests))
	for i, request := range requests {
		sorted[order.Requests[i].DeviceID] = request
	}
	return sorted
}

// Redone is what a redo did. Of another change than a deletion only the Change is set.
type Redone struct {
	store.Change
	Deleted
	Proposal deletion.Proposal // of what was left to delete
	Asked    bool              // whether the deletion drafted requests before
}

// Redo redoes what was undone last. Of a deletion, those recordings that are left are deleted again, and the requests
// are planned and drafted anew. It fails as [store.DB.Redo] does.
func (a *App) Redo(ctx context.Context) (Redone, error) {
	var r Redone
	var order store.Order
	done, err := a.DB.Redo(ctx, func(ctx context.Context, within *store.DB, again store.Again) (store.Order, error) {
		var err error
		r.Asked = again.Asked
		r.Proposal, err = propose(ctx, within, again.IDs, a.Zone)
		order = r.Proposal.Order(again.Deletion.Query, again.Deletion.Local, again.Asked)
		return order, err
	})
	if err != nil {
		return Redone{}, err
	}
	r.Change, r.Deleted = done.Change, Deleted{done.Deletion, byDevice(order, done.Requests)}
	return r, a.judgeAgain(ctx, nil)
}

// Trashed reads a deletion that is in the trash, or sums up all of them if id is 0.
func (a *App) Trashed(ctx context.Context, id int64) (store.Deletion, error) {
	trash, err := a.DB.Trash(ctx)
	if err != nil {
		return store.Deletion{}, err
	}
	var sum store.Deletion
	for _, d := range trash {
		if d.ID == id {
			return d, nil
		}
		sum.Recordings, sum.Bytes = sum.Recordings+d.Recordings, sum.Bytes+d.Bytes
	}
	if id != 0 {
		return store.Deletion{}, store.WithRemedy(fmt.Errorf("deletion %d has nothing in the trash", id), store.ListTrash)
	}
	return sum, nil
}
