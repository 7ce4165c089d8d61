package cli

import (
	"context"

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
			"is:unintended|typed|requested|still-there, has:audio|transcript|reply|person|kind, no:audio. A query that begins with - goes behind --.",
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
	cmd.Flags().IntVar(&offset, "offset", 0, "pass over this many of the first")
	cmd.Flags().StringVar(&order, "order", "newest", "which come first: newest, oldest or longest")
	return cmd
}

// orders are the orders by their names.
var orders = map[string]store.Sorting{"newest": store.Newest, "oldest": store.Oldest, "longest": store.Longest}

// list prints the recordings of a query from the offset-th on, at most limit, all if it is 0.
func (a *application) list(ctx context.Context, db *store.DB, q store.Query, limit, offset int) error {
	show, finish := a.recordingPrinter()
	if limit > 0 {
		page, err := db.Page(ctx, q, limit, offset)
		if err != nil {
			return err
		}
		if err := show(page); err != nil {
			return err
		}
		return finish()
	}
	ids, err := db.IDs(ctx, q)
	if err != nil {
		return err
	}
	for ids = ids[min(offset, len(ids)):]; len(ids) > 0; ids = ids[min(pageSize, len(ids)):] {
		page, err := db.Recordings(ctx, ids[:min(pageSize, len(ids))])
		if err != nil {
			return err
		}
		if err := show(page); err != nil {
			return err
		}
	}
	return finish()
}

// recordingPrinter returns what prints recordings, as NDJSON or as a table, and what ends it.
func (a *application) recordingPrinter() (show func([]store.Recording) error, finish func() error) {
	if a.json {
		return func(recordings []store.Recording) error {
			for i := range recordings {
				if err := a.printJSON(app.NewRecordingJSON(&recordings[i])); err != nil {
					return err
				}
			}
			return nil
		}, func() error { return nil }
	}
	t, found := a.newTable("ID", "TIME", "DEVICE", "LENGTH", "WORDS"), 0
	return func(recordings []store.Recording) error {
			for i := range recordings {
				r := &recordings[i]
				t.add(idText(r.ID), a.moment(app.KnownTime(r)), r.Device.Name, soundLength(r), words(r))
			}
			found += len(recordings)
			return t.print()
		}, func() error {
			if found == 0 {
				a.say("no recordings found")
			}
			return nil
		}
}

// soundLength is how long a recording sounds.
func soundLength(r *store.Recording) string {
	if r.Audio == nil {
		return notKnown
	}
	return length(r.Audio.Duration)
}

// words is what was said, marked where nobody meant to be heard.
func words(r *store.Recording) string {
	switch {
	case !r.Unintended:
		return r.Transcript
	case r.Transcript == "":
		return "(unintended)"
	}
	return "(unintended) " + r.Transcript
}
