package app

import (
	"context"
	"fmt"

	"unsaid/deletion"
	"unsaid/store"
)

// Propose works out what deleting recordings would come to, and changes nothing.
func (a *App) Propose(ctx context.Context, ids []int64) (deletion.Proposal, error) {
	return deletion.Propose(ctx, a.DB, ids, a.Zone)
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
	r, err := deletion.Redo(ctx, a.DB, a.Zone)
	return Redone{r.Change, Deleted{r.Deletion, byDevice(r.Order, r.Requests)}, r.Proposal, r.Asked}, err
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
