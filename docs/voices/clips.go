package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"unsaid/importer/sample/export"
)

// A language is one voice of the Debian packages and the device it plays.
type language struct {
	code   string
	voice  string // the folder of the clips
	device export.Device
}

var languages = []language{
	{"en", "en_US_f_Allison", device("EN", "Kitchen (English)")},
	{"es", "es_MX_f_Allison", device("ES", "Living room (Spanish)")},
	{"fr", "fr_CA_f_June", device("FR", "Bedroom (French)")},
	{"it", "it_IT_m_Carlo", device("IT", "Office (Italian)")},
	{"ru", "ru_RU_f_IvrvoiceRU", device("RU", "Hall (Russian)")},
}

func device(code, name string) export.Device {
	return export.Device{
		Name:       name,
		Serial:     "G0VOICES000000" + code,
		Type:       "A0VOICES000000" + code,
		Registered: firstDay.Add(-24 * time.Hour),
	}
}

// A clip is a recording whose audio is still in a file.
type clip struct {
	recording export.Recording
	file      string
}

// clips returns the language's clips in the order of their names, with their
// words where there are any, and without times.
func (l language) clips(root string) ([]clip, error) {
	words, err := l.words(root)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(root, "usr/share/asterisk/sounds", l.voice)
	var clips []clip
	err = fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".wav" {
			return err
		}
		clips = append(clips, clip{
			recording: export.Recording{
				Device:     l.device,
				Region:     export.RegionUS,
				Transcript: words[wordsKey(strings.TrimSuffix(name, ".wav"))],
				HasAudio:   true,
			},
			file: filepath.Join(folder, filepath.FromSlash(name)),
		})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the clips in %s: %w\ninstall asterisk-core-sounds-%s-wav", folder, err, l.code)
	}
	return clips, nil
}

// words returns the words of the language's clips by their key.
func (l language) words(root string) (map[string]string, error) {
	name := filepath.Join(root, "usr/share/doc", "asterisk-core-sounds-"+l.code, "core-sounds-"+l.code+".txt.gz")
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w\ninstall asterisk-core-sounds-%s", err, l.code)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	words, err := parseWords(text)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return words, nil
}

const byteOrderMark = "\ufeff"

// parseWords reads a list of clips and what is said in them, a line each:
//
//	; a comment
//	digits/7: seven
//
// A clip without words is left out; of a clip that is listed twice the first line
// counts. The text is UTF-8 in all five languages, in Italian with a byte order
// mark; another encoding is an error.
func parseWords(r io.Reader) (map[string]string, error) {
	words := make(map[string]string)
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), byteOrderMark))
		if !utf8.ValidString(line) {
			return nil, fmt.Errorf("line %d is not UTF-8", number)
		}
		if line == "" || strings.HasPrefix(line, ";") {
			continue
		}
		name, text, found := strings.Cut(line, ":")
		if !found {
			return nil, fmt.Errorf("line %d has no colon: %q", number, line)
		}
		key, text := wordsKey(name), strings.TrimSpace(text)
		if _, known := words[key]; !known && text != "" {
			words[key] = text
		}
	}
	return words, lines.Err()
}

// wordsKey makes a clip's name the key of its words: the lists and the files do
// not agree on upper and lower case.
func wordsKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
