package screen

import (
	"slices"
	"strings"

	"unsaid/ui/common"
	"unsaid/ui/keys"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// way is how one gets a voice history.
type way struct {
	maker string
	brief string // the maker's name where there is little room
	where string // an address, or a folder
	how   string
}

// ways has every kind of voice history that an import understands.
func ways() []way {
	return []way{
		{"Amazon Alexa", "Amazon", "amazon.<country>/hz/privacy-central/data-requests", "Choose Alexa and Echo Devices; a mail brings the archive."},
		{
			"Google Assistant", "Google", "takeout.google.com",
			"Deselect all, choose My Activity, and of it Assistant, Gemini Apps, and Voice and Audio; JSON tells more than HTML.",
		},
		{
			"Home Assistant", "Home Assistant", "the folder that debug_recording_dir names",
			"Set it below assist_pipeline in configuration.yaml first.",
		},
		{
			"OVOS, Mycroft", "OVOS, Mycroft", "~/.local/share/mycroft/listener",
			"Set save_utterances below listener in mycroft.conf first.",
		},
		{"Anything else", "Anything else", "a folder of audio files", "Names of files tell the times, names of folders the devices."},
	}
}

// welcome fills the library's screen while there is nothing in it: as much as there is room for.
func welcome(c *common.Common) []string {
	w, h := min(c.Layout.W-2, 92), c.Layout.H-4
	lines := welcomeRoomy(c, w)
	if len(lines) > h {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	}
	if len(lines) > h {
		lines = welcomeBrief(c)
	}
	margin := strings.Repeat(" ", max(1, (c.Layout.W-w)/2))
	for i := range lines {
		lines[i] = margin + lines[i]
	}
	return append(make([]string, (h-len(lines))/3), lines...)
}

// welcomeRoomy tells of each maker how to get its voice history.
func welcomeRoomy(c *common.Common, w int) []string {
	st := &c.Styles
	const label = 18
	lines := []string{st.Strong.Render("Take back what you said."), ""}
	lines = append(lines, widget.Wrap(st.Text, "Your library is empty. Ask the maker of your assistant for your voice history, then import what you get. "+
		"Nothing of it leaves this computer.", w, 2)...)
	lines = append(lines, "")
	for _, way := range ways() {
		lines = append(lines, st.Accent.Render(text.Fit(way.maker, label))+way.where)
		for _, line := range widget.Wrap(st.Quiet, way.how, w-label, 2) {
			lines = append(lines, strings.Repeat(" ", label)+line)
		}
		lines = append(lines, "")
	}
	lines = append(lines, st.Key.Render(c.Keys.KeyOf(keys.OpenImport))+"  imports the archive itself, all parts of it, or a folder")
	if text := c.OtherLibrary(); text != "" {
		lines = append(lines, st.Key.Render(c.Keys.KeyOf(keys.SwitchLibrary))+"  "+text)
	}
	return lines
}

// welcomeBrief tells of each maker where to go.
func welcomeBrief(c *common.Common) []string {
	st := &c.Styles
	lines := []string{st.Strong.Render("Take back what you said."), "Ask for your voice history, then import what you get:", ""}
	for _, way := range ways() {
		lines = append(lines, st.Accent.Render(way.brief+": ")+way.where)
	}
	foot := st.Key.Render(c.Keys.KeyOf(keys.OpenImport)) + " import"
	if c.OtherLibrary() != "" {
		foot += "   " + st.Key.Render(c.Keys.KeyOf(keys.SwitchLibrary)) + " " + c.OtherLibraryHint()
	}
	return append(lines, "", foot)
}
