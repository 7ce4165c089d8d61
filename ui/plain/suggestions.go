package plain

import (
	"context"
	"fmt"

	"unsaid/phrase"
)

// suggestions lists what may be worth deleting, or finds one of it. It deletes nothing.
func (s *session) suggestions(ctx context.Context, arg string) error {
	all, err := s.o.Suggest(ctx)
	if err != nil {
		return err
	}
	if arg != "" {
		n, err := nth(arg, len(all), "suggestion", "suggestions")
		if err != nil {
			return err
		}
		return s.find(ctx, all[n].Query)
	}
	if len(all) == 0 {
		s.say("%s", phrase.NoSuggestion)
		return nil
	}
	for i, one := range all {
		text := fmt.Sprintf("%d. %s, %s", i+1, one.Title, phrase.Count(one.Recordings, "recording"))
		if one.Due {
			text += ", due by your retention rules"
		}
		s.say("%s.", text)
	}
	s.say("suggestions and a number finds them; delete found then deletes them.")
	return nil
}
