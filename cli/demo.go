package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"unsaid/importer"
	"unsaid/importer/sample"
	"unsaid/store"
	"unsaid/ui"
)

func (a *application) demoCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try the program with the recordings of an invented household, in a temporary library",
		Args:  cobra.NoArgs,
		RunE: a.run(func(ctx context.Context, _ []string) error {
			if err := a.needTerminal("unsaid demo --plain"); err != nil {
				return err
			}
			_, err := a.demo(ctx, false)
			return err
		}),
	}
	a.addPlain(cmd)
	return cmd
}

// demo shows the sample. own says whether the user can switch to their own library, and elsewhere whether they did.
func (a *application) demo(ctx context.Context, own bool) (elsewhere bool, err error) {
	dir, err := os.MkdirTemp("", "unsaid-demo-")
	if err != nil {
		return false, fmt.Errorf("make a throw-away library: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	archive := filepath.Join(dir, "sample.zip")
	if err := os.WriteFile(archive, sample.Archive(), 0o600); err != nil {
		return false, fmt.Errorf("make a throw-away library: %w", err)
	}
	db, err := store.Open(ctx, filepath.Join(dir, "unsaid.db"))
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := a.on(db).Import(ctx, importer.Options{Paths: []string{archive}}); err != nil {
		return false, err
	}
	return a.screens(ctx, db, ui.Options{Sample: true, Elsewhere: own})
}
