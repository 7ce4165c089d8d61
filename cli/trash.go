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
			if a.json {
				list := make([]trashedJSON, len(trash))
				for i, d := range trash {
					list[i] = trashedJSON{d.ID, app.Instant(d.Created), d.Query, d.Recordings, d.Bytes, d.Devices, app.Instant(d.From), app.Instant(d.To)}
				}
				return a.printJSON(list)
			}
			return a.showTrash(trash)
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

func (a *application) showTrash(trash []store.Deletion) error {
	if len(trash) == 0 {
		a.say("the trash is empty")
		return nil
	}
	t := a.newTable("DELETION", "DELETED", "RECORDINGS", "DEVICES", "AUDIO", "DAYS", "QUERY")
	for _, d := range trash {
		t.add(idText(d.ID), a.moment(d.Created), strconv.Itoa(d.Recordings), strconv.Itoa(d.Devices),
			phrase.Size(d.Bytes), a.dates().Span(d.From, d.To), d.Query)
	}
	return t.print()
}
