package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unsaid/ui/text"
)

// Environment is what a run of the program has around it.
type Environment struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(name string) string // an environment variable, "" if it is not set
	Now    func() time.Time
}

// System is the environment that the operating system gives.
func System() Environment {
	return Environment{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now}
}

// Main runs the program with its arguments, the name of the program not among them, and returns
// the exit code. It ends early, in good order, when ctx does or the process is told to stop.
func Main(ctx context.Context, args []string, env Environment) int {
	ctx, stop := untilSignal(ctx)
	defer stop()
	a := &application{Environment: env, out: bufio.NewWriter(env.Stdout)}
	root := a.rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code := exitCode(err, a.began)
	if code != 0 {
		a.complain(message(ctx, err))
	}
	return code
}

// complain prints a message to standard error, line by line and sanitised.
func (a *application) complain(words string) {
	for line := range strings.Lines(words) {
		if line = text.Line(line); line != "" {
			_, _ = fmt.Fprintln(a.Stderr, "unsaid: "+a.own(line)) // there is nowhere to report it
		}
	}
}

// say prints words for people to standard error, where they are not in the way of the data.
func (a *application) say(format string, args ...any) {
	_, _ = fmt.Fprintln(a.Stderr, a.own(text.Line(fmt.Sprintf(format, args...)))) // there is nowhere to report it
}

func (a *application) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "unsaid",
		Short: "Take back what you said",
		Long: "unsaid imports the voice history that an assistant's maker hands out on request, keeps it on your own machine, " +
			"lets you browse, hear, search and delete it, and writes the requests to the maker to delete it too. " +
			"It never goes online. Without a command it opens its screens, or with --plain a prompt for screen readers.",
		Example: "unsaid import Alexa.zip\nunsaid list 'is:unintended device:kitchen after:2025-01'\nunsaid delete 'device:bedroom' --dry-run",
		Version: version(),
		Args:    unknownCommand,
		RunE:    a.run(a.openScreens),

		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true, // Main prints them
		SilenceUsage:               true,
	}
	root.SetIn(a.Stdin)
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(a.helpCommand())
	a.addFlags(root)
	a.addPlain(root)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.AddCommand(
		a.demoCommand(),
		a.importCommand(), a.importsCommand(), a.accountsCommand(), a.exportsCommand(),
		a.listCommand(), a.searchesCommand(), a.countCommand(), a.statsCommand(), a.showCommand(), a.playCommand(), a.exportCommand(), a.devicesCommand(),
		a.suggestionsCommand(), a.deleteCommand(), a.undoCommand(), a.redoCommand(), a.trashCommand(), a.purgeCommand(),
		a.tombstonesCommand(), a.requestsCommand(), a.verifyCommand(),
		a.configCommand(),
		a.evidenceCommand(),
		a.keysCommand(),
		a.checkCommand(), a.backupCommand(), a.manCommand(),
	)
	return root
}
