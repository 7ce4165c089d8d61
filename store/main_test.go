package store

import (
	"flag"
	"os"
	"testing"
)

// TestMain has rapid check each property for some seconds: a check with a library takes milliseconds. Run with
// -rapid.checks=1000 after changing what is checked.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		panic(err)
	}
	os.Exit(m.Run()) // parses the flags, so that one on the command line counts
}
