package importer

import (
	"bytes"
	"encoding/binary"
	"io"
	"path"
	"strings"
)

// content is what a member seems to hold by its name and its first bytes.
type content uint8

const (
	contentOther       content = iota
	contentJunk                // left by an operating system, or instructions
	contentCompanion           // goes with a voice history, holds no recordings
	contentAudio               // by its magic bytes or its suffix
	contentTable               // delimited text
	contentRows                // JSON with one flat object a row
	contentHistory             // JSON with customer history records
	contentActivities          // JSON of /api/activities or of a device list
	contentCapture             // what a browser saved of a session (HAR), perhaps gzipped
	contentChatGPT             // JSON with conversations of ChatGPT
	contentTakeout             // JSON with entries of Google's My Activity
	contentTakeoutHTML         // a page of Google's My Activity
	contentOVOS                // JSON of one utterance or wake word
	contentJSON                // other JSON
)

// ignoredBecause explains why nothing was imported from a member.
func (c content) ignoredBecause() string {
	switch c {
	case contentJunk:
		return "instructions, or a file of the operating system"
	case contentCompanion:
		return "data of the account without recordings"
	case contentTable, contentRows:
		return "a table without recordings"
	case contentHistory, contentActivities, contentCapture, contentChatGPT, contentTakeout, contentTakeoutHTML, contentOVOS, contentJSON:
		return "it holds no voice history"
	}
	return "not a kind of file that holds voice history"
}

// headBytes is how much of a member the first look reads.
const headBytes = 64 << 10

func (in *Input) classify(m *member) content {
	switch {
	case isJunk(m.path):
		return contentJunk
	case isCompanion(m.path):
		return contentCompanion
	case hasAudioSuffix(m.path):
		return contentAudio
	}
	head := in.head(m, 512)
	if audioFormat(head) != "" {
		return contentAudio
	}
	if strings.HasPrefix(string(head), gzipMagic) {
		return gzippedContent(in.head(m, headBytes))
	}
	if len(head) == 0 || !looksLikeText(head) && !hasTextSuffix(m.path) {
		return contentOther
	}
	text := in.headText(m)
	trimmed := bytes.TrimLeft(text, " \t\r\n")
	if len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[') {
		return jsonContent(trimmed)
	}
	if isTakeoutHTML(string(trimmed)) {
		return contentTakeoutHTML
	}
	if isTable(m.path, text) {
		return contentTable
	}
	return contentOther
}

// gzippedContent returns what a packed text holds, if it is of the only kind that is read packed.
func gzippedContent(packed []byte) content {
	unpacked, err := gunzip(bytes.NewReader(packed))
	if err != nil {
		return contentOther
	}
	text, _ := io.ReadAll(io.LimitReader(unpacked, headBytes)) // as much as the beginning has of it
	if text = bytes.TrimLeft(text, " \t\r\n"); len(text) > 0 && text[0] == '{' && jsonContent(text) == contentCapture {
		return contentCapture
	}
	return contentOther
}

// isJunk reports whether every import skips p: files of operating systems, and instructions.
func isJunk(p string) bool {
	name := strings.ToLower(path.Base(p))
	switch {
	case strings.HasPrefix(p, "__MACOSX/"), strings.Contains(p, "/__MACOSX/"):
		return true
	case strings.HasPrefix(name, "._"), name == ".ds_store", name == "thumbs.db", name == "readme.txt":
		return true
	case strings.HasSuffix(name, "_instructions.txt"):
		return true
	}
	ext := path.Ext(name)
	return strings.Contains(name, "description") && (ext == ".txt" || ext == ".pdf")
}

// isCompanion reports whether p is a member of Amazon's archive that is known to hold no recordings
// (seen in an archive of 2021).
func isCompanion(p string) bool {
	p = strings.ToLower(p)
	name := path.Base(p)
	in := func(folder string) bool {
		return strings.HasPrefix(p, folder+"/") || strings.Contains(p, "/"+folder+"/")
	}
	switch {
	case strings.HasPrefix(name, "country of residence"), name == "hunches.csv",
		strings.HasPrefix(name, "feedback-") && strings.HasSuffix(name, ".csv"):
		return true
	case in("devices/mobile"), in("location") && strings.HasSuffix(name, ".csv"):
		return true
	}
	for _, part := range strings.Split(p, "/") {
		if strings.HasPrefix(part, "advertising.") || strings.HasPrefix(part, "amazon-music") {
			return true
		}
	}
	return false
}

// looksLikeText reports whether head can be the beginning of a text.
func looksLikeText(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	if utf16Order(head) != nil {
		return true
	}
	return bytes.IndexByte(head, 0) < 0
}

// hasTextSuffix reports whether p is named like a table or JSON. Such a file is read even if it contains a
// stray NUL.
func hasTextSuffix(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".csv", ".tsv", ".tab", ".json", ".ndjson", ".jsonl":
		return true
	}
	return false
}

// isTable reports whether a text is delimited: by its suffix, or because its first line has a
// tab, or several of another delimiter.
func isTable(p string, text []byte) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".csv", ".tsv", ".tab":
		return true
	case ".html", ".htm", ".xml", ".md", ".log", ".pdf", ".rtf", ".js", ".css", ".go", ".py":
		return false
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.IndexByte(line, '\t') >= 0 || bytes.Count(line, []byte(",")) > 1 || bytes.Count(line, []byte(";")) > 1
}

// audioSuffixes are the endings of audio files' names, without the dot.
var audioSuffixes = map[string]bool{
	"wav": true, "mp3": true, "flac": true, "ogg": true, "oga": true, "opus": true, "m4a": true,
	"mp4": true, "aac": true, "amr": true, "aif": true, "aiff": true, "caf": true, "wma": true,
}

func hasAudioSuffix(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext != "" && audioSuffixes[ext[1:]]
}

// audioFormat returns the format that the magic bytes of head stand for, "" if none.
func audioFormat(head []byte) string {
	has := func(at int, magic string) bool {
		return len(head) >= at+len(magic) && string(head[at:at+len(magic)]) == magic
	}
	switch {
	case (has(0, "RIFF") || has(0, "RF64") || has(0, "RIFX")) && has(8, "WAVE"):
		return "wav"
	case has(0, "ID3"), mp3Frame(head):
		return "mp3"
	case has(0, "fLaC"):
		return "flac"
	case has(0, "OggS") && bytes.Contains(head[:min(len(head), 64)], []byte("OpusHead")):
		return "opus"
	case has(0, "OggS"):
		return "ogg"
	case has(4, "ftypM4A"), has(4, "ftypmp4"), has(4, "ftypisom"):
		return "m4a"
	case has(0, "#!AMR"):
		return "amr"
	case has(0, "FORM") && (has(8, "AIFF") || has(8, "AIFC")):
		return "aiff"
	case has(0, "caff"):
		return "caf"
	}
	return ""
}

// mp3Frame reports whether head begins with an MPEG layer III frame header whose fields are valid.
func mp3Frame(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	h := binary.BigEndian.Uint32(head)
	return h>>21 == 0x7ff && h>>19&3 != 1 && h>>17&3 == 1 && h>>12&15 != 15 && h>>12&15 != 0 && h>>10&3 != 3
}
