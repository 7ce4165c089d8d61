package deletion

import (
	"context"
	"time"

	"unsaid/store"
)

// Redone is what a redo did.
type Redone struct {
	Proposal Proposal // of what was left to delete
	Order    store.Order
	Deletion store.Deletion
	Requests []int64 // the drafts, in the order's order
	Asked    bool    // whether the deletion asked the makers
}

// Redo takes back the newest undo: what is left of the deletion's recordings is deleted again, and
// the requests are planned and drafted anew. Days are days of the zone. It fails as
// [store.DB.Redoable] and [store.DB.Redo] do.
func Redo(ctx context.Context, db *store.DB, zone *time.Location) (Redone, error) {
	undone, err := db.Redoable(ctx)
	if err != nil {
		return Redone{}, err
	}
	r := Redone{Asked: undone.Asked}
	if r.Proposal, err = Propose(ctx, db, undone.IDs, zone); err != nil {
		return Redone{}, err
	}
	r.Order = r.Proposal.Order(undone.Deletion.Query, undone.Deletion.Local, undone.Asked)
	r.Deletion, r.Requests, err = db.Redo(ctx, undone.Deletion.ID, r.Order)
	return r, err
}
