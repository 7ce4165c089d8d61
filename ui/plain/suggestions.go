package plain

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"unsaid/deletion"
	"unsaid/phrase"
)

// suggestions lists what may be worth deleting, or finds one of it. It deletes nothing.
func (s *session) suggestions(ctx context.Context, arg string) error {
	due, err := deletion.Outdated(ctx, s.o.DB, s.o.Keep, s.now())
	if err != nil {
		return err
	}
	worth, err := deletion.Suggest(ctx, s.o.DB, s.now())
	if err != nil {
		return err
	}
	worth = slices.DeleteFunc(worth, func(w deletion.Suggestion) bool {
		return slices.ContainsFunc(due, func(d deletion.Suggestion) bool { return d.Query == w.Query })
	})
	all := append(slices.Clone(due), worth...)
	if arg != "" {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 1 || n > len(all) {
			return fmt.Errorf("there is no suggestion %s; suggestions lists them", arg)
		}
		return s.find(ctx, all[n-1].Query)
	}
	if len(all) == 0 {
		s.say("There is nothing to suggest: no recording is unintended, or older than 90 days.")
		return nil
	}
	for i, one := range all {
		text := fmt.Sprintf("%d. %s, %s", i+1, one.Title, phrase.Count(one.Recordings, "recording"))
		if i < len(due) {
			text += ", due by your rules for keeping"
		}
		s.say("%s.", text)
	}
	s.say("suggestions and a number finds them; delete found then deletes them.")
	return nil
}
