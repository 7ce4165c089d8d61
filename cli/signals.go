package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal returns a context that ends when the process is told to stop, so that work can be
// put in order; told a second time, it stops at once. stop gives the signals back.
//
// A pipe that nobody reads any more fails to be written to, instead of killing the process in
// the middle of its work.
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
