package cli

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) devicesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "devices",
		Short: "List the devices that recorded",
		Args:  unknownCommand,
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, _ []string) error {
			devices, err := db.Devices(ctx)
			if err != nil {
				return err
			}
			devices = slices.DeleteFunc(devices, func(d store.DeviceSummary) bool { return d.None })
			err = printList(a, devices, listing[store.DeviceSummary]{
				object:  func(d *store.DeviceSummary) any { return newDeviceSummaryJSON(d) },
				columns: []string{"ID", "DEVICE", "MAKER", "RECORDINGS", "UNINTENDED", "SOUND", "DAYS"},
				cells: func(d *store.DeviceSummary) []string {
					return []string{
						idText(d.ID), phrase.Device(d.Device), d.Vendor, strconv.Itoa(d.Recordings), strconv.Itoa(d.Unintended),
						length(d.Duration.Round(time.Second)), a.dates().Span(d.First, d.Last),
					}
				},
			})
			if err == nil && !a.json {
				a.sayParts(devices)
			}
			return err
		}),
	}
	cmd.AddCommand(a.renameDeviceCommand(), a.mergeDevicesCommand(), a.splitDeviceCommand())
	return cmd
}

// changing makes a command of a change to the devices, or the accounts, whose ids are its first n arguments; object is the JSON to print.
func (a *application) changing(
	what string, n int, change func(ctx context.Context, db *store.DB, ids []int64, args []string) (done store.Change, object map[string]any, err error),
) func(*cobra.Command, []string) error {
	return a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
		ids := make([]int64, n)
		for i := range ids {
			id, err := number(args[i], what+"'s id", what+"s")
			if err != nil {
				return err
			}
			ids[i] = id
		}
		done, object, err := change(ctx, db, ids, args[n:])
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(object)
		}
		a.say("%s", done.Text)
		return nil
	})
}

func (a *application) renameDeviceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rename ID NAME",
		Short: "Give a device another name; an empty one brings the maker's back",
		Args:  cobra.ExactArgs(2),
		RunE: a.changing("device", 1, func(ctx context.Context, db *store.DB, ids []int64, args []string) (store.Change, map[string]any, error) {
			done, err := db.RenameDevice(ctx, ids[0], args[0])
			return done, map[string]any{"id": ids[0], "name": args[0]}, err
		}),
	}
}

func (a *application) mergeDevicesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge ID INTO",
		Short: "Make one device of two, also in later imports",
		Long: "Make one device of two: everything of device ID becomes device INTO's, now and in later imports. " +
			"If both have a serial number, requests to the maker name both. \"unsaid devices split ID\" takes it back.",
		Args: cobra.ExactArgs(2),
		RunE: a.changing("device", 2, func(ctx context.Context, db *store.DB, ids []int64, _ []string) (store.Change, map[string]any, error) {
			done, err := a.on(db).MergeDevices(ctx, ids[0], ids[1])
			return done, map[string]any{"id": ids[0], "into": ids[1]}, err
		}),
	}
}

func (a *application) splitDeviceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "split ID",
		Short: "Separate a device again that was merged into another one",
		Long: "Separate a device again that was merged into another one, with everything that exports attribute to it, also in imports made since. " +
			"unsaid devices lists the ids of merged devices.",
		Args: cobra.ExactArgs(1),
		RunE: a.changing("device", 1, func(ctx context.Context, db *store.DB, ids []int64, _ []string) (store.Change, map[string]any, error) {
			done, err := a.on(db).SplitDevice(ctx, ids[0])
			return done, map[string]any{"id": ids[0]}, err
		}),
	}
}

// deviceSummaryJSON is a device with its share of the library, as scripts see it.
type deviceSummaryJSON struct {
	ID         int64           `json:"id"`
	Name       string          `json:"name"`
	Vendor     string          `json:"vendor"`
	Serial     *string         `json:"serial"`
	Type       *string         `json:"type"`
	Recordings int             `json:"recordings"`
	Unintended int             `json:"unintended"`
	First      *string         `json:"first"`
	Last       *string         `json:"last"`
	DurationMS int64           `json:"duration_ms"`
	Account    app.AccountJSON `json:"account"`
	Parts      []partJSON      `json:"parts,omitempty"`
}

// partJSON is a device that was merged into another one.
type partJSON struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	Serial *string `json:"serial"`
}

func newDeviceSummaryJSON(d *store.DeviceSummary) deviceSummaryJSON {
	j := deviceSummaryJSON{
		ID: d.ID, Name: d.Name, Vendor: d.Vendor, Account: app.NewAccountJSON(d.Device), Serial: app.OrNull(d.Serial), Type: app.OrNull(d.Type),
		Recordings: d.Recordings, Unintended: d.Unintended, First: app.Instant(d.First), Last: app.Instant(d.Last),
		DurationMS: d.Duration.Milliseconds(),
	}
	for _, part := range d.Parts {
		j.Parts = append(j.Parts, partJSON{part.ID, part.Name, app.OrNull(part.Serial)})
	}
	return j
}

// sayParts says which devices were merged into which.
func (a *application) sayParts(devices []store.DeviceSummary) {
	for _, d := range devices {
		for _, part := range d.Parts {
			a.say("device %d, %s, is part of device %d (split off again with: unsaid devices split %d)", part.ID, part.Name, d.ID, part.ID)
		}
	}
}
