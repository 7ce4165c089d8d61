package importer

import (
	"cmp"
	"os"
	"path/filepath"
)

// rootName returns what the only path of an import is called: the name of a folder, that of an
// archive without its suffix, and for any other file the name of the folder it lies in. It is ""
// for several paths: their names are in the tree.
func rootName(paths []string) string {
	if len(paths) != 1 {
		return ""
	}
	p, err := filepath.Abs(paths[0])
	if err != nil {
		return ""
	}
	info, err := os.Stat(p)
	if err != nil {
		return ""
	}
	if !info.IsDir() && archiveSuffix(p) == notAnArchive {
		return folderName(p)
	}
	return withoutArchiveSuffix(treeName(filepath.Base(p)))
}

// folderName returns the name of the folder that the file at p lies in, "" if it has none.
func folderName(p string) string {
	if abs, err := filepath.Abs(p); err == nil {
		p = abs
	}
	return treeName(filepath.Base(filepath.Dir(p)))
}

// withoutArchiveSuffix returns the name of an archive or of a folder without what makes it an archive's.
func withoutArchiveSuffix(name string) string {
	stem, _ := cutArchiveSuffix(name)
	return cmp.Or(stem, name)
}
