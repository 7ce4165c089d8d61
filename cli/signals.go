package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal returns a context that ends when the process is told to stop, so that work can
// end in good order. When told a second time, the process stops at once. stop restores the handling of signals.
//
// Writing to a pipe that nobody reads any more returns an error, instead of killing the process in the middle
// of its work.
func untilSignal(ctx context.Context) (_ context.Context, stop func()) {
	ctx, release := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, release)
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	return ctx, func() {
		release()
		signal.Stop(broken)
	}
}
