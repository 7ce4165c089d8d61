package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) tombstonesCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use:   "tombstones",
		Short: "List what is left of purged recordings, the newest first",
		Long: "List what is left of purged recordings, the newest first: when and on which device they were recorded, and nothing that was said. " +
			"A tombstone keeps later imports from bringing its recording back.",
		Args: unknownCommand,
		PreRunE: func(*cobra.Command, []string) error {
			if limit < 0 || offset < 0 {
				return usagef("--limit and --offset cannot be less than 0")
			}
			return nil
		},
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			if limit == 0 {
				limit = -1 // all
			}
			stones, err := db.Tombstones(ctx, limit, offset)
			if err != nil {
				return err
			}
			return a.printTombstones(stones)
		}),
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "list at most this many (default all)")
	cmd.Flags().IntVar(&offset, "offset", 0, "skip this many of the newest")
	cmd.AddCommand(a.dropTombstonesCommand())
	return cmd
}

// tombstoneJSON is a tombstone as scripts see it.
type tombstoneJSON struct {
	ID         string              `json:"id"`
	Time       *string             `json:"time"`
	Vendor     string              `json:"vendor"`
	Device     *app.DeviceJSON     `json:"device"`
	VendorID   *string             `json:"vendor_id"`
	DeletionID int64               `json:"deletion_id"`
	Purged     *string             `json:"purged"`
	Request    store.RequestStatus `json:"request"`
	Needed     bool                `json:"needed"` // by a request that was sent
}

// printTombstones prints tombstones as NDJSON or as a table.
func (a *application) printTombstones(stones []store.Tombstone) error {
	if len(stones) == 0 && !a.json {
		a.say("no tombstones found; unsaid purge leaves them")
		return nil
	}
	t := a.newTable("ID", "TIME", "DEVICE", "DELETION", "PURGED", "REQUEST", "MAKER'S ID")
	for _, s := range stones {
		if !a.json {
			t.add(idText(s.ID), a.moment(s.Time), phrase.Device(s.Device), idText(s.DeletionID), a.moment(s.Purged), string(s.Request), orNotKnown(s.VendorID))
			continue
		}
		err := a.printJSON(tombstoneJSON{
			ID: idText(s.ID), Time: app.Instant(s.Time), Vendor: s.Device.Vendor, Device: app.NewDeviceJSON(s.Device),
			VendorID: app.OrNull(s.VendorID), DeletionID: s.DeletionID, Purged: app.Instant(s.Purged), Request: s.Request, Needed: s.Needed,
		})
		if err != nil {
			return err
		}
	}
	if a.json {
		return nil
	}
	return t.print()
}

// dropFlags are the switches of dropping tombstones.
type dropFlags struct{ all, yes, dryRun bool }

func (a *application) dropTombstonesCommand() *cobra.Command {
	var f dropFlags
	cmd := &cobra.Command{
		Use:   "drop ID...",
		Short: "Drop tombstones, so that a later import may bring their recordings back",
		Long: "Drop tombstones: a later import brings their recordings back, draft requests do not ask for them any more, and nothing can be " +
			"verified for them. A tombstone that a sent request needs is not dropped. It asks first; without a terminal to ask on, it needs --yes.",
		PreRunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 && !f.all:
				return usagef("say which tombstones to drop (unsaid tombstones lists them), or use --all")
			case len(args) > 0 && f.all:
				return usagef("--all drops all that can be, and takes no ids")
			case f.yes || f.dryRun:
				return nil
			}
			return a.mayAsk()
		},
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			return a.dropTombstones(ctx, db, args, f)
		}),
	}
	cmd.Flags().BoolVar(&f.all, "all", false, "all tombstones that no sent request needs")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be dropped, and drop nothing")
	return cmd
}

func (a *application) dropTombstones(ctx context.Context, db *store.DB, args []string, f dropFlags) error {
	ids, needed, err := chosenTombstones(ctx, db, args, f.all)
	if err != nil {
		return err
	}
	if needed > 0 {
		a.say("%s kept: a sent request needs them to tell whether the maker did what was asked", phrase.Count(needed, "tombstone"))
	}
	if len(ids) == 0 || f.dryRun {
		return a.printDropped(len(ids), needed, f.dryRun)
	}
	if !f.yes {
		a.say("a later import brings the recordings back, draft requests do not ask for them any more, and nothing can be verified for them")
		if err := a.confirm(ctx, "Drop "+phrase.Count(len(ids), "tombstone")+"?"); err != nil {
			return err
		}
	}
	if err := db.DropTombstones(ctx, ids); err != nil {
		return err
	}
	return a.printDropped(len(ids), needed, false)
}

// chosenTombstones returns the ids that are named, each once, or those of all tombstones that can be dropped,
// and how many cannot.
func chosenTombstones(ctx context.Context, db *store.DB, args []string, everything bool) (ids []int64, needed int, err error) {
	if everything {
		stones, err := db.Tombstones(ctx, -1, 0)
		for _, s := range stones {
			if s.Needed {
				needed++
			} else {
				ids = append(ids, s.ID)
			}
		}
		return ids, needed, err
	}
	for _, arg := range args {
		id, err := number(arg, "tombstone's id", "tombstones")
		if err != nil {
			return nil, 0, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, 0, nil
}

func (a *application) printDropped(dropped, needed int, dryRun bool) error {
	if a.json {
		return a.printJSON(map[string]any{"dropped": dropped, "needed": needed, "dry_run": dryRun})
	}
	what := "dropped "
	if dryRun {
		what = "would drop "
	}
	return a.printLines(what + phrase.Count(dropped, "tombstone"))
}
