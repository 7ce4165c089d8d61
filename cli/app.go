package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"unsaid/app"
	"unsaid/store"
	"unsaid/ui"
)

// application is one run of the program: its environment and what all commands share.
type application struct {
	Environment
	out *bufio.Writer // standard output

	dbFlag, configFlag, zoneFlag string
	json                         bool
	plain                        bool // a prompt instead of the screens

	background ui.Background // the terminal's, once it has answered

	began  bool // whether a command is at work
	config config
	zone   *time.Location
}

func (a *application) addFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&a.dbFlag, "db", "", "library file (default $UNSAID_DB, else unsaid/unsaid.db in the user's data folder)")
	flags.StringVar(&a.configFlag, "config", "", "settings file (default $UNSAID_CONFIG, else unsaid/config.toml in the user's config folder)")
	flags.StringVar(&a.zoneFlag, "tz", "", "time zone of days and hours, such as Europe/Berlin (default the system's)")
	flags.BoolVar(&a.json, "json", false, "print JSON")
}

// run turns work into a command, which reads the settings before and writes the output after it.
func (a *application) run(work func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.began = true
		if err := a.settle(); err != nil {
			return err
		}
		err := work(cmd.Context(), args)
		return errors.Join(err, a.out.Flush())
	}
}

// onLibrary turns work on an existing library into a command.
func (a *application) onLibrary(work func(ctx context.Context, db *store.DB, args []string) error) func(*cobra.Command, []string) error {
	return a.run(func(ctx context.Context, args []string) error {
		path := a.libraryPath()
		if !exists(path) {
			return fmt.Errorf("there is no library at %s yet; make one with: unsaid import PATH, or have a look with: unsaid demo", path)
		}
		db, err := store.Open(ctx, path)
		if err != nil {
			return err
		}
		return errors.Join(work(ctx, db, args), db.Close())
	})
}

// on is what the user can do with a library.
func (a *application) on(db *store.DB) *app.App {
	return &app.App{
		DB: db, Zone: a.zone, Now: a.Now, Correspondence: a.config.correspondence(), Keep: a.config.Keep,
		RequestsDir: filepath.Join(filepath.Dir(db.Path()), "requests"),
	}
}

// settle reads the settings that all commands depend on.
func (a *application) settle() (err error) {
	if a.config, err = a.readConfig(); err != nil {
		return usageError{err}
	}
	name := cmp.Or(a.zoneFlag, a.config.TimeZone)
	if name == "" {
		a.zone = systemZone()
		return nil
	}
	if a.zone, err = time.LoadLocation(name); err != nil {
		return usagef("time zone %q is not known; it is named as in Europe/Berlin", name)
	}
	return nil
}

// libraryPath is where the library is, or will be.
func (a *application) libraryPath() string {
	return cmp.Or(a.dbFlag, a.Getenv("UNSAID_DB"), filepath.Join(xdg.DataHome, "unsaid", "unsaid.db"))
}

// exists reports whether there is anything at path; an empty file is no library yet.
func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// now is the time in the zone in use.
func (a *application) now() time.Time { return a.Now().In(a.zone) }

// query reads the query that the arguments make up.
func (a *application) query(args []string) (store.Query, error) {
	return store.ParseQuery(strings.Join(args, " "), a.now())
}

// number parses an id that the user typed. what says of what it is the id, and listedBy which command lists such ids.
func number(text, what, listedBy string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 0 {
		return 0, usagef("%q is no %s; they are listed by: unsaid %s", text, what, listedBy)
	}
	return id, nil
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(term.File)
	return ok && term.IsTerminal(f.Fd())
}

// terminalWidth is how many cells a line of the stream has, 0 if it is no terminal.
func terminalWidth(stream any) int {
	f, ok := stream.(term.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return width
}
