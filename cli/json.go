package cli

import "unsaid/app"

// printJSON prints a value as one line of JSON.
func (a *application) printJSON(v any) error { return app.WriteJSON(a.out, v) }
