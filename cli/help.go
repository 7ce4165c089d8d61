package cli

import (
	"runtime/debug"
	"strings"

	"charm.land/fang/v2"
	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

// help prints the help of a command, drawn by fang. Fang does only this: it would ask the terminal
// for its colours before each error, too, and waits for seconds where no answer comes.
func (a *application) help(cmd *cobra.Command, _ []string) {
	root := (&application{Environment: a.Environment}).rootCommand()
	root.SetArgs(append(strings.Fields(cmd.CommandPath())[1:], "--help"))
	// Help has no errors but those of writing it, which fang keeps to itself.
	_ = fang.Execute(cmd.Context(), root, fang.WithoutManpage(), fang.WithoutVersion())
}

// helpCommand is cobra's, except for what it says about an unknown command.
func (a *application) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) > 0 {
				err = unknownCommand(about, rest)
			}
			if err == nil {
				a.help(about, nil)
			}
			return err
		},
	}
}

// version is what the build says about itself.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "of unknown version"
}

func (a *application) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Print the manual page",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.began = true
			page, err := mcobra.NewManPage(1, cmd.Root())
			if err != nil {
				return err
			}
			_, err = a.Stdout.Write([]byte(page.Build(roff.NewDocument())))
			return err
		},
	}
}
