package dialog

import "testing"

func TestPartOf(t *testing.T) {
	for name, want := range map[string]string{
		"takeout-20240516T230250Z-001.zip":    "takeout-20240516T230250Z",
		"takeout-20240516T230250Z-3-002.tgz":  "takeout-20240516T230250Z",
		"takeout-20250921T1994402Z-3-009.zip": "takeout-20250921T1994402Z",
		"Alexa.1.zip":                         "Alexa",
		"alexa.12.ZIP":                        "alexa",
		"Alexa.1.csv":                         "",
		"Alexa.zip":                           "",
		"photos-2023.zip":                     "",
		"2024.05.16.zip":                      "",
		"v1.2.zip":                            "",
		".1.zip":                              "",
	} {
		if set, _ := partOf(name); set != want {
			t.Errorf("%s: %q, want %q", name, set, want)
		}
	}
	if _, part := partOf("takeout-20240516T230250Z-012.zip"); part != 12 {
		t.Errorf("part %d", part)
	}
}

func TestLateFolderIsDropped(t *testing.T) {
	p := picker{asked: 2, listing: listing{folder: "/now"}}
	p.take(1, "", listing{folder: "/late", entries: []entry{{name: "late.zip"}}}, nil)
	if p.folder != "/now" || len(p.shown) > 0 {
		t.Errorf("it lists %s", p.folder)
	}
}
