package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// command is a word and what it does: the one table from which words act and help is made.
type command struct {
	name  string
	short string // one letter that means the same; large and small ones differ
	args  string // what stands behind it
	does  string // in a few words
	more  string // what else there is to know, in lines
	do    func(s *session, ctx context.Context, args string) error
}

// group is commands that belong together.
type group struct {
	name     string
	commands []command
}

// groups are all commands, in the order of help.
func groups() []group {
	return []group{
		{"Find", findCommands()},
		{"Hear", hearCommands()},
		{"Choose", chooseCommands()},
		{"Take back", takeBackCommands()},
		{"Ask the makers", slices.Concat(requestCommands(), evidenceCommands())},
		{"Look", lookCommands()},
		{"Program", programCommands()},
	}
}

func commands() []command {
	var all []command
	for _, g := range groups() {
		all = append(all, g.commands...)
	}
	return all
}

// obey does what a line says.
func (s *session) obey(ctx context.Context, line string) error {
	end := strings.IndexFunc(line, unicode.IsSpace)
	if end < 0 {
		end = len(line)
	}
	word, args := line[:end], line[end:]
	if word == "" {
		return nil
	}
	c, err := lookup(word)
	if err != nil {
		return err
	}
	return c.do(s, ctx, strings.TrimSpace(args))
}

// lookup finds the command that a word means: by its name, its letter, or as much of its name as no
// other one begins with.
func lookup(word string) (command, error) {
	if word == "?" {
		word = "help"
	}
	var begin []command
	lower := strings.ToLower(word)
	for _, c := range commands() {
		switch {
		case c.short == word, c.name == lower:
			return c, nil
		case len(word) > 1 && strings.HasPrefix(c.name, lower):
			begin = append(begin, c)
		}
	}
	switch len(begin) {
	case 0:
		return command{}, unknown(word)
	case 1:
		return begin[0], nil
	}
	names := make([]string, len(begin))
	for i, c := range begin {
		names[i] = c.name
	}
	return command{}, fmt.Errorf("%s could mean %s", word, oneOf(names))
}

// unknown says that there is no such command, and what was probably meant.
func unknown(word string) error {
	text := "there is no command " + word
	if len(word) > 1 {
		var near []string
		for _, c := range commands() {
			if distance(strings.ToLower(word), c.name) <= min(2, len(word)/2) {
				near = append(near, c.name)
			}
		}
		if len(near) > 0 {
			return errors.New(text + "; did you mean " + oneOf(near) + "?")
		}
	}
	return errors.New(text + "; help lists the commands, and find " + word + " searches for it")
}

// maxCompared is how much of a word is compared with the commands.
const maxCompared = 20

// distance is how many letters have to be put in, taken out or changed to make one word of another
// (Levenshtein).
func distance(a, b string) int {
	a = a[:min(len(a), maxCompared)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0] // the value up and to the left
		row[0] = i + 1
		for j := range len(b) {
			same := before
			if a[i] != b[j] {
				same++
			}
			before = row[j+1]
			row[j+1] = min(same, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
