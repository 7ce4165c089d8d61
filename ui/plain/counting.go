package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unsaid/phrase"
	"unsaid/store"
)

// census is what was counted last: the groups that a number then means.
type census struct {
	text   string // of the search whose recordings were counted
	by     store.Grouping
	groups []store.Group
}

// groupings are by what recordings can be counted.
var groupings = []store.Grouping{store.ByDevice, store.ByPerson, store.ByKind, store.ByMonth, store.ByDay, store.ByHour}

// count counts what was found by something, or finds one of the groups that were counted.
func (s *session) count(ctx context.Context, arg string) error {
	if n, err := strconv.Atoi(arg); err == nil {
		return s.group(ctx, n)
	}
	by := store.Grouping(strings.TrimPrefix(strings.ToLower(arg), "by "))
	if !slices.Contains(groupings, by) {
		return errors.New("say by what: device, person, kind, month, day or hour, as in: count device")
	}
	if s.found.fixed || s.found.inTrash() {
		return errors.New("only what a search found can be counted; find searches")
	}
	groups, err := s.o.DB.Groups(ctx, s.found.query, by)
	if err != nil {
		return err
	}
	s.census = census{s.found.text, by, groups}
	if len(groups) == 0 {
		s.say("%s", nothingFound(s.found.text))
		return nil
	}
	for i, g := range groups {
		s.say("%d. %s: %s.", i+1, groupName(g, by), phrase.Count(g.Recordings, "recording"))
	}
	s.say("count and a number finds one of them.")
	return nil
}

// group narrows the search to a group that was counted.
func (s *session) group(ctx context.Context, n int) error {
	c := s.census
	switch {
	case len(c.groups) == 0:
		return errors.New("nothing was counted yet; say by what, as in: count device")
	case n < 1 || n > len(c.groups):
		return fmt.Errorf("there is no number %d; %s counted", n, phrase.Count(len(c.groups), "group"))
	case c.groups[n-1].Term == "":
		return errors.New("this name cannot be searched for")
	}
	return s.search(ctx, store.Narrow(c.text, c.groups[n-1].Term))
}

// groupName is what a group is called.
func groupName(g store.Group, by store.Grouping) string {
	switch by {
	case store.ByDay:
		if day, err := store.ParseDay(g.Name); err == nil {
			return phrase.Spoken(time.UTC).Weekday(day)
		}
	case store.ByMonth:
		if month, err := time.Parse("2006-01", g.Name); err == nil {
			return month.Format("January 2006")
		}
	case store.ByHour:
		if hour, err := strconv.Atoi(g.Name); err == nil {
			return fmt.Sprintf("from %d to %d o'clock", hour, hour+1)
		}
	case store.ByPerson:
		if g.Name == "" {
			return "nobody was recognised"
		}
	case store.ByKind:
		if g.Name == "" {
			return "the maker has no word for it"
		}
	}
	if strings.TrimSpace(g.Name) == "" {
		return "a name that cannot be said"
	}
	return g.Name
}

// sort says what was found in another order.
func (s *session) sort(ctx context.Context, arg string) error {
	orders := map[string]store.Sorting{"newest": store.Newest, "oldest": store.Oldest, "longest": store.Longest}
	order, known := orders[strings.ToLower(arg)]
	if !known {
		return errors.New("say which comes first: newest, oldest or longest, as in: sort longest")
	}
	s.order = order
	if s.found.fixed || s.found.inTrash() {
		s.say("What find finds comes with the %s first.", strings.ToLower(arg))
		return nil
	}
	query := s.found.query
	query.Sort = order
	return s.show(ctx, s.found.text, query)
}
