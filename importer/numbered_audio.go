package importer

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"
)

// linkNumbered joins the rows of a dump with audio by their order: [{message, date, time, device,
// div_id, audio_id}] beside 0.wav, 1.wav, … (seen in a downloader of Alexa's pages). It does so only
// where nothing speaks against it: the dump is alone in its folder, all audio there is called by
// numbers, and no row names audio that exists. Rows without a file have no audio, and files without
// a row are recordings of their own.
func linkNumbered(ctx context.Context, in *Input, tables []*transcripts) error {
	var dumps []*transcripts
	inFolder := map[string]int{}
	for _, t := range tables {
		if t.isNumberedDump() {
			dumps = append(dumps, t)
			inFolder[path.Dir(t.m.path)]++
		}
	}
	for _, t := range dumps {
		numbered := in.numberedAudio(path.Dir(t.m.path))
		if len(numbered) == 0 || inFolder[path.Dir(t.m.path)] > 1 {
			continue
		}
		if !t.namesAudio(ctx, in) {
			t.numbered = numbered
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// namesAudio reports whether a row names audio that exists, or the table cannot be read.
func (t *transcripts) namesAudio(ctx context.Context, in *Input) bool {
	for r, err := range t.rows(ctx, in, false) {
		if err != nil {
			return true
		}
		if m, _ := t.audioOf(in, r); m != nil {
			return true
		}
	}
	return false
}

// isNumberedDump reports whether a table has the columns of the dump that comes with numbered audio.
func (t *table) isNumberedDump() bool {
	for _, key := range []string{"message", "div_id", "audio_id"} {
		if !slices.Contains(t.header, key) {
			return false
		}
	}
	return t.json
}

// numberedAudio returns the audio in a folder by its numbers. It returns nil if any of it is called
// otherwise, or if a number is there twice.
func (in *Input) numberedAudio(folder string) map[int]*member {
	numbered := map[int]*member{}
	for _, m := range in.of(contentAudio) {
		if path.Dir(m.path) != folder {
			continue
		}
		name := base(m.path)
		n, err := strconv.Atoi(name)
		if err != nil || strings.Trim(name, "0123456789") != "" || numbered[n] != nil {
			return nil
		}
		numbered[n] = m
	}
	return numbered
}
