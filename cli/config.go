package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
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
	Sender          sender
	Account         map[string]personal           // by the account's name or number
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

// sender is who writes the letters.
type sender struct {
	Name      string
	Email     string
	Address   string
	AccountID string `toml:"account_id"`
}

// personal is what differs in the letters of one account.
type personal struct {
	sender
	Recipient   deletion.Recipient // of this account's letters
	Law         string
	Language    string
	Marketplace string
}

// configPath is where the settings file is, and whether the user named it.
func (a *application) configPath() (path string, named bool) {
	if path = cmp.Or(a.configFlag, a.Getenv("UNSAID_CONFIG")); path != "" {
		return path, true
	}
	return filepath.Join(xdg.ConfigHome, "unsaid", "config.toml"), false
}

// readConfig reads the settings file that was named, else the usual one, which need not exist.
func (a *application) readConfig() (config, error) {
	var c config
	path, named := a.configPath()
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

// check refuses a setting that would otherwise have no effect without anybody noticing, and names its line.
func (c config) check(text string, unknown []toml.Key) error {
	if len(unknown) > 0 {
		return fmt.Errorf("unknown setting %s", unknown[0])
	}
	for vendor := range c.Recipient {
		if makers := []string{store.Amazon, store.Google}; !slices.Contains(makers, vendor) {
			return fmt.Errorf("unknown setting recipient.%s: letters go to %v", vendor, makers)
		}
	}
	if err := checkLetters(text, c.Law, c.Language, c.Marketplace); err != nil {
		return err
	}
	for _, account := range slices.Sorted(maps.Keys(c.Account)) {
		p := c.Account[account]
		if err := checkLetters(text, p.Law, p.Language, p.Marketplace, "account", account); err != nil {
			return err
		}
	}
	for i, rule := range c.Keep {
		if err := rule.Check(); err != nil {
			return onLine(lineOfRule(text, i), fmt.Errorf("keep: %w", err))
		}
	}
	_, err := c.keyMap()
	err = cmp.Or(err, c.look().Check())
	if wrong := (*setting.Error)(nil); errors.As(err, &wrong) {
		if wrong.Table == "" {
			return onLine(lineOf(text, wrong.Setting), err)
		}
		return onLine(lineOf(text, wrong.Table, wrong.Setting), err)
	}
	return err
}

// checkLetters refuses what letters cannot be written by. table is where the settings stand.
func checkLetters(text, law, language, marketplace string, table ...string) error {
	for _, choice := range []struct {
		key, value string
		parse      func(string) error
	}{
		{"law", law, func(s string) error { _, err := deletion.ParseLaw(s); return err }},
		{"language", language, func(s string) error { _, err := deletion.ParseLanguage(s); return err }},
		{"marketplace", marketplace, func(s string) error { _, err := deletion.ParseMarketplace(s); return err }},
	} {
		if choice.value == "" {
			continue
		}
		if err := choice.parse(choice.value); err != nil {
			return onLine(lineOf(text, append(table, choice.key)...), err)
		}
	}
	return nil
}

// onLine adds the number of a line to an error, unless it is 0.
func onLine(line int, err error) error {
	if line == 0 {
		return err
	}
	return fmt.Errorf("line %d: %w", line, err)
}

// unreadable makes the TOML library report the position of any setting.
type unreadable struct{}

func (unreadable) UnmarshalTOML(any) error { return errors.New("unreadable") }

// lineOf returns the line of a setting, which is named by the tables around it and its own name, or 0 if
// there is no such setting.
func lineOf(text string, path ...string) int {
	var table map[string]toml.Primitive
	file, err := toml.Decode(text, &table)
	for _, name := range path[:len(path)-1] {
		var inner map[string]toml.Primitive
		err = errors.Join(err, file.PrimitiveDecode(table[name], &inner))
		table = inner
	}
	value, found := table[path[len(path)-1]]
	if err != nil || !found {
		return 0
	}
	var at toml.ParseError
	errors.As(file.PrimitiveDecode(value, &unreadable{}), &at)
	return at.Position.Line
}

// lineOfRule returns the line on which the n-th rule for keeping begins, counted from 0, or 0 if the rules are
// written in another way. The TOML library knows the line of the last rule only.
func lineOfRule(text string, n int) int {
	begins := regexp.MustCompile(`(?m)^\s*\[\[\s*keep\s*\]\]`).FindAllStringIndex(text, -1)
	if n >= len(begins) {
		return 0
	}
	return 1 + strings.Count(text[:begins[n][1]], "\n")
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
	accounts := map[string]deletion.Personal{}
	for account, p := range c.Account {
		accounts[account] = deletion.Personal{
			Sender: deletion.Sender(p.sender), Recipient: p.Recipient, Law: deletion.Law(p.Law), Language: deletion.Language(p.Language), Marketplace: p.Marketplace,
		}
	}
	return deletion.Correspondence{
		Accounts:    accounts,
		Sender:      deletion.Sender(c.Sender),
		Recipients:  c.Recipient,
		Law:         deletion.Law(c.Law),
		Language:    deletion.Language(c.Language),
		Marketplace: c.Marketplace,
		Words:       words,
	}
}
