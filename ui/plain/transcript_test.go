package plain

import (
	"testing"

	"unsaid/deletion"
)

// Each transcript is a whole session, as somebody at a terminal sees it.
func TestTranscripts(t *testing.T) {
	for name, session := range map[string]struct {
		with  sitting
		lines []string
	}{
		"empty": {sitting{}, []string{
			"list", "find jazz", "delete", "undo", "redo", "trash", "requests", "devices", "calendar", "insights", "imports", "suggestions",
			"marks", "review", "next", "help import", interrupts, "quit",
		}},
		"find": {sitting{recordings: household()}, []string{
			"help find", "list", "more", "more", "back", "back", "list 12", "list 13", "FIND jazz", "o 1", "open", "f device:kitchen hour:25", "find nothing like it",
			"find no:audio is:typed", "open 1", "fnd jazz", "re", "rep x", "zzz", "help zzz", "?", "open jazz", "",
			"calendar", "calendar 2025", "calendar 2025-02", "calendar 1999", "calendar soon", "day 28 February 2025", "day 2025-03-01", "day soon", "quit",
		}},
		"delete": {sitting{recordings: household()}, []string{
			"mark 2-3 5", "find alarm", "x 1", "unmark 1", "mark 9", "marks", "unmark 1", "delete", "perhaps", "steps", "here", "maker", "yes", "maker", "here", "no",
			"delete", "yes", "requests 1", "undo", "redo", "find device:bedroom", "delete found", "maker", "yes", "trash", "trash 2", "mark 1", "delete 1", "trash 9",
			"restore 2", "delete device 3", interrupts, "delete 1", "yes", "purge 1", "no", "purge 1", "erase", "undo 1", "undo", "quit",
		}},
		"requests": {sitting{recordings: household(), files: map[string]string{"newer.csv": newer}}, []string{
			"help requests", "delete device 3", "yes", "requests", "requests 1", "requests 7", "requests one", "folder 1", "write 1", "folder 1", "followup 1", "sent 1 tomorrow", "sent 1 2025-04-02", "sent 1 20 February 2025",
			"requests", "requests 1", "import ~/newer.csv", "requests 1", "sent 1 1 March 2025", "requests 1", "followup 1", "requests 1", "report", "devices", "undo", "maybe", "no", "undo", "yes",
			"sent 1 not", "quit",
		}},
		"exports": {sitting{files: map[string]string{"first.csv": first, "shifted.csv": shifted, "later.csv": later}}, []string{
			"exports", "help exports", "import ~/first.csv", "exports", "exports 9", "find device:kitchen", "delete found", "yes", "compare 1", "sent 1 10 March 2025",
			"import ~/shifted.csv", "requests 1", "compare 1", "perhaps", "skip", "compare 1", "another", "requests 1", "import ~/later.csv", "exports", "exports 3",
			"made 3 2030-01-01", "made 3", "made 3 2025-03-01", "made 3 2025-03-31", "requests 1", "complete 3", "complete 3 maybe", "complete 9", "requests 1", "complete 3 not", "made 3 not", "quit",
		}},
		"import": {sitting{files: map[string]string{"table.csv": undated, "my list.csv": dated, "no.txt": "synthetic"}}, []string{
			"import", "import -", "import ~/nowhere.zip", "import ~/nowhere*.zip", "import ~/table.csv", "what", "skip", "import ~/table.csv", interrupts, "import ~/table.csv ~/no.txt", "day",
			"list", `import "~/my list.csv"`, "import ~/my list.csv", "imports", "imports 4", "imports 3 ignored", "imports 4 all", "imports 3 lost", "imports 9", "quit",
		}},
		"accounts": {sitting{files: map[string]string{"anna.csv": annas, "ben.csv": bens, "whose.csv": whose}}, []string{
			"import ~/anna.csv", "devices", "import ~/ben.csv", "devices", "import ~/whose.csv", "", "import ~/whose.csv", "2", "find account:2222", "import ~/whose.csv", "Carl", "find account:carl", "quit",
		}},
		"doubt": {sitting{files: map[string]string{"my list.csv": dated}}, []string{
			`import ~/my\ list.csv`, "delete all", "yes", "purge 1", "erase", `import ~/my\ list.csv`, "perhaps", "no", "imports", "imports 2", `import ~/my\ list.csv`, "yes", "list", `import ~/my\ list.csv`, "quit",
		}},
		"devices": {sitting{recordings: household(), keep: []deletion.Rule{{Device: "bedroom", Days: 60}}}, []string{
			"suggestions", "suggestions 1", "suggestions 9", "devices", "devices 2", "devices 9", "rename 2 Living room", "devices 2", "rename 2", "merge 1 2", "devices 2", "split 2", "split 1", "undo", "undo", "redo", "undo", "merge 1 9", "merge 1", "devices", "rename nine x", "insights", "quit",
		}},
		"hear": {sitting{recordings: household()}, []string{
			"pause", "skip", "again", "play", "play 1", waits, "play 2", "pause", "pause", "skip 0.5", "skip -9", "skip x", "speed 1.5", "speed fast", "speed 1", "volume 80%", "volume", "again", "stop", "next", "previous", "previous", "previous", "play 12",
			"find device:bedroom", "review", waits, "m", "o", "p", "a", "b", "b", "what", "", "s", "review 1", waits, interrupts, "marks", "quit",
		}},
		"count": {sitting{recordings: household()}, []string{
			"count", "count 1", "count by device", "count 1", "count 9", "count hour", "count day", "count 2", "find", "count person", "count 2", "count kind", "count month", "find zebra", "count device",
			"sort", "sort longest", "find jazz", "sort oldest", "find", "sort newest", "marks", "mark 1", "marks", "count device", "sort oldest", "quit",
		}},
		"searches": {sitting{recordings: household()}, []string{
			"searches", "save x", "find jazz", "save", "save Music", "find good", "searches", "searches 1", "searches 2", "searches 9", "find alarm", "save music", "undo", "searches drop 1", "searches drop 1", "undo",
			"searches forget", "undo", "searches", "quit",
		}},
		"export": {sitting{recordings: household()}, []string{
			"export", "list", "export 1-3", "", "yes", "mark 2", "mark 4", "export", "~/clips", "maybe", "no", "find jazz", "export found", "no", "export 9", "elsewhere 1", "find good", "elsewhere", "elsewhere 1", "find is:typed", "elsewhere 1",
			"sound", "sound loop", "sound LOUD", "sound trim", "sound loop", "find zebra", "export found", "quit",
		}},
		// After the end of input what plays goes on to its end.
		"review": {sitting{recordings: household()}, []string{"find device:kitchen", "r"}},
	} {
		t.Run(name, func(t *testing.T) {
			transcript(t, name, talk(t, session.with, session.lines...))
		})
	}
}

// Tables of exports, made up.
const (
	undated = "Timestamp,Device,Transcript\n03/04/2025 10:00,Kitchen,hello\n"
	dated   = "Timestamp,Device Name,Transcript\n2025-03-02 10:00:00,Hall,imported words\nyesterday at noon,Hall,a line with no date\n"
	// first is a table before a deletion, shifted shows the kitchen's recording an hour later, and later has nothing of it.
	first = "Timestamp,Device Name,Device Serial Number,Record Key,Transcript\n" +
		"2025-01-01T10:00:00Z,Bedroom,G0BEDROOM,A1#1735725600000#TYPE#G0BEDROOM,good morning\n" +
		"2025-02-01T10:00:00Z,Kitchen,G0KITCHEN,A1#1738404000000#TYPE#G0KITCHEN,play some jazz\n" +
		"2025-03-02T10:00:00Z,Bedroom,G0BEDROOM,A1#1740909600000#TYPE#G0BEDROOM,thank you\n"
	shifted = "Timestamp,Device Name,Device Serial Number,Transcript\n2025-01-01T11:00:00Z,Bedroom,G0BEDROOM,Good morning.\n" +
		"2025-02-01T11:00:00Z,Kitchen,G0KITCHEN,Play some jazz!\n2025-03-30T11:00:00Z,Bedroom,G0BEDROOM,hello again\n"
	later = "Timestamp,Device Name,Device Serial Number,Record Key,Transcript\n2025-03-02T10:00:00Z,Bedroom,G0BEDROOM,A1#1740909600000#TYPE#G0BEDROOM,thank you\n"
	// newer still has one recording of the bedroom, and was made after the end of February.
	newer = "Timestamp,Device Name,Serial Number,Transcript\n2024-01-01 10:00:00,Bedroom,G0911W07BEDROOM,long ago\n" +
		"2025-02-28 23:10:00,Bedroom,G0911W07BEDROOM,good night\n2025-03-30 10:00:00,Bedroom,G0911W07BEDROOM,later\n"
)

// What two people at one maker were handed out, made up, and a table that does not tell whose it is.
const (
	annas = "Timestamp,Device Name,Record Key,Transcript\n2025-02-01T10:00:00Z,Kitchen,AAAAAAAA1111#1738404000000#TYPE#G0KITCHEN,play some jazz\n"
	bens  = "Timestamp,Device Name,Record Key,Transcript\n2025-02-01T11:00:00Z,Kitchen,BBBBBBBB2222#1738407600000#TYPE#G0KITCHENB,stop the music\n"
	whose = "Timestamp,Device Name,Transcript\n2025-02-05T11:00:00Z,Kitchen,what time is it\n"
)
