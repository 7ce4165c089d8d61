package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/adrg/xdg"

	"unsaid/deletion"
	"unsaid/store"
	"unsaid/ui/setting"
	"unsaid/ui/style"
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
	Language        string
	Marketplace     string
	TimeZone        string `toml:"time_zone"`
	WordsInManifest bool   `toml:"words_in_manifest"`
	Keep            []deletion.Rule
	Keys            map[string]keyList // by action
	Theme           string
	Colors          map[string]string // by what is drawn with them
	Waveform        string
	ASCII           bool
}

// readConfig reads the settings file that was named, else the usual one, which need not exist.
func (a *application) readConfig() (config, error) {
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
		err = c.check(string(text), found.Undecoded())
	}
	if err != nil {
		return c, fmt.Errorf("read settings %s: %w", path, err)
	}
	return c, nil
}

// check refuses what would otherwise have no effect without anybody noticing, and names the line.
func (c config) check(text string, unknown []toml.Key) error {
	if len(unknown) > 0 {
		return fmt.Errorf("unknown setting %s", unknown[0])
	}
	for vendor := range c.Recipient {
		if makers := []string{store.Amazon, store.Google}; !slices.Contains(makers, vendor) {
			return fmt.Errorf("unknown setting recipient.%s: letters go to %v", vendor, makers)
		}
	}
	for _, choice := range []struct {
		key, value string
		parse      func(string) error
	}{
		{"law", c.Law, func(s string) error { _, err := deletion.ParseLaw(s); return err }},
		{"language", c.Language, func(s string) error { _, err := deletion.ParseLanguage(s); return err }},
		{"marketplace", c.Marketplace, func(s string) error { _, err := deletion.ParseMarketplace(s); return err }},
	} {
		if choice.value == "" {
			continue
		}
		if err := choice.parse(choice.value); err != nil {
			return onLine(text, choice.key+`\s*=`, 0, err)
		}
	}
	for i, rule := range c.Keep {
		if err := rule.Check(); err != nil {
			return onLine(text, `\[\[\s*keep\s*\]\]`, i, fmt.Errorf("keep: %w", err))
		}
	}
	if _, err := c.keyMap(); err != nil {
		return onLineOf(text, err)
	}
	if err := c.look().Check(); err != nil {
		return onLineOf(text, err)
	}
	return nil
}

// onLine adds to an error the line that begins with the pattern for the n-th time, counted from 0,
// as the parser does not tell where what it has read stood. A setting may be written in more than
// one way: a line that is not found is not named.
func onLine(text, pattern string, n int, err error) error {
	begins := regexp.MustCompile(`^\s*` + pattern)
	number := 0
	for line := range strings.Lines(text) {
		number++
		if !begins.MatchString(line) {
			continue
		}
		if n == 0 {
			return fmt.Errorf("line %d: %w", number, err)
		}
		n--
	}
	return err
}

// onLineOf adds to an error about a setting of the screens the line of it, as [onLine] does.
func onLineOf(text string, err error) error {
	var wrong *setting.Error
	if !errors.As(err, &wrong) {
		return err
	}
	begin, end := 0, len(text)
	if wrong.Table != "" {
		header := regexp.MustCompile(`(?m)^[ \t]*\[[ \t]*` + wrong.Table + `[ \t]*\].*$`).FindStringIndex(text)
		if header == nil {
			return err
		}
		begin = header[1]
	}
	if next := regexp.MustCompile(`(?m)^[ \t]*\[`).FindStringIndex(text[begin:]); next != nil {
		end = begin + next[0]
	}
	setting := regexp.MustCompile(`(?m)^[ \t]*["']?` + regexp.QuoteMeta(wrong.Setting) + `["']?[ \t]*=`).FindStringIndex(text[begin:end])
	if setting == nil {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+strings.Count(text[:begin+setting[0]], "\n"), err)
}

// look is how the settings have the screens drawn.
func (c config) look() style.Look {
	return style.Look{Theme: c.Theme, Colors: c.Colors, Waveform: c.Waveform, ASCII: c.ASCII}
}

// correspondence is what the settings say about letters.
func (c config) correspondence() deletion.Correspondence {
	words := deletion.WordsInGuide
	if c.WordsInManifest {
		words = deletion.WordsInAll
	}
	return deletion.Correspondence{
		Sender:      deletion.Sender(c.Sender),
		Recipients:  c.Recipient,
		Law:         deletion.Law(c.Law),
		Language:    deletion.Language(c.Language),
		Marketplace: c.Marketplace,
		Words:       words,
	}
}
