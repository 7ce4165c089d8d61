package deletion

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"unsaid/store"
)

// schema is the manifest's, compiled without anything being fetched.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(manifestSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(ManifestSchema, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(ManifestSchema)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, manifest []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(manifest))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

func TestManifestsAreValid(t *testing.T) {
	s := schema(t)
	golden, err := filepath.Glob("testdata/golden/*/manifest.json")
	if err != nil || len(golden) < 5 {
		t.Fatalf("%d manifests, %v", len(golden), err)
	}
	for _, path := range golden {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, content); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for i, text := range hostile {
		if text == "" {
			continue // is not written at all
		}
		content := hostileFiles(t, store.Amazon, text, Languages()[i%len(Languages())])["manifest.json"]
		if err := validate(t, s, []byte(content)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// whole is a manifest in which every field is set.
func whole(t *testing.T) map[string]any {
	t.Helper()
	device, timeline := kitchen(t, time.UTC)
	timeline[1].Reply = "it is sunny"
	req, chosen := ask(device, timeline, time.UTC, 1, 2, 4)
	req.Steps = []store.Step{
		{Kind: store.DayRange, From: "2025-02-27", To: "2025-02-27", Recordings: []int64{chosen[0].ID, chosen[1].ID}},
		{Kind: store.Single, Recordings: []int64{chosen[2].ID}},
	}
	req.Merged = []store.Device{{Name: "Old kitchen", MakerName: "Old kitchen", Serial: "G1", Type: "A1"}}
	d, err := newDocument(req, chosen, Options{Now: time.Date(2025, 4, 3, 10, 0, 0, 0, time.UTC), Words: WordsInAll})
	if err != nil {
		t.Fatal(err)
	}
	content, err := d.json()
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The schema knows every field that is written, and nothing that is not.
func TestSchemaIsExact(t *testing.T) {
	s := schema(t)
	if err := s.Validate(whole(t)); err != nil {
		t.Fatal(err)
	}
	recording := func(m map[string]any) map[string]any { return m["recordings"].([]any)[0].(map[string]any) }
	step := func(m map[string]any, i int) map[string]any { return m["steps"].([]any)[i].(map[string]any) }
	for name, spoil := range map[string]func(m map[string]any){
		"an unknown field":                func(m map[string]any) { m["more"] = 1 },
		"an unknown field of a device":    func(m map[string]any) { m["device"].(map[string]any)["more"] = 1 },
		"an unknown field of a step":      func(m map[string]any) { step(m, 0)["more"] = 1 },
		"an unknown field of a recording": func(m map[string]any) { recording(m)["more"] = 1 },
		"an unknown field of a sound":     func(m map[string]any) { recording(m)["audio"].(map[string]any)["more"] = 1 },
		"another version":                 func(m map[string]any) { m["version"] = 3 },
		"another schema":                  func(m map[string]any) { m["schema"] = "unsaid.erasure-request" },
		"no steps":                        func(m map[string]any) { m["steps"] = []any{} },
		"no time":                         func(m map[string]any) { delete(recording(m), "time") },
		"a local time":                    func(m map[string]any) { recording(m)["time"] = "2025-02-27T07:30:00+01:00" },
		"an identifier that is a number":  func(m map[string]any) { m["request_id"] = 12 },
		"a range without an end":          func(m map[string]any) { delete(step(m, 0), "to") },
		"a range to no day":               func(m map[string]any) { step(m, 0)["to"] = "2025-02-30" },
		"a single recording with days":    func(m map[string]any) { step(m, 1)["from"] = "2025-02-27" },
		"two single recordings in one": func(m map[string]any) {
			step(m, 1)["recordings"] = []any{"1", "2"}
		},
		"a hash that is none": func(m map[string]any) { recording(m)["audio"].(map[string]any)["sha256"] = "abc" },
		"an unknown law":      func(m map[string]any) { m["law"] = "hipaa" },
	} {
		m := whole(t)
		spoil(m)
		if s.Validate(m) == nil {
			t.Errorf("%s is valid", name)
		}
	}
}

func TestSchemaIsPublishedAndWrittenBesideTheManifest(t *testing.T) {
	published, err := os.ReadFile(filepath.Join("..", "docs", "manifest.schema.json"))
	if err != nil || !bytes.Equal(published, manifestSchema) {
		t.Errorf("docs/manifest.schema.json is not a copy of deletion/manifest.schema.json: %v", err)
	}
	req, chosen, o := small(t)
	written, err := Write(t.TempDir(), req, chosen, o)
	if err != nil {
		t.Fatal(err)
	}
	if schema := readFolder(t, written.Folder)["manifest.schema.json"]; schema != string(manifestSchema) {
		t.Errorf("written schema: %q", written)
	}
	if readManifest(t, written.Folder).Schema != ManifestSchema {
		t.Error("the manifest names another schema")
	}
}
