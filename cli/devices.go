package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unsaid/app"
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
			if a.json {
				return a.printJSON(newDevicesJSON(devices))
			}
			return a.showDevices(devices)
		}),
	}
	cmd.AddCommand(a.renameDeviceCommand(), a.mergeDevicesCommand(), a.splitDeviceCommand())
	return cmd
}

func (a *application) renameDeviceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rename ID NAME",
		Short: "Give a device another name; an empty one brings the maker's back",
		Args:  cobra.ExactArgs(2),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := number(args[0], "device's id", "devices")
			if err != nil {
				return err
			}
			done, err := db.RenameDevice(ctx, id, args[1])
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": id, "name": args[1]})
			}
			a.say("%s", done.Text)
			return nil
		}),
	}
}

func (a *application) mergeDevicesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge ID INTO",
		Short: "Make one device of two, also in later imports",
		Long: "Make one device of two: all that is device ID's becomes device INTO's, now and in later imports. " +
			"Where both have a serial number, requests to the maker name both. \"unsaid devices split ID\" takes it back.",
		Args: cobra.ExactArgs(2),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			var ids [2]int64
			for i, arg := range args {
				id, err := number(arg, "device's id", "devices")
				if err != nil {
					return err
				}
				ids[i] = id
			}
			done, err := db.MergeDevices(ctx, ids[0], ids[1])
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": ids[0], "into": ids[1]})
			}
			a.say("%s", done.Text)
			return nil
		}),
	}
}

func (a *application) splitDeviceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "split ID",
		Short: "Make a device that was merged into another one a device of its own again",
		Long: "Make a device that was merged into another one a device of its own again, with all that exports name it for, also in imports since. " +
			"unsaid devices tells the ids of what was merged.",
		Args: cobra.ExactArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := number(args[0], "device's id", "devices")
			if err != nil {
				return err
			}
			done, err := db.SplitDevice(ctx, id)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": id})
			}
			a.say("%s", done.Text)
			return nil
		}),
	}
}

// deviceSummaryJSON is a device with its share of the library, as scripts see it.
type deviceSummaryJSON struct {
	ID         int64      `json:"id"`
	Name       string     `json:"name"`
	Vendor     string     `json:"vendor"`
	Serial     *string    `json:"serial"`
	Type       *string    `json:"type"`
	Recordings int        `json:"recordings"`
	Unintended int        `json:"unintended"`
	First      *string    `json:"first"`
	Last       *string    `json:"last"`
	DurationMS int64      `json:"duration_ms"`
	Parts      []partJSON `json:"parts,omitempty"`
}

// partJSON is a device that was merged into another one.
type partJSON struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	Serial *string `json:"serial"`
}

func newDevicesJSON(devices []store.DeviceSummary) []deviceSummaryJSON {
	list := make([]deviceSummaryJSON, len(devices))
	for i, d := range devices {
		list[i] = deviceSummaryJSON{
			ID: d.ID, Name: d.Name, Vendor: d.Vendor, Serial: app.OrNull(d.Serial), Type: app.OrNull(d.Type),
			Recordings: d.Recordings, Unintended: d.Unintended, First: app.Instant(d.First), Last: app.Instant(d.Last),
			DurationMS: d.Duration.Milliseconds(),
		}
		for _, part := range d.Parts {
			list[i].Parts = append(list[i].Parts, partJSON{part.ID, part.Name, app.OrNull(part.Serial)})
		}
	}
	return list
}

func (a *application) showDevices(devices []store.DeviceSummary) error {
	t := a.newTable("ID", "DEVICE", "MAKER", "RECORDINGS", "UNINTENDED", "SOUND", "DAYS")
	for _, d := range devices {
		t.add(idText(d.ID), d.Name, d.Vendor, strconv.Itoa(d.Recordings), strconv.Itoa(d.Unintended),
			length(d.Duration.Round(time.Second)), a.dates().Span(d.First, d.Last))
	}
	if err := t.print(); err != nil {
		return err
	}
	for _, d := range devices {
		for _, part := range d.Parts {
			a.say("device %d, %s, is part of device %d (split off again with: unsaid devices split %d)", part.ID, part.Name, d.ID, part.ID)
		}
	}
	return nil
}
