package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/store"
)

// pageSize is how many recordings are read at a time.
const pageSize = 500

func (a *application) listCommand() *cobra.Command {
	var limit, offset int
	var order string
	cmd := &cobra.Command{
		Use:   "list [QUERY]",
		Short: "List recordings, the newest first",
		Long: "List recordings, the newest first. A query is words, \"phrases\", -not, and terms: device:kitchen (device:=kitchen for just that name), " +
			"said:\"stop it\" (and nothing else), on:2024-05-03, after:2024-01, before:2024-06-15, during:2024-03, hour:22-5, weekday:sat-sun, longer:10s, person:anna, kind:general, source:google, import:3, " +
			"is:unintended|typed|requested|still-there, has:audio|transcript|reply|person|kind, no:audio. A query that begins with - goes after --.",
		PreRunE: func(*cobra.Command, []string) error {
			if limit < 0 || offset < 0 {
				return usagef("--limit and --offset cannot be less than 0")
			}
			if _, known := orders[order]; !known {
				return usagef("--order is newest, oldest or longest, not %q", order)
			}
			return nil
		},
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			q, err := a.query(args)
			if err != nil {
				return err
			}
			q.Sort = orders[order]
			return a.list(ctx, db, q, limit, offset)
		}),
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "list at most this many (default all)")
	cmd.Flags().IntVar(&offset, "offset", 0, "skip this many at the start")
	cmd.Flags().StringVar(&order, "order", "newest", "which come first: newest, oldest or longest")
	return cmd
}

// orders are the orders by their names.
var orders = map[string]store.Sorting{"newest": store.Newest, "oldest": store.Oldest, "longest": store.Longest}

// list prints the recordings of a query from the offset-th on, at most limit, all if it is 0.
func (a *application) list(ctx context.Context, db *store.DB, q store.Query, limit, offset int) error {
	t := a.newTable("ID", "TIME", "DEVICE", "LENGTH", "WORDS")
	if limit > 0 {
		page, err := db.Page(ctx, q, limit, offset)
		if err != nil {
			return err
		}
		return a.printRecordings(t, page, len(page))
	}
	ids, err := db.IDs(ctx, q)
	if err != nil {
		return err
	}
	ids = ids[min(offset, len(ids)):]
	if len(ids) == 0 {
		return a.printRecordings(t, nil, 0)
	}
	for some := range slices.Chunk(ids, pageSize) {
		page, err := db.Recordings(ctx, some)
		if err != nil {
			return err
		}
		if err := a.printRecordings(t, page, len(ids)); err != nil {
			return err
		}
	}
	return nil
}

// printRecordings prints some of all the recordings that were found, as NDJSON or as the next lines of a table.
func (a *application) printRecordings(t *table, some []store.Recording, all int) error {
	if all == 0 && !a.json {
		a.say("no recordings found")
		return nil
	}
	for i := range some {
		r := &some[i]
		if !a.json {
			t.add(idText(r.ID), a.moment(app.KnownTime(r)), r.Device.Name, soundLength(r), words(r))
		} else if err := a.printJSON(app.NewRecordingJSON(r)); err != nil {
			return err
		}
	}
	if a.json {
		return nil
	}
	return t.print()
}

// soundLength is how long a recording sounds.
func soundLength(r *store.Recording) string {
	if r.Audio == nil {
		return notKnown
	}
	return length(r.Audio.Duration)
}

// words is what was said, with a mark if it was recorded unintentionally.
func words(r *store.Recording) string {
	switch {
	case !r.Unintended:
		return r.Transcript
	case r.Transcript == "":
		return "(unintended)"
	}
	return "(unintended) " + r.Transcript
}
