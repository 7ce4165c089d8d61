package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show everything that is known about a recording",
		Args:  cobra.ExactArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) error {
			id, err := number(args[0], "recording's id", "list")
			if err != nil {
				return err
			}
			r, err := db.Recording(ctx, id)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(app.NewRecordingJSON(&r))
			}
			return a.showRecording(&r)
		}),
	}
}

func (a *application) showRecording(r *store.Recording) error {
	t := a.newTable("recording", idText(r.ID))
	t.width = 0 // nothing is cut here
	field := func(name, value string) {
		if value != "" {
			t.add(name, value)
		}
	}
	field("time", a.moment(app.KnownTime(r))+" (from: "+string(r.TimeFrom)+")")
	field("device", phrase.Device(r.Device))
	field("maker", r.Device.Vendor)
	field("account", r.Device.Account.Name)
	field("serial", r.Device.Serial)
	field("type", r.Device.Type)
	field("transcript", r.Transcript)
	field("reply", r.Reply)
	field("people", strings.Join(r.People, ", "))
	field("kind", r.Kind)
	field("domain", r.Domain)
	field("intent", r.Intent)
	field("skill", r.Skill)
	if r.Unintended {
		field("unintended", "nobody meant it to be recorded")
	}
	if r.Typed {
		field("typed", "typed, not spoken")
	}
	if r.Audio != nil {
		field("audio", r.Audio.Format+", "+length(r.Audio.Duration)+", "+phrase.Size(r.Audio.Bytes)+" (linked by: "+string(r.Audio.LinkedBy)+")")
		field("sha256", r.Audio.SHA256)
	}
	field("maker's id", r.VendorID)
	field("here", string(r.State))
	field("at the maker", phrase.Standing(r.Request))
	return t.print()
}
