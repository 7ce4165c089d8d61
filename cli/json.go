package cli

import "unsaid/app"

// printJSON prints a value as one line of JSON.
func (a *application) printJSON(v any) error { return app.WriteJSON(a.out, v) }

// mapped returns what of makes of each item of a list, for JSON: never nil.
func mapped[T, J any](list []T, of func(*T) J) []J {
	made := make([]J, len(list))
	for i := range list {
		made[i] = of(&list[i])
	}
	return made
}
