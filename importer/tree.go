package importer

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// opener opens a member's content, wherever it lies.
type opener interface {
	open() (io.ReadCloser, error)
}

// entry is one member of a tree.
type entry struct {
	path    string
	size    int64
	modTime int64 // seconds since 1970
	src     opener
}

// tree is a read-only [fs.FS] over members that lie in folders, zips and tars. The members are
// kept sorted by path, and folders exist only as the beginnings of paths, so that an archive of
// hundreds of thousands of members costs one small entry each.
type tree struct {
	entries []entry
}

// settle sorts the members and renames those whose name is taken, be it by another member or by
// a folder: a file system would have overwritten one with the other.
func (t *tree) settle() {
	for {
		slices.SortStableFunc(t.entries, func(a, b entry) int { return cmp.Compare(a.path, b.path) })
		clean := true
		for i := range t.entries {
			p := t.entries[i].path
			taken := i > 0 && p == t.entries[i-1].path
			if !taken {
				at := t.lowerBound(p + "/")
				taken = at < len(t.entries) && strings.HasPrefix(t.entries[at].path, p+"/")
			}
			if taken {
				clean = false
				t.entries[i].path = numbered(p, i)
			}
		}
		if clean {
			return
		}
	}
}

// numbered returns p with a number before its extension.
func numbered(p string, n int) string {
	ext := path.Ext(p)
	return fmt.Sprintf("%s~%d%s", strings.TrimSuffix(p, ext), n, ext)
}

// lowerBound returns the index of the first member whose path is not before p.
func (t *tree) lowerBound(p string) int {
	at, _ := slices.BinarySearchFunc(t.entries, p, func(e entry, p string) int { return cmp.Compare(e.path, p) })
	return at
}

// find returns the member or folder called name.
func (t *tree) find(name string) (node, bool) {
	if name == "." {
		return node{name: ".", dir: true}, true
	}
	at := t.lowerBound(name)
	if at < len(t.entries) && t.entries[at].path == name {
		return node{name: path.Base(name), entry: &t.entries[at]}, true
	}
	at = t.lowerBound(name + "/")
	if at < len(t.entries) && strings.HasPrefix(t.entries[at].path, name+"/") {
		return node{name: path.Base(name), dir: true}, true
	}
	return node{}, false
}

// Open opens a member or a folder.
func (t *tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	n, ok := t.find(name)
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if n.dir {
		return &openDir{node: n, children: t.children(name)}, nil
	}
	content, err := n.entry.src.open()
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return openFile{node: n, ReadCloser: content}, nil
}

// Stat describes a member or a folder.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	n, ok := t.find(name)
	if !ok {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// ReadDir lists a folder by name.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	n, ok := t.find(name)
	switch {
	case !ok:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	case !n.dir:
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return t.children(name), nil
}

// each calls fn for every member, in order of paths. It spares the lists of folders that walking
// would make.
func (t *tree) each(fn func(path string, size, modTime int64)) {
	for i := range t.entries {
		fn(t.entries[i].path, t.entries[i].size, t.entries[i].modTime)
	}
}

func (t *tree) children(dir string) []fs.DirEntry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	var list []fs.DirEntry
	for at := t.lowerBound(prefix); at < len(t.entries) && strings.HasPrefix(t.entries[at].path, prefix); {
		name, _, isDir := strings.Cut(t.entries[at].path[len(prefix):], "/")
		if isDir {
			list = append(list, node{name: name, dir: true})
			at = t.lowerBound(prefix + name + "0") // '0' follows '/': past the whole folder
			continue
		}
		list = append(list, node{name: name, entry: &t.entries[at]})
		at++
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list
}

// node is a member or a folder, as [fs.FileInfo] and [fs.DirEntry].
type node struct {
	name  string
	entry *entry // nil for a folder
	dir   bool
}

func (n node) Name() string               { return n.name }
func (n node) IsDir() bool                { return n.dir }
func (n node) Type() fs.FileMode          { return n.Mode().Type() }
func (n node) Info() (fs.FileInfo, error) { return n, nil }
func (n node) Sys() any                   { return nil }

func (n node) Mode() fs.FileMode {
	if n.dir {
		return fs.ModeDir | 0o500
	}
	return 0o400
}

func (n node) Size() int64 {
	if n.dir {
		return 0
	}
	return n.entry.size
}

func (n node) ModTime() time.Time {
	if n.dir {
		return time.Time{}
	}
	return time.Unix(n.entry.modTime, 0).UTC()
}

type openFile struct {
	node
	io.ReadCloser
}

func (f openFile) Stat() (fs.FileInfo, error) { return f.node, nil }

type openDir struct {
	node
	children []fs.DirEntry
	at       int
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.children[d.at:]
	if n <= 0 {
		d.at = len(d.children)
		return rest, nil
	}
	if len(rest) == 0 {
		return nil, io.EOF
	}
	rest = rest[:min(n, len(rest))]
	d.at += len(rest)
	return rest, nil
}

// treeName makes a member's name into a path of the tree: relative, without "..", in UTF-8. The
// tree is only ever looked at, so a name that points outside of its archive is read as if it
// pointed to the archive's top. It returns "" for a name of which nothing is left.
func treeName(name string) string {
	if name != "." && fs.ValidPath(name) && !strings.ContainsAny(name, "\\\x00") {
		return name
	}
	name = strings.ReplaceAll(name, `\`, "/") // zips made on Windows
	if !utf8.ValidString(name) {
		name = strings.ToValidUTF8(name, "_")
	}
	name = strings.ReplaceAll(name, "\x00", "_")
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	return name
}

// joinName returns the path of the tree for a name inside the archive or folder at mount.
func joinName(mount, name string) string {
	name = treeName(name)
	if mount == "" || name == "" {
		return name
	}
	return mount + "/" + name
}
