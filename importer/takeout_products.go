package importer

import "strings"

// The products of Google whose activity is voice history, as Takeout names them in JSON and in
// HTML. The names are translated with the account's language; those of the Assistant are the
// product's own names in the languages where they differ, without the word Google, which some
// languages set before and some behind.
var (
	assistantNames = map[string]bool{
		"assistant": true, "assistent": true, "asistent": true, "assistente": true, "asistente": true, "asistan": true,
		"asistanı": true, "asystent": true, "asisten": true, "assistenten": true, "avustaja": true, "segéd": true,
		"ассистент": true, "асистент": true, "βοηθός": true, "trợ lý": true, "アシスタント": true, "어시스턴트": true,
		"助理": true, "智能助理": true, "智慧助理": true, "مساعد": true, "ผู้ช่วย": true,
	}
	voiceAndAudioNames = map[string]bool{
		"voice and audio": true, "voice & audio": true, "sprache & audio": true, "sprache und audio": true,
		"voix et audio": true, "voz y audio": true, "voz e áudio": true, "voce e audio": true, "spraak en audio": true,
	}
)

// productNamed returns one name for a product of voice history in whatever language: that of an export.
func productNamed(name string) string {
	switch {
	case isGemini(name):
		return "Gemini"
	case voiceAndAudioNames[strings.ToLower(strings.TrimSpace(name))]:
		return "Voice and Audio"
	}
	return "Assistant"
}

// isVoiceProduct reports whether activity in the product is voice history.
func isVoiceProduct(name string) bool {
	return isGemini(name) || isAssistant(name) || voiceAndAudioNames[strings.ToLower(strings.TrimSpace(name))]
}

// isAssistant reports whether a product is the Assistant, in any of the languages known.
func isAssistant(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "google", " ")
	words := strings.Fields(name)
	if n := len(words); n > 1 && (words[n-1] == "de" || words[n-1] == "di") { // Asistente de Google
		words = words[:n-1]
	}
	return assistantNames[strings.Join(words, " ")]
}

// isGemini reports whether a product is the Assistant's successor, also under its first name. Its
// name stands untranslated in all languages: Gemini Apps, Gemini-Apps, App Gemini.
func isGemini(name string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' || r == '\u00a0' }) {
		if word == "gemini" || word == "bard" {
			return true
		}
	}
	return false
}
