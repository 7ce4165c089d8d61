package importer

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"

	"unsaid/store"
)

// noteFiles notes the files that are imported, with their hashes, so that the export can be recognised later.
func noteFiles(ctx context.Context, im *store.Import, paths []string) error {
	for _, p := range paths {
		size, sum, err := hashFile(ctx, p)
		if err != nil {
			return fmt.Errorf("import: read %s: %w", p, err)
		}
		if err := im.File(ctx, filepath.Base(p), size, sum); err != nil {
			return err
		}
	}
	return nil
}

func hashFile(ctx context.Context, p string) (size int64, sum []byte, err error) {
	f, err := diskFile(p).open()
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, contextReader{ctx, f})
	return size, h.Sum(nil), err
}
