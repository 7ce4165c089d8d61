package ui

import (
	"path/filepath"
	"testing"

	"unsaid/app"
)

func TestExport(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("x", "x", "e")
		u.sees("Export 2 recordings", "› ~/unsaid-export", "tab [ ] convert to WAV", "not reach them.")
		u.press("esc", "e", "tab")
		u.write("-2")
		u.press("enter")
		u.sees("Exported 2 recordings to ")
		if found, err := filepath.Glob(filepath.Join(u.folder, "unsaid-export-2", "*.wav")); err != nil || len(found) == 0 {
			t.Errorf("exported %q, %v", found, err)
		}
		u.press("esc", "e")
		u.sees("Export 1 recording")
		u.press("esc")
		u.trashJazz()
		u.press("e")
		u.sees("There is nothing to export here") // the trash lists deletions
		u.press("enter", "e", "enter")
		u.sees("Exported 1 recording to ")
	})
}

func TestOpenWithTheSystemsPlayer(t *testing.T) {
	sitDown(t, household(), func(u *user) {
		u.press("o")
		u.sees("Opened a copy with the system's player")
		r, _ := u.app.selected()
		data, err := u.db.AudioData(u.app.Ctx, r.Audio.ID)
		if err != nil || len(u.opened) != 1 || u.opened[0] != string(data) {
			t.Errorf("opened %d, %v", len(u.opened), err)
		}
		u.press("G", "o")
		if got := u.app.status.text; got != app.ErrNoSound.Error() {
			t.Errorf("the status row says %q", got)
		}
	})
}
