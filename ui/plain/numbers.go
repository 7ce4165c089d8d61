package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unsaid/phrase"
	"unsaid/store"
)

// index reads the number of something found.
func (s *session) index(text string) (int, error) {
	n, err := strconv.Atoi(text)
	switch total := len(s.found.ids); {
	case err != nil:
		return 0, fmt.Errorf("%s is no number of a recording; list says the numbers", text)
	case n < 1 || n > total:
		return 0, fmt.Errorf("there is no number %d: %s found; list says the numbers", n, phrase.Count(total, "recording"))
	}
	return n - 1, nil
}

// indexes reads numbers and ranges of what was found: 3, 3-7, or several of them. Each is returned once.
func (s *session) indexes(text string) ([]int, error) {
	var list []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		first, last, isRange := strings.Cut(word, "-")
		from, err := s.index(first)
		if err != nil {
			return nil, err
		}
		to := from
		if isRange {
			if to, err = s.index(last); err != nil {
				return nil, err
			}
		}
		for i := min(from, to); i <= max(from, to); i++ {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// meant reads the recording that a number means, or the one spoken of last if there is none, and
// makes it the one spoken of.
func (s *session) meant(ctx context.Context, arg string) (store.Recording, error) {
	index := s.found.at
	if arg != "" {
		var err error
		if index, err = s.index(arg); err != nil {
			return store.Recording{}, err
		}
	}
	if index < 0 {
		return store.Recording{}, errors.New("say which recording by its number; list says the numbers")
	}
	return s.goTo(ctx, index)
}

// goTo makes a recording the one spoken of.
func (s *session) goTo(ctx context.Context, index int) (store.Recording, error) {
	rows, err := s.o.DB.Recordings(ctx, s.found.ids[index:index+1])
	if err != nil {
		return store.Recording{}, err
	}
	if len(rows) == 0 {
		return store.Recording{}, fmt.Errorf("number %d is not there any more; find finds anew", index+1)
	}
	s.found.at, s.found.top = index, index/pageSize*pageSize
	return rows[0], nil
}

// nth reads the number of a row that a command listed, and returns its index. what names one row.
func nth(text string, rows int, what, command string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > rows {
		return 0, fmt.Errorf("there is no %s %s; %s lists them", what, text, command)
	}
	return n - 1, nil
}

// id reads the number of something that is not a recording.
func id(text, what string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("say its number, which %s tells", what)
	}
	return n, nil
}
