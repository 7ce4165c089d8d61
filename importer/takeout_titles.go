package importer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Titles of My Activity stand in the account's language: what the user said with a verb around it, or words of
// Google's own. Only what is known to be Google's is taken off, since anything else may be the user's.

// saidBefore and saidAfter are what stands before and behind the user's words.
var (
	saidBefore = []string{"Said", "Prompted", "Eingegebener Prompt:", "Pokyn", "送信したメッセージ:", "送信したメッセージ："}
	saidAfter  = []string{" 항목을 검색함"}
)

// cutVerb returns the user's words in a title, false if nothing tells that it has any.
func cutVerb(title string) (words string, found bool) {
	for _, verb := range saidBefore {
		rest, ok := strings.CutPrefix(title, verb)
		first, _ := utf8.DecodeRuneInString(rest)
		if ok && (rest == "" || unicode.IsSpace(first) || !endsInWord(verb)) {
			return strings.TrimLeftFunc(rest, unicode.IsSpace), true
		}
	}
	for _, verb := range saidAfter {
		if words, ok := strings.CutSuffix(title, verb); ok {
			return words, true
		}
	}
	return "", false
}

func endsInWord(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(last)
}

// wordlessTitles stand, in lower case, where no words were understood or kept.
var wordlessTitles = []string{
	"unknown voice command", "transcript not available", "created", "used",
	"unbekannter sprachbefehl", "transkript nicht verfügbar",
	"commande vocale inconnue", "transcription non disponible",
	"comando de voz desconocido", "transcripción no disponible",
	"comando de voz desconhecido", "transcrição não disponível",
	"comando vocale sconosciuto", "trascrizione non disponibile",
	"onbekende spraakopdracht", "nieznane polecenie głosowe", "neznámý hlasový příkaz",
	"不明な音声コマンド", "알 수 없는 음성 명령", "未知语音指令", "未知的語音指令",
}

// usedTitles are what stands before and behind the name of a product that was used without words.
var usedTitles = [][2]string{
	{"Used ", ""},
	{"", " verwendet"},
	{"Vous avez utilisé ", ""},
	{"Has usado ", ""},
	{"Usaste ", ""},
	{"Usou ", ""},
	{"Hai utilizzato ", ""},
	{"", " gebruikt"},
	{"", " を使用しました"},
	{"", "을(를) 사용했습니다"},
	{"", " 사용함"},
	{"使用了 ", ""},
}

// wordless reports whether a title stands for no words.
func (e *takeoutEntry) wordless(title string) bool {
	if e.isProduct(title) || slices.Contains(wordlessTitles, strings.ToLower(strings.Trim(title, "(). "))) {
		return true
	}
	for _, used := range usedTitles {
		what, before := strings.CutPrefix(title, used[0])
		what, behind := strings.CutSuffix(what, used[1])
		if before && behind && what != title && e.isProduct(what) {
			return true
		}
	}
	return false
}

// isProduct reports whether a text is the name of the entry's product, and no more than that: a user may speak of
// Gemini, too.
func (e *takeoutEntry) isProduct(s string) bool {
	return slices.Contains(e.labels(), s) || isAssistant(s) || voiceAndAudioNames[strings.ToLower(s)]
}

// ofNobody are the titles of entries in which nobody spoke or wrote: what was done with an answer.
var ofNobody = []string{"Selected preferred draft", "Gave feedback"}

// isAboutAnswer reports whether an entry of Gemini is about an answer, and not a prompt.
func (e *takeoutEntry) isAboutAnswer() bool {
	return isGemini(e.product()) && slices.ContainsFunc(ofNobody, func(title string) bool { return strings.HasPrefix(e.title, title) })
}
