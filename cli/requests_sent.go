package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"unsaid/store"
)

func (a *application) tickCommand() *cobra.Command {
	var on string
	var undo bool
	cmd := &cobra.Command{
		Use:   "tick ID STEP",
		Short: "Note that you have done a step at the maker, today or on a date",
		Long: "Note that you have done a step of a request at the maker. Steps are numbered as unsaid requests show lists them. The letter is noted " +
			"by itself, with unsaid requests sent.",
		Example: "unsaid requests tick 1 2 --on yesterday",
		Args:    cobra.ExactArgs(2),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, args []string) error {
			step, err := strconv.Atoi(args[0])
			if err != nil {
				return usagef("a step is a number, as unsaid requests show %d lists them, and not %q", r.ID, args[0])
			}
			day, err := a.on(db).ReadSentDay(on)
			if err != nil {
				return usagef("--on: %w", err)
			}
			if undo {
				day = 0
			}
			if _, err := a.on(db).Tick(ctx, r.ID, step, day); err != nil {
				return err
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
	cmd.Flags().StringVar(&on, "on", "", "day on which it was done (such as 2024-05-03 or yesterday)")
	cmd.Flags().BoolVar(&undo, "undo", false, "note that it is not done after all")
	cmd.MarkFlagsMutuallyExclusive("on", "undo")
	return cmd
}

func (a *application) sentRequestCommand() *cobra.Command {
	var on, by string
	cmd := &cobra.Command{
		Use:   "sent ID",
		Short: "Note that a request was sent, today or on a date",
		Long: "Note that a request was sent, which freezes its steps, its letter, its law and its language. What was sent is what stands in its files, " +
			"or, if none were written, what they would say now. What was deleted after they were written goes into a new draft.",
		Args: cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, _ []string) error {
			day, err := a.on(db).ReadSentDay(on)
			if err != nil {
				return usagef("--on: %w", err)
			}
			if _, err := a.on(db).MarkSent(ctx, r.ID, day, by); err != nil {
				return err
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
	cmd.Flags().StringVar(&on, "on", "", "day on which it was sent (such as 2024-05-03 or yesterday)")
	cmd.Flags().StringVar(&by, "by", "", "how it was sent, in your words (such as mail, or the maker's form)")
	return cmd
}

func (a *application) draftRequestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "draft ID",
		Short: "Note that a request was not sent after all; it is dropped if its deletions were undone",
		Args:  cobra.ExactArgs(1),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, _ []string) error {
			dropped, err := a.on(db).MarkDraft(ctx, r.ID)
			switch {
			case err != nil:
				return err
			case dropped && a.json:
				return a.printJSON(map[string]any{"id": r.ID, "dropped": true})
			case dropped:
				return a.printLines("request " + idText(r.ID) + " is dropped, since its deletions were undone")
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
}

func (a *application) answerCommand() *cobra.Command {
	var on, ground, note string
	cmd := &cobra.Command{
		Use:   "answer ID KIND",
		Short: "Note what the maker answered, today or on a date",
		Long: "Note what the maker answered to a request that was sent: received (receipt is confirmed), confirmed (the deletion is), refused (with " +
			"--ground), identity (the maker asks who you are), identified (you have answered that), extended (the maker takes longer, as the law allows). " +
			"note keeps a note. The day by which an answer is due changes accordingly.",
		Example: "unsaid requests answer 1 refused --ground 'needed for a legal claim' --on 2025-04-02\nunsaid requests answer 1 note --note 'called them'",
		Args:    cobra.ExactArgs(2),
		RunE: a.onRequest(func(ctx context.Context, db *store.DB, r store.Request, args []string) error {
			kind, err := store.ParseAnswer(args[0])
			if err != nil {
				return usageError{err}
			}
			if ground != "" && kind != store.Refused {
				return usagef("--ground is that of a refusal; --note keeps anything else")
			}
			day, err := a.on(db).ReadSentDay(on)
			if err != nil {
				return usagef("--on: %w", err)
			}
			if _, err := a.on(db).Answer(ctx, r.ID, kind, day, ground+note); err != nil {
				return err
			}
			return a.printRequest(ctx, db, r.ID)
		}),
	}
	cmd.Flags().StringVar(&on, "on", "", "day of the answer (such as 2024-05-03 or yesterday)")
	cmd.Flags().StringVar(&ground, "ground", "", "the ground on which the maker refuses")
	cmd.Flags().StringVar(&note, "note", "", "what else to remember")
	cmd.MarkFlagsMutuallyExclusive("ground", "note")
	return cmd
}
