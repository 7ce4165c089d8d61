package cli

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// An interruption does not hide what else went wrong, such as a clean-up.
func TestInterruptionTellsWhatElseFailed(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	left := errors.New("a file is left")
	for _, c := range []struct {
		err  error
		want string
	}{
		{context.Canceled, "interrupted"},
		{fmt.Errorf("export: %w", context.Canceled), "interrupted"},
		{errors.Join(context.Canceled, nil), "interrupted"},
		{errors.Join(context.Canceled, left), "interrupted: a file is left"},
		{fmt.Errorf("export: %w", errors.Join(context.Canceled, left)), "interrupted: a file is left"},
		{left, "interrupted: a file is left"},
	} {
		if got := message(ctx, c.err); got != c.want {
			t.Errorf("%v: %q instead of %q", c.err, got, c.want)
		}
	}
}
