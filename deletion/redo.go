package deletion

import (
	"context"
	"time"

	"unsaid/store"
)

// Redone is what a redo did. What is about a deletion is empty if another change was redone.
type Redone struct {
	store.Redone
	Proposal Proposal    // of what was left to delete
	Order    store.Order // which drafted the requests
	Asked    bool        // whether the deletion drafted requests before
}

// Redo redoes what was undone last. Of a deletion, what is left of its recordings is deleted again, and
// the requests are planned and drafted anew. Days are days of the zone. It fails as [store.DB.Redo] does.
func Redo(ctx context.Context, db *store.DB, zone *time.Location) (Redone, error) {
	var r Redone
	redone, err := db.Redo(ctx, func(ctx context.Context, within *store.DB, again store.Again) (store.Order, error) {
		p, err := Propose(ctx, within, again.IDs, zone)
		r = Redone{Proposal: p, Order: p.Order(again.Deletion.Query, again.Deletion.Local, again.Asked), Asked: again.Asked}
		return r.Order, err
	})
	if err != nil {
		return Redone{}, err
	}
	r.Redone = redone
	return r, nil
}
