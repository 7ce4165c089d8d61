package plain

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"unsaid/app"
	"unsaid/phrase"
	"unsaid/ui/typedpath"
)

// export copies recordings to a folder, if the user says to which.
func (s *session) export(ctx context.Context, args string) error {
	ids, err := s.toExport(ctx, args)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return errors.New("there is nothing to export")
	}
	at := typedpath.Place{Home: s.o.Home}
	usual := at.Tilde(filepath.Join(s.o.Home, "unsaid-export"))
	s.say("Export %s. %s", phrase.Count(len(ids), "recording"), phrase.ExportNote)
	s.say("Type a folder, nothing for %s, or no to leave it.", usual)
	folder, err := s.ask(ctx, "Folder:")
	switch {
	case err != nil:
		return err
	case strings.EqualFold(folder, "no"):
		s.say("Nothing was exported.")
		return nil
	case folder == "":
		folder = usual
	}
	wav, err := s.agrees(ctx, "Convert to WAV?")
	if err != nil {
		return err
	}
	exported, err := s.o.Export(ctx, ids, app.ExportOptions{Folder: at.Absolute(folder), WAV: wav}, func(int) {})
	if err != nil {
		return err
	}
	s.say("%s", phrase.Closed(phrase.Exported(exported)))
	return nil
}

// toExport is what is to be exported: what numbers, marks or a search choose, else what is marked, else
// the one spoken of last.
func (s *session) toExport(ctx context.Context, args string) ([]int64, error) {
	switch word := strings.ToLower(args); {
	case word == "found":
		return s.found.ids, nil
	case word == "marked", args == "" && len(s.marked) > 0:
		return s.markedIDs(), nil
	}
	return s.chosen(ctx, args)
}

// elsewhere opens the sound of a recording with the system's program for it.
func (s *session) elsewhere(ctx context.Context, arg string) error {
	r, err := s.meant(ctx, arg)
	if err != nil {
		return err
	}
	data, err := s.o.Sound(ctx, &r)
	if err != nil {
		return err
	}
	if err := s.o.OpenSound(ctx, data); err != nil {
		return err
	}
	s.say("Opened a copy with the system's player. It is removed when unsaid ends.")
	return nil
}
