package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/deletion"
	"unsaid/phrase"
	"unsaid/store"
)

func (a *application) evidenceCommand() *cobra.Command {
	o := app.EvidenceOptions{}
	var words string
	var only []int64
	cmd := &cobra.Command{
		Use:   "evidence REQUEST | QUERY",
		Short: "Write a folder of evidence to hand over, which anybody can check",
		Long: "Write a folder of evidence to hand over: the sounds as they were imported, what is known of each recording and where it came from, " +
			"what the exports tell about the requests, with the grounds, the letters, index.html to look at and hear all of it, and SHA256SUMS. " +
			"HOW-TO-CHECK.txt says how anybody can check it without unsaid. A bare number is a request, anything else a search.",
		Example: "unsaid evidence 3 --out evidence\nunsaid evidence is:unintended device:kitchen --words none --out kitchen",
		Args:    cobra.MinimumNArgs(1),
		RunE: a.onLibrary(func(ctx context.Context, db *store.DB, args []string) (err error) {
			if o.Wordless = words == "none"; words != "none" && words != "all" {
				return usagef("--words is all or none, not %q", words)
			}
			on := a.on(db)
			o.Say = func(p deletion.Proof) string { return phrase.Proof(p, a.dates().Of(p.Export.Made)) }
			o.IDs = only
			if o.Request, err = strconv.ParseInt(strings.Join(args, " "), 10, 64); err != nil {
				if o.IDs, err = a.named(ctx, db, args); err != nil {
					return err
				}
				if len(only) > 0 {
					o.IDs = slices.DeleteFunc(o.IDs, func(id int64) bool { return !slices.Contains(only, id) })
				}
			}
			done, err := on.WriteEvidence(ctx, o)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(done)
			}
			return a.printLines("evidence of "+phrase.Count(done.Recordings, "recording")+" in "+done.Folder+": "+phrase.Count(done.Files, "file"),
				"look at it: "+done.Folder+"/index.html", "check it: unsaid evidence check "+done.Folder)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Folder, "out", "", "folder to write to, created if it does not exist; it has to be empty")
	flags.StringVar(&words, "words", "all", "what was said and answered: all or none")
	flags.Int64SliceVar(&only, "only", nil, "ids of the recordings to write, of those of the request or the search")
	flags.StringVar(&o.SignedBy, "sign", "", "file of the SSH key that signs the list of files, with ssh-keygen")
	needFolder(cmd)
	cmd.AddCommand(a.checkEvidenceCommand())
	return cmd
}

func (a *application) checkEvidenceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FOLDER",
		Short: "Check whether a folder of evidence was changed",
		Args:  cobra.ExactArgs(1),
		RunE: a.run(func(ctx context.Context, args []string) error {
			c, err := app.CheckEvidence(ctx, args[0])
			if err != nil {
				return err
			}
			if a.json {
				err = a.printJSON(c)
			} else {
				err = a.printLines(evidenceLines(c)...)
			}
			if err == nil && !c.Unaltered() {
				err = errors.New("the evidence was changed")
			}
			return err
		}),
	}
}

func evidenceLines(c app.EvidenceCheck) []string {
	var lines []string
	for _, found := range []struct {
		what  string
		names []string
	}{{"changed", c.Changed}, {"missing", c.Missing}, {"added", c.Added}} {
		for _, name := range found.names {
			lines = append(lines, found.what+": "+name)
		}
	}
	if len(lines) == 0 {
		lines = append(lines, "unaltered: "+phrase.Count(c.Files, "file"))
	}
	switch c.Signature {
	case "good":
		lines = append(lines, "the signature is good; whose key it is you have to know")
	case "bad":
		lines = append(lines, "the signature is bad")
	case "unknown":
		lines = append(lines, "the signature was not checked, as ssh-keygen is not installed")
	}
	return lines
}
