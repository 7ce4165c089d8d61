package importer

import (
	"context"
	"maps"
	"slices"
	"strings"

	"unsaid/store"
)

// columnMemory remembers in the library which mapping was given for a header, so that it has to be
// given once. The zero value remembers nothing.
type columnMemory struct {
	db       *store.DB
	readOnly bool // in a dry run
}

// mapping returns the mapping for a header: the given one if it applies, which is then remembered,
// else the remembered one, if any. A given one that only says how dates are meant always applies,
// and adds to what is remembered.
func (c columnMemory) mapping(ctx context.Context, header []string, given map[string]string) (map[string]string, error) {
	_, applies := mapColumns(header, given)
	onlyDates := len(given) == 1 && given[mapDates] != ""
	if c.db == nil {
		return given, nil
	}
	if applies {
		return given, c.remember(ctx, header, given)
	}
	remembered, err := c.db.ColumnMap(ctx, headerKey(header))
	if err != nil || !onlyDates {
		return remembered, err
	}
	all := with(remembered, given[mapDates])
	return all, c.remember(ctx, header, all)
}

// remember keeps the mapping for a header.
func (c columnMemory) remember(ctx context.Context, header []string, mapping map[string]string) error {
	// A header with a date or a file in it is a row: what was said must not be kept as the names of columns.
	isRow := slices.ContainsFunc(header, func(cell string) bool { return isDate(cell) || hasAudioSuffix(cell) })
	if c.db == nil || c.readOnly || isRow {
		return nil
	}
	return c.db.SetColumnMap(ctx, headerKey(header), mapping)
}

// with returns a mapping that also says how dates are meant.
func with(mapping map[string]string, dates string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, mapping)
	all[mapDates] = dates
	return all
}

// headerKey is what a header is remembered by.
func headerKey(header []string) string {
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.ToLower(strings.TrimSpace(h))
	}
	return strings.Join(names, "\t")
}
