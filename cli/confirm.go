package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"unsaid/ui"
)

// mayAsk refuses what nobody could be asked about.
func (a *app) mayAsk() error {
	if isTerminal(a.Stdin) && isTerminal(a.Stderr) {
		return nil
	}
	return usagef("this deletes, and there is no terminal to ask on; agree with --yes, or look first with --dry-run")
}

// errDeclined is the end of what the user did not agree to.
var errDeclined = errors.New("nothing was changed")

// confirm asks a question and returns an error unless the answer is yes.
func (a *app) confirm(ctx context.Context, question string) error {
	_, _ = fmt.Fprint(a.Stderr, ui.Sanitize(question)+" [y/N] ") // who sees nothing will not agree
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.Stdin).ReadString('\n') // no answer is a no
		answer <- line
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case line := <-answer:
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "y", "yes":
			return nil
		}
		return errDeclined
	}
}
