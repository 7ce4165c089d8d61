package app

import (
	"flag"
	"os"
	"testing"
)

// TestMain has rapid play few histories of makers: each takes a library. Run with -rapid.checks=1000 after a change of
// the rules of verdicts.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "20"); err != nil {
		panic(err)
	}
	os.Exit(m.Run()) // parses the flags, so that one on the command line counts
}
