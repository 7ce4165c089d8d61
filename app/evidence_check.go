package app

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"unsaid/store"
)

// signedAs is the namespace of the signatures, as ssh-keygen calls it.
const signedAs = "unsaid-evidence"

// EvidenceCheck is what a check of a bundle found. It is what --json prints.
type EvidenceCheck struct {
	Folder    string   `json:"folder"`
	Files     int      `json:"files"`     // that are listed
	Changed   []string `json:"changed"`   // whose content is another one
	Missing   []string `json:"missing"`   // that are listed and not there
	Added     []string `json:"added"`     // that are there and not listed
	Signature string   `json:"signature"` // none, good, bad, or unknown where ssh-keygen is not installed
}

// Unaltered reports whether the bundle is as it was written.
func (c *EvidenceCheck) Unaltered() bool {
	return len(c.Changed)+len(c.Missing)+len(c.Added) == 0 && c.Signature != "bad"
}

// CheckEvidence compares a bundle of evidence with the list of its files.
func CheckEvidence(ctx context.Context, folder string) (EvidenceCheck, error) {
	c := EvidenceCheck{Folder: folder, Changed: []string{}, Missing: []string{}, Added: []string{}}
	listed, err := readSums(filepath.Join(folder, sumsFile))
	if err != nil {
		return c, fmt.Errorf("check evidence: %w", err)
	}
	sums, err := sumFiles(folder)
	if err != nil {
		return c, fmt.Errorf("check evidence: %w", err)
	}
	c.Files = len(listed)
	for name, sum := range listed {
		switch found, ok := sums[name]; {
		case !ok:
			c.Missing = append(c.Missing, name)
		case found != sum:
			c.Changed = append(c.Changed, name)
		}
	}
	for name := range sums {
		if _, ok := listed[name]; !ok {
			c.Added = append(c.Added, name)
		}
	}
	for _, list := range [][]string{c.Changed, c.Missing, c.Added} {
		slices.Sort(list)
	}
	c.Signature, err = checkSignature(ctx, folder)
	return c, err
}

// readSums reads a list as sha256sum writes it.
func readSums(path string) (map[string]string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, store.WithRemedy(fmt.Errorf("%s is not there, so the folder is not evidence that unsaid wrote", path), store.ChooseFolder)
	}
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		sum, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok || len(sum) != 64 || name == "" {
			return nil, fmt.Errorf("%s, line %d: not a SHA-256 and a name", path, n)
		}
		sums[name] = strings.ToLower(sum)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(sums) == 0 {
		return nil, fmt.Errorf("%s lists no files", path)
	}
	return sums, nil
}

// sign signs a file with an SSH key, which may ask for its passphrase on the terminal.
func sign(ctx context.Context, key, file string) error {
	cmd := exec.CommandContext(ctx, "ssh-keygen", "-Y", "sign", "-f", key, "-n", signedAs, file)
	cmd.Stdin = os.Stdin
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("sign with %s: %w: %s", key, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// checkSignature checks the signature of a bundle by the key in it; whose key it is has to be known otherwise.
func checkSignature(ctx context.Context, folder string) (string, error) {
	signature := filepath.Join(folder, signatureFile)
	if _, err := os.Stat(signature); errors.Is(err, os.ErrNotExist) {
		return "none", nil
	}
	list, err := os.Open(filepath.Join(folder, sumsFile))
	if err != nil {
		return "", fmt.Errorf("check evidence: %w", err)
	}
	defer list.Close()
	cmd := exec.CommandContext(ctx, "ssh-keygen", "-Y", "check-novalidate", "-n", signedAs, "-s", signature)
	cmd.Stdin = list
	switch err := cmd.Run(); {
	case errors.Is(err, exec.ErrNotFound):
		return "unknown", nil
	case err != nil:
		return "bad", nil
	}
	return "good", nil
}
