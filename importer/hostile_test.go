package importer

import (
	"archive/tar"
	"bytes"
	"strings"
	"testing"
	"time"
)

// oddTar has one of every kind of member that is no file, names that point elsewhere, and one row.
func oddTar(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		{Name: "hard", Typeflag: tar.TypeLink, Linkname: "../../etc/passwd"},
		{Name: "char", Typeflag: tar.TypeChar},
		{Name: "block", Typeflag: tar.TypeBlock},
		{Name: "pipe", Typeflag: tar.TypeFifo},
		{Name: "folder/", Typeflag: tar.TypeDir},
		{Name: "../../up.csv", Typeflag: tar.TypeReg},
		{Name: "/etc/absolute.csv", Typeflag: tar.TypeReg},
		{Name: `C:\windows\w.csv`, Typeflag: tar.TypeReg},
	} {
		h.Mode, h.ModTime, h.Format = 0o600, time.Date(2025, 1, 2, 3, 4, 6, 0, time.UTC), tar.FormatPAX
		text := ""
		if h.Typeflag == tar.TypeReg {
			text = "Timestamp,Transcript\n2025-03-01 10:00:00," + strings.Trim(h.Name, "./") + "\n"
			h.Size = int64(len(text))
		}
		if err := tw.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sparseTar has a member of which the tar leaves the holes out: a terabyte in no space.
func sparseTar(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	// The writer refuses such records by their names, which are put right afterwards.
	err := tw.WriteHeader(&tar.Header{Name: "sparse.csv", Typeflag: tar.TypeReg, Size: 4, Mode: 0o600, PAXRecords: map[string]string{
		"GNU_sparse.major": "1", "GNU_sparse.minor": "0", "GNU_sparse.realsize": "1099511627776", "GNU_sparse.name": "sparse.csv",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tw.Write([]byte("0\n\n\n")); err != nil {
		t.Fatal(err)
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "GNU_sparse", "GNU.sparse")
}
