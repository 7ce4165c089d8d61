package dialog

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"unsaid/ui/common"
)

// entryKind says, by its name, what something in a folder may be to an import. It is a hint: what
// is imported is judged by its content.
type entryKind int

const (
	archiveEntry entryKind = iota
	folderEntry
	fileEntry  // a table or sound
	otherEntry // hardly an export
)

// entry is something in a folder.
type entry struct {
	name     string
	kind     entryKind
	size     int64 // bytes
	modified time.Time
	set      string // the name that the parts of one export share; "" if it is no part
	part     int    // its number in the set
}

// maxEntries bounds the entries of a folder that are listed.
const maxEntries = 10_000

// listing is what is in a folder.
type listing struct {
	folder  string // "" if none can be read
	entries []entry
	more    bool // whether there are others
}

// readFolder lists the first of some folders that can be read.
func readFolder(ctx context.Context, folders ...string) (listing, error) {
	var errs []error
	for _, folder := range folders {
		entries, more, err := entriesOf(ctx, folder)
		if err == nil {
			return listing{folder, entries, more}, nil
		}
		errs = append(errs, err)
	}
	return listing{}, errors.Join(errs...)
}

// entriesOf lists a folder: the archives, the newest first but the parts of one export together,
// then folders, then files. more tells that there are others.
func entriesOf(ctx context.Context, folder string) (entries []entry, more bool, err error) {
	f, err := os.Open(folder)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	for len(entries) < maxEntries && ctx.Err() == nil {
		some, err := f.ReadDir(500)
		for _, e := range some {
			entries = append(entries, entryOf(folder, e))
		}
		if errors.Is(err, io.EOF) {
			sortEntries(entries)
			return entries, false, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	sortEntries(entries)
	return entries, true, ctx.Err()
}

func entryOf(folder string, e fs.DirEntry) entry {
	it := entry{name: e.Name(), kind: otherEntry}
	info, err := os.Stat(filepath.Join(folder, e.Name())) // of what a link points to
	if err != nil {
		return it // it is listed all the same
	}
	it.size, it.modified = info.Size(), info.ModTime()
	switch {
	case info.IsDir():
		it.kind, it.size = folderEntry, 0
	case info.Mode().IsRegular():
		it.kind = kindOf(e.Name())
		it.set, it.part = partOf(e.Name())
	}
	return it
}

// kindOf judges a file by its name.
func kindOf(name string) entryKind {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, ".tar.gz") {
		return archiveEntry
	}
	switch filepath.Ext(name) {
	case ".zip", ".tar", ".tgz":
		return archiveEntry
	case ".csv", ".tsv", ".json", ".ndjson", ".jsonl", ".html", ".htm", ".wav", ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".aac", ".webm":
		return fileEntry
	}
	return otherEntry
}

// Names of the parts of one export: takeout-20240516T230250Z-001.zip and
// takeout-20250921T1994402Z-3-001.zip of Google, which is one export up to the second hyphen, and
// Alexa.1.zip of Amazon.
var partNames = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(takeout-\d{8}T\d+Z)(?:-\d+)?-(\d{3})\.(?:zip|tgz|tar\.gz)$`),
	regexp.MustCompile(`(?i)^(.*[^\d.])\.(\d{1,3})\.(?:zip|tar|tgz|tar\.gz)$`),
}

// partOf tells of which export a file is a part by its name, "" if of none.
func partOf(name string) (set string, part int) {
	for _, parts := range partNames {
		if found := parts.FindStringSubmatch(name); found != nil {
			part, _ = strconv.Atoi(found[2]) // three digits at most
			return found[1], part
		}
	}
	return "", 0
}

func sortEntries(entries []entry) {
	newest := map[string]time.Time{} // of a set, or of an archive of its own
	of := func(e entry) string { return cmp.Or(e.set, e.name) }
	for _, e := range entries {
		if e.modified.After(newest[of(e)]) {
			newest[of(e)] = e.modified
		}
	}
	slices.SortFunc(entries, func(x, y entry) int {
		order := cmp.Compare(x.kind, y.kind)
		if order == 0 && x.kind == archiveEntry {
			order = cmp.Or(newest[of(y)].Compare(newest[of(x)]), cmp.Compare(of(x), of(y)), cmp.Compare(x.part, y.part))
		}
		return cmp.Or(order, cmp.Compare(strings.ToLower(x.name), strings.ToLower(y.name)), cmp.Compare(x.name, y.name))
	})
}

// firstFolders are the folders that the picker tries when it opens: the one last used, that of
// the last import, where browsers put what they download, home, and where the program was started.
func firstFolders(c *common.Common, last string) []string {
	var folders []string
	if last != "" {
		folders = append(folders, last)
	}
	paths, err := c.DB.LastImportPaths(c.Ctx)
	if err == nil && len(paths) > 0 && !c.Sample && filepath.IsAbs(paths[0]) {
		folders = append(folders, filepath.Dir(paths[0]))
	}
	if c.Home != "" {
		folders = append(folders, filepath.Join(c.Home, "Downloads"), c.Home)
	}
	if here, err := os.Getwd(); err == nil {
		folders = append(folders, here)
	}
	return folders
}
