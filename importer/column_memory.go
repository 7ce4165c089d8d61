package importer

import (
	"context"
	"maps"
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
// and adds to what is remembered. before is what was remembered until now.
func (c columnMemory) mapping(ctx context.Context, header []string, given map[string]string) (now, before map[string]string, err error) {
	if c.db == nil {
		return given, nil, nil
	}
	before, err = c.db.ColumnMap(ctx, headerKey(header))
	_, applies := mapColumns(header, given)
	onlyDates := len(given) == 1 && given[mapDates] != ""
	switch {
	case err != nil || !applies && !onlyDates:
		return before, before, err
	case onlyDates:
		given = with(before, given[mapDates])
	}
	return given, before, c.remember(ctx, header, given)
}

// remember keeps the mapping for a header.
func (c columnMemory) remember(ctx context.Context, header []string, mapping map[string]string) error {
	if c.db == nil || c.readOnly || isDataRow(header) { // what was said must not be kept as the names of columns
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
