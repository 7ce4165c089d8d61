package importer

import (
	"slices"
	"testing"
)

func TestMissingParts(t *testing.T) {
	for name, tc := range map[string]struct{ paths, want []string }{
		"none":                  {[]string{"a/takeout-20240516T230250Z-001.zip", "a/takeout-20240516T230250Z-002.zip"}, nil},
		"the first":             {[]string{"takeout-20240516T230250Z-002.zip"}, []string{"takeout-20240516T230250Z-001.zip"}},
		"one between":           {[]string{"takeout-20250921T1994402Z-3-003.tgz", "takeout-20250921T1994402Z-3-001.tgz"}, []string{"takeout-20250921T1994402Z-3-002.tgz"}},
		"of two exports":        {[]string{"takeout-20240516T230250Z-001.zip", "takeout-20240616T230250Z-002.zip"}, []string{"takeout-20240616T230250Z-001.zip"}},
		"Amazon begins with 2":  {[]string{"All Data Categories.2.zip", "All Data Categories.3.zip"}, nil},
		"one of Amazon's":       {[]string{"All Data Categories.2.zip", "All Data Categories.4.zip"}, []string{"All Data Categories.3.zip"}},
		"other numbers":         {[]string{"Alexa.2.zip", "holiday-001.zip", "holiday-003.zip"}, nil},
		"a copy by the browser": {[]string{"takeout-20240516T230250Z-002 (1).zip"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := missingParts(tc.paths); !slices.Equal(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
