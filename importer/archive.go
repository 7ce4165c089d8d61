package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"unsaid/store"
)

// Limits against archives that were made to do harm. They are far beyond what a voice history needs.
const (
	maxMembers     = 2_000_000
	maxNameBytes   = 64 << 20 // of all members' names, which are kept in memory
	maxNameLength  = 1024
	maxNesting     = 3 // archives inside archives
	maxRatio       = 200
	ratioFreeBytes = 1 << 30 // what may expand at any ratio: silence compresses a thousandfold
	maxMemoryHeld  = 8 << 20 // of nested archives; larger ones go to a temporary file
)

var errTooManyMembers = fmt.Errorf("it has more than %d members, or names of more than %d MiB, which no voice history has", maxMembers, maxNameBytes>>20)

// archive is the input of an import, opened as one tree. An archive is a folder of the tree that
// is called like the archive; an input of its own is the tree itself.
type archive struct {
	tree
	failed  []store.MemberOutcome // members that could not even be listed
	files   []string              // paths of the files that the user named, and of the archives in a folder
	closers []func() error
	held    int64 // bytes of nested archives kept in memory
	named   int   // bytes of the names of archives' members
	meter   *meter
}

// openArchive opens every path as one tree. The caller must close it. A path that is missing, or
// an input without anything that could be read, is an error.
func openArchive(ctx context.Context, paths []string, stdin io.Reader, meter *meter) (*archive, error) {
	a := &archive{tree: tree{root: rootName(paths)}, meter: meter}
	if err := a.addPaths(ctx, paths, stdin); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.settle()
	return a, nil
}

// Close closes all files and removes what was unpacked to temporary ones.
func (a *archive) Close() error {
	var errs []error
	for i := len(a.closers) - 1; i >= 0; i-- {
		errs = append(errs, a.closers[i]())
	}
	a.closers = nil
	return errors.Join(errs...)
}

func (a *archive) addPaths(ctx context.Context, paths []string, stdin io.Reader) error {
	taken := map[string]bool{}
	for _, p := range paths {
		mount := ""
		if len(paths) > 1 {
			mount = treeName(filepath.Base(filepath.Clean(p)))
			for i := 2; taken[mount]; i++ {
				mount = numbered(treeName(filepath.Base(p)), i)
			}
			taken[mount] = true
		}
		if err := a.addPath(ctx, p, mount, stdin); err != nil {
			return err
		}
	}
	switch {
	case len(a.members) > 0:
		return nil
	case len(a.failed) > 0:
		return fmt.Errorf("%s: %s", a.failed[0].Member, a.failed[0].Reason)
	}
	return fmt.Errorf("%s: there is nothing in it", strings.Join(paths, ", "))
}

func (a *archive) addPath(ctx context.Context, p, mount string, stdin io.Reader) error {
	if p == Stdin {
		return a.addStdin(ctx, stdin)
	}
	info, err := os.Stat(p)
	switch {
	case err != nil:
		return fmt.Errorf("%w; check the path", err)
	case info.IsDir():
		return a.addFolder(ctx, p, mount)
	case info.Mode().IsRegular():
		return a.addFile(ctx, p, mount, info)
	}
	return fmt.Errorf("%s is neither a file nor a folder", p)
}

// addFile adds a file that the user named.
func (a *archive) addFile(ctx context.Context, p, mount string, info fs.FileInfo) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	defer f.Close()
	a.files = append(a.files, p)
	return a.addContent(ctx, p, f, nested{mount: mount, src: diskFile(p), size: info.Size(), modTime: info.ModTime()})
}

// addContent adds the file at p, which the user named, or the standard input: an archive if its content,
// which r reads, says so.
func (a *archive) addContent(ctx context.Context, p string, r io.ReaderAt, n nested) error {
	kind, err := archiveKindOf(r, p)
	switch {
	case err != nil:
		return fmt.Errorf("read %s: %w", p, err)
	case kind == notAnArchive && archiveSuffix(p) != notAnArchive:
		return fmt.Errorf("%s has the name of an archive but is not one; it may be incomplete: download it again", p)
	case kind == notAnArchive && n.mount != "": // files of one folder, such as a record and its audio, stay side by side
		n.mount = folderName(p)
		fallthrough
	case kind == notAnArchive:
		n.mount = joinName(n.mount, filepath.Base(p))
		return a.add(n)
	}
	before := len(a.members)
	err = a.expand(ctx, kind, n)
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case len(a.members) == before && n.mount == "":
		return fmt.Errorf("%s: %w", p, err)
	}
	a.fail(filepath.Base(p), err)
	return nil
}

// addFolder adds the regular files below dir. Links are not followed: a folder may have been
// unpacked from an archive that points them anywhere.
func (a *archive) addFolder(ctx context.Context, dir, mount string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		rel, relErr := filepath.Rel(dir, p)
		if relErr != nil {
			return fmt.Errorf("read folder %s: %w", dir, relErr)
		}
		name := joinName(mount, filepath.ToSlash(rel))
		if err != nil {
			if p == dir {
				return fmt.Errorf("read folder %s: %w", dir, err)
			}
			a.fail(name, err)
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			a.fail(name, err)
			return nil
		}
		if !info.Mode().IsRegular() {
			a.ignoreSpecial(name)
			return nil
		}
		if archiveSuffix(name) != notAnArchive && !isJunk(name) {
			a.files = append(a.files, p)
		}
		return a.addMember(ctx, nested{mount: name, src: diskFile(p), size: info.Size(), modTime: info.ModTime()})
	})
}

// addMember adds a member of a folder or an archive, which may be an archive itself. The error is
// only for what ends the whole opening.
func (a *archive) addMember(ctx context.Context, n nested) error {
	if len(n.mount) > maxNameLength {
		a.fail(strings.ToValidUTF8(n.mount[:80], "")+"…", fmt.Errorf("its name is longer than %d bytes", maxNameLength))
		return nil
	}
	kind := archiveSuffix(n.mount)
	if kind == notAnArchive || isJunk(n.mount) {
		return a.add(n)
	}
	err := fmt.Errorf("archives are nested more than %d deep; unpack it and import the folder", maxNesting)
	if n.depth < maxNesting {
		err = a.expand(ctx, kind, n)
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	a.fail(n.mount, err)
	return nil
}

// add adds a member that is not to be expanded.
func (a *archive) add(n nested) error {
	switch {
	case len(a.members) >= maxMembers:
		return errTooManyMembers
	case n.mount == "":
		a.fail("(no name)", errors.New("it has no name"))
		return nil
	}
	a.meter.found()
	a.members = append(a.members, member{path: n.mount, size: n.size, modTime: n.modTime.Unix(), src: n.src})
	return nil
}

// fail notes a member that cannot be read.
func (a *archive) fail(name string, err error) {
	a.failed = append(a.failed, failed(name, err.Error()))
}

// ignoreSpecial notes a member that has no content of its own.
func (a *archive) ignoreSpecial(name string) {
	a.failed = append(a.failed, ignored(name, "a link or a special file"))
}

// diskFile is a file of the file system, by its path there.
type diskFile string

// open opens the file if it still is one: opening a pipe would wait for whoever writes to it.
func (f diskFile) open() (io.ReadCloser, error) {
	info, err := os.Stat(string(f))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it was replaced by something that is not a file")
	}
	return os.Open(string(f))
}
