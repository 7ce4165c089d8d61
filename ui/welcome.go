package ui

// empty reports whether there is nothing in the library, not even in the trash.
func (a *App) empty() bool { return a.loaded && a.totals.Recordings+a.totals.Trashed == 0 }

// welcome fills the library's screen while there is nothing in it.
func (a *App) welcome() []string {
	st := &a.styles
	return indent([]string{
		"",
		st.strong.Render("Take back what you said."),
		"",
		"Your library is empty. Ask the maker of your assistant for your voice",
		"history, then import what it sends you:",
		"",
		st.accent.Render("Amazon Alexa") + "  amazon.<your country>/hz/privacy-central/data-requests",
		"              choose Alexa and Echo Devices; the archive comes by mail",
		"",
		st.key.Render(a.keys.keyOf(openImport)) + " imports it: the archive itself, or a folder with its parts",
		st.key.Render(a.keys.keyOf(showHelp)) + " shows every key",
		"",
		st.quiet.Render("Or try everything on a sample first:  unsaid demo"),
	})
}
