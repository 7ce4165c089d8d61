package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"unsaid/ui/text"
)

// mayAsk returns an error if there is no terminal to ask on.
func (a *application) mayAsk() error {
	if isTerminal(a.Stdin) && isTerminal(a.Stderr) {
		return nil
	}
	return usagef("this deletes, and there is no terminal to ask on; agree with --yes, or look first with --dry-run")
}

// errDeclined says that the user did not agree.
var errDeclined = errors.New("nothing was changed")

// confirm asks a question and returns an error unless the answer is yes.
func (a *application) confirm(ctx context.Context, question string) error {
	answer, err := a.ask(ctx, question+" [y/N]")
	switch {
	case err != nil:
		return err
	case strings.EqualFold(answer, "y"), strings.EqualFold(answer, "yes"):
		return nil
	}
	return errDeclined
}

// ask asks a question and returns the line that was typed, "" if there was none.
func (a *application) ask(ctx context.Context, question string) (string, error) {
	_, _ = fmt.Fprint(a.Stderr, a.own(text.Line(question))+" ") // a user who does not see the question will not agree
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.Stdin).ReadString('\n') // at the end of the input, the answer is empty
		answer <- line
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case line := <-answer:
		return strings.TrimSpace(line), nil
	}
}
