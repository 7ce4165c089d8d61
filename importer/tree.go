package importer

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// opener opens a member's content, wherever it lies.
type opener interface {
	open() (io.ReadCloser, error)
}

// member is one file of an input. An input may have millions, so the struct is kept small.
type member struct {
	path    string
	size    int64
	modTime int64 // seconds since 1970
	src     opener

	content content // what it seems to hold
	damaged bool    // its first bytes could not be read, so that content may be wrong
	read    int64   // how far it was read, in bytes
	linked  bool    // it was read as the audio of a recording
	done    bool    // it has its outcome
}

// taken reports whether a source has read m already.
func (m *member) taken() bool { return m.linked || m.done }

// tree holds the members of an input, in folders, zips and tars, sorted by path. Folders exist only as
// prefixes of paths.
type tree struct {
	root    string // the name of the whole, "" if it has none
	members []member
}

// settle sorts the members and renames those that have the path of another member or of a folder: a file
// system would have overwritten one with the other.
func (t *tree) settle() {
	for {
		slices.SortStableFunc(t.members, func(a, b member) int { return cmp.Compare(a.path, b.path) })
		clean := true
		for i := range t.members {
			p := t.members[i].path
			taken := i > 0 && p == t.members[i-1].path
			if !taken {
				at := t.lowerBound(p + "/")
				taken = at < len(t.members) && strings.HasPrefix(t.members[at].path, p+"/")
			}
			if taken {
				clean = false
				t.members[i].path = numbered(p, i)
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
	at, _ := slices.BinarySearchFunc(t.members, p, func(e member, p string) int { return cmp.Compare(e.path, p) })
	return at
}

// member returns the member at path p, nil if there is none.
func (t *tree) member(p string) *member {
	at := t.lowerBound(p)
	if at == len(t.members) || t.members[at].path != p {
		return nil
	}
	return &t.members[at]
}

// treeName makes a member's name into a path of the tree: relative, without "..", in UTF-8, and in one form of Unicode,
// since names from a Mac are decomposed and what names them is not. The
// tree is only ever looked at, so a name that points outside of its archive is read as if it
// pointed to the archive's top. It returns "" if nothing of the name is left.
func treeName(name string) string {
	if name != "." && fs.ValidPath(name) && !strings.ContainsAny(name, "\\\x00") {
		return norm.NFC.String(name)
	}
	name = strings.ReplaceAll(name, `\`, "/") // zips made on Windows
	if !utf8.ValidString(name) {
		name = strings.ToValidUTF8(name, "_")
	}
	name = strings.ReplaceAll(name, "\x00", "_")
	return norm.NFC.String(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

// joinName returns the path of the tree for a name inside the archive or folder at mount.
func joinName(mount, name string) string {
	name = treeName(name)
	if mount == "" || name == "" {
		return name
	}
	return mount + "/" + name
}
