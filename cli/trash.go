package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) trashCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "trash",
		Short: "List the deletions whose recordings are in the trash",
		Args:  cobra.NoArgs,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			trash, err := db.Trash(ctx)
			if err != nil {
				return err
			}
			return printList(a, trash, listing[store.Deletion]{
				object: func(d *store.Deletion) any {
					return trashedJSON{d.ID, app.Instant(d.Created), d.Query, d.Recordings, d.Bytes, d.Devices, app.Instant(d.From), app.Instant(d.To)}
				},
				empty:   "the trash is empty",
				columns: []string{"DELETION", "DELETED", "RECORDINGS", "DEVICES", "AUDIO", "DAYS", "QUERY"},
				cells: func(d *store.Deletion) []string {
					return []string{
						idText(d.ID), a.moment(d.Created), strconv.Itoa(d.Recordings), strconv.Itoa(d.Devices),
						phrase.Size(d.Bytes), a.dates().Span(d.From, d.To), d.Query,
					}
				},
			})
		}),
	}
}

type trashedJSON struct {
	DeletionID int64   `json:"deletion_id"`
	Created    *string `json:"created"`
	Query      string  `json:"query"`
	Recordings int     `json:"recordings"`
	Bytes      int64   `json:"bytes"`
	Devices    int     `json:"devices"`
	From       *string `json:"from"` // time of the first recording
	To         *string `json:"to"`
}
