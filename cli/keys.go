package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"unsaid/ui/keys"
)

// keyList is the keys of an action in the settings file: one, or a list of them.
type keyList []string

// UnmarshalTOML takes a string or a list of strings.
func (l *keyList) UnmarshalTOML(value any) error {
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	*l = nil
	for _, item := range items {
		key, ok := item.(string)
		if !ok {
			return fmt.Errorf("%v is no key: a key is text in quotation marks, or a list of such", item)
		}
		*l = append(*l, key)
	}
	return nil
}

// keyMap is the keys of the screens, as the settings have them.
func (c config) keyMap() (keys.Map, error) {
	bound := make(map[string][]string, len(c.Keys))
	for action, list := range c.Keys {
		bound[action] = list
	}
	return keys.New(bound)
}

func (a *application) keysCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "keys",
		Short: "List the keys of the screens and the names of their actions",
		Long: "List what the keys of the screens do, as your settings have them. ACTION is the name by which the settings " +
			"give an action other keys:\n\n  [keys]\n  mark = \"m\"\n  quit = [\"q\", \"Q\"]\n\nThe keys within dialogs stay as they are.",
		Args: cobra.NoArgs,
		RunE: a.run(func(context.Context, []string) error {
			bound, err := a.config.keyMap()
			if err != nil {
				return err
			}
			return printList(a, bound.List(), listing[keys.Bound]{
				object:  func(b *keys.Bound) any { return keysJSON(*b) },
				columns: []string{"ACTION", "KEYS", "WHERE", "WHAT"},
				cells: func(b *keys.Bound) []string {
					where := strings.Join(b.Where, ", ")
					if b.Where == nil {
						where = "everywhere"
					}
					return []string{b.Action, strings.Join(b.Keys, " "), where, b.What}
				},
			})
		}),
	}
}

// keysJSON is an action and its keys, as scripts see them.
type keysJSON struct {
	Action string   `json:"action"`
	Keys   []string `json:"keys"`
	Where  []string `json:"where"` // null for everywhere
	What   string   `json:"what"`
}
