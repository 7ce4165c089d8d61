package plain

import (
	"context"
	"strings"
)

func programCommands() []command {
	return []command{
		{"import", "i", "PATH, or several", "import what the maker sent you", "The path is that of a file, a folder, an archive, or of all parts of one.\n" +
			"Paths with spaces stand in quotation marks.\nCtrl-c stops it; what was read stays, and importing again adds the rest.", (*session).importPaths},
		{"imports", "A", "N", "list past imports; with a number, what became of its files", "Behind the number may stand failed, imported, ignored or all, to hear of those files.", (*session).imports},
		{"export", "E", "N, N-M, marked or found", "copy recordings to a folder", "Without more it copies what is marked, else the one spoken of last. It asks for the folder.", (*session).export},
		{"elsewhere", "Z", "N", "open the sound of a recording in another program", "Without a number it is that of the one spoken of last.", (*session).elsewhere},
		{"help", "h", "COMMAND", "list the commands, or explain one", "", (*session).help},
		{"quit", "q", "", "end the program", "The end of input does the same.", func(*session, context.Context, string) error { return errQuit }},
	}
}

// help lists the commands, or explains one.
func (s *session) help(_ context.Context, word string) error {
	if word != "" {
		c, err := lookup(word)
		if err != nil {
			return err
		}
		s.say("%s: %s.", c.usage(), c.does)
		s.say("Short: %s.", c.short)
		for line := range strings.Lines(c.more) {
			s.say("%s", line)
		}
		return nil
	}
	s.say("A command is a word, the letter behind it, or its beginning. N is a number.")
	for _, g := range groups() {
		s.say("%s.", g.name)
		for _, c := range g.commands {
			s.say("%s, %s: %s.", c.name, c.short, c.does)
		}
	}
	s.say("help and a command explains it, as in: help find.")
	return nil
}

// usage is a command with what stands behind it.
func (c command) usage() string {
	if c.args == "" {
		return c.name
	}
	return c.name + " " + c.args
}
