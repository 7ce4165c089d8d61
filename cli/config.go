package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/adrg/xdg"

	"unsaid/deletion"
	"unsaid/store"
)

// config is the settings file.
type config struct {
	Sender struct {
		Name      string
		Email     string
		Address   string
		AccountID string `toml:"account_id"`
	}
	Recipient       map[string]deletion.Recipient // by vendor
	Law             string
	Marketplace     string
	TimeZone        string `toml:"time_zone"`
	WordsInManifest bool   `toml:"words_in_manifest"`
}

// readConfig reads the settings file that was named, else the usual one, which need not exist.
func (a *app) readConfig() (config, error) {
	var c config
	path := cmp.Or(a.configFlag, a.Getenv("UNSAID_CONFIG"))
	named := path != ""
	if !named {
		path = filepath.Join(xdg.ConfigHome, "unsaid", "config.toml")
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("read settings: %w", err)
	}
	found, err := toml.Decode(string(text), &c)
	if err == nil {
		err = c.check(found.Undecoded())
	}
	if err != nil {
		return c, fmt.Errorf("read settings %s: %w", path, err)
	}
	return c, nil
}

// check refuses what would otherwise have no effect without anybody noticing.
func (c config) check(unknown []toml.Key) error {
	if len(unknown) > 0 {
		return fmt.Errorf("unknown setting %s", unknown[0])
	}
	for vendor := range c.Recipient {
		if makers := []string{store.Amazon, store.Google}; !slices.Contains(makers, vendor) {
			return fmt.Errorf("unknown setting recipient.%s: letters go to %v", vendor, makers)
		}
	}
	if c.Law == "" {
		return nil
	}
	_, err := deletion.ParseLaw(c.Law)
	return err
}

// correspondence is what the settings say about letters.
func (c config) correspondence() deletion.Correspondence {
	return deletion.Correspondence{
		Sender:      deletion.Sender(c.Sender),
		Recipients:  c.Recipient,
		Law:         deletion.Law(c.Law),
		Marketplace: c.Marketplace,
		WithWords:   c.WordsInManifest,
	}
}
