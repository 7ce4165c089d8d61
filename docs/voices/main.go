// Command voices builds an archive of real speech in five languages, in the
// layout of Amazon's "Request my data", for trying the program and for its
// benchmarks:
//
//	go run ./docs/voices --out archive.zip
//
// The speech is that of the Asterisk telephone system: some 2,800 short clips,
// 8 kHz, 16-bit, mono, with their words, one of them broken (a header and no
// sound). It comes from Debian's packages
//
//	asterisk-core-sounds-{en,es,fr,it,ru}-wav   the clips
//	asterisk-core-sounds-{en,es,fr,it,ru}       their words
//
// Each language becomes a device of one household; the times are made up, spread
// over two years with the rhythm of people's days. The same packages and the
// same --seed give the same recordings.
//
// The clips are licensed CC-BY-SA (the Russian ones CC-BY); the archive is for
// use on the machine that built it, not for committing or handing on.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	out := flag.String("out", "", "the archive to write (required)")
	root := flag.String("root", "/", "the folder that holds usr/share of the Debian packages")
	seed := flag.Uint64("seed", 1, "the seed of the made-up times")
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, *out, *root, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "voices:", err)
		os.Exit(1)
	}
}

func run(report io.Writer, out, root string, seed uint64) error {
	var clips []clip
	for _, l := range languages {
		found, err := l.clips(root)
		if err != nil {
			return err
		}
		clips = append(clips, schedule(found, seed)...)
	}
	inOrderOfTime(clips)
	if err := writeFile(out, clips); err != nil {
		return fmt.Errorf("write %s: %w", out, err)
	}
	_, err := fmt.Fprintf(report, "%s: %d clips\n", out, len(clips))
	return err
}

// writeFile leaves no file behind if it fails.
func writeFile(name string, clips []clip) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	err = errors.Join(writeArchive(file, clips), file.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}
