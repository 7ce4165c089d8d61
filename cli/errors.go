package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"unsaid/store"
)

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// incomplete says that something was done except for some members or items, which were listed.
type incomplete struct{ failed string }

func (e incomplete) Error() string { return "done, but " + e.failed }

// exitCode is the code for an error. Before a command began, only its usage can be wrong.
func exitCode(err error, began bool) int {
	var usage usageError
	var query *store.QueryError
	var some incomplete
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return 0 // whoever reads has enough, as head has
	case !began, errors.As(err, &usage), errors.As(err, &query):
		return 2
	case errors.As(err, &some):
		return 3
	}
	return 1
}

// message is what to say about an error. An interruption shows as all kinds of errors.
func message(ctx context.Context, err error) string {
	if ctx.Err() == nil {
		return withHints(err)
	}
	if err = besides(err); err == nil {
		return "interrupted"
	}
	return "interrupted: " + withHints(err)
}

// besides returns what an error says apart from the interruption, such as a clean-up that failed; nil if that
// is all.
func besides(err error) error {
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var rest []error
		for _, one := range joined.Unwrap() {
			rest = append(rest, besides(one))
		}
		return errors.Join(rest...)
	}
	if inner := errors.Unwrap(err); inner != nil {
		return besides(inner)
	}
	return nil
}

// unknownCommand refuses arguments of the program itself.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "see " + cmd.CommandPath() + " --help"
	if similar := cmd.SuggestionsFor(args[0]); len(similar) > 0 {
		hint = "did you mean " + strings.Join(similar, " or ") + "?"
	} else if _, err := os.Stat(args[0]); err == nil && !cmd.HasParent() {
		hint = "to import it: unsaid import " + args[0]
	}
	return fmt.Errorf("unknown command %q (%s)", args[0], hint)
}

// flagError explains a flag that is not known. A query may begin with a minus, too.
func flagError(cmd *cobra.Command, err error) error {
	hint := "see " + cmd.CommandPath() + " --help"
	if strings.Contains(cmd.Use, "QUERY") {
		hint += "; a query that begins with - goes after --"
	}
	return fmt.Errorf("%w (%s)", err, hint)
}
