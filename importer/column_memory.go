package importer

import (
	"context"
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
// else the remembered one, if any. A given one that only says how dates are meant always applies.
func (c columnMemory) mapping(ctx context.Context, header []string, given map[string]string) (map[string]string, error) {
	_, applies := mapColumns(header, given)
	applies = applies || len(given) == 1 && given[mapDates] != ""
	if c.db == nil {
		return given, nil
	}
	names := make([]string, len(header))
	for i, h := range header {
		names[i] = strings.ToLower(strings.TrimSpace(h))
	}
	key := strings.Join(names, "\t")
	switch {
	case applies && c.readOnly:
		return given, nil
	case applies:
		return given, c.db.SetColumnMap(ctx, key, given)
	}
	return c.db.ColumnMap(ctx, key)
}
