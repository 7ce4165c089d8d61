package store

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// copyPath is where the library is copied to before it is brought up to date from a version.
func (db *DB) copyPath(version int) string {
	return fmt.Sprintf("%s.v%d.bak", db.path, version)
}

// Copies lists the copies of the library that were made before it was brought up to date. [DB.Purge]
// erases them.
func (db *DB) Copies() []string {
	var found []string
	for version := range schema() {
		if _, err := os.Stat(db.copyPath(version)); err == nil {
			found = append(found, db.copyPath(version))
		}
	}
	return found
}

// eraseCopies erases the copies of the library that were made before it was brought up to date, as
// what was purged from the library stands in them. It returns their paths.
func (db *DB) eraseCopies() ([]string, error) {
	copies := db.Copies()
	for _, path := range copies {
		if err := eraseFile(path); err != nil {
			return nil, fmt.Errorf("erase the copy from before the library was brought up to date: %w (delete it by hand)", err)
		}
	}
	return copies, nil
}

// eraseFile overwrites a file and removes it.
func eraseFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), os.Remove(path))
}

// zeros reads as zeros without end.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
