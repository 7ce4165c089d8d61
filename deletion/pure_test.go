package deletion

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPackageHasNoLibrary(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), "store.DB") {
			t.Errorf("%s reads a library", name)
		}
	}
}
