package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// No header of Amazon's transcript table is publicly documented. The names here are seen in other tables of the
// archive, in Amazon's JSON, and in dumps that people made; those in other languages than English are the usual words
// for the same things in the languages of Amazon's marketplaces. A table with other names is read by its cells.

// synonyms are the names of columns by role, likeliest first, as [foldName] writes them.
var synonyms = foldNames(map[role][]string{
	roleTime: {
		"timestamp", "utterance timestamp", "utterance creation date", "creation timestamp", "creation time", "created at", "activity date",
		"datetime", "date and time", "date", "time", "time utc", "date utc", "timestamp utc", "timestamp ms", "recorded at", "event time", "local time", "time text",
		"Zeitstempel", "Datum und Uhrzeit", "Zeitpunkt", "Datum", "Horodatage", "Date et heure", "Marca de tiempo", "Fecha y hora", "Fecha",
		"Data e ora", "Data e hora", "Data", "Tijdstempel", "Datum en tijd", "Znacznik czasu", "Data i godzina", "Tidsstämpel", "Datum och tid",
		"Zaman damgası", "Tarih ve saat", "Tarih", "Časové razítko", "Datum a čas", "日時", "日付", "タイムスタンプ", "时间戳", "日期", "时间",
		"الطابع الزمني", "التاريخ", "दिनांक", "समय",
	},
	roleText: {
		"transcript", "transcription", "customer transcript", "utterance text", "recognized speech", "text",
		"transcript text", "utterance", "summary", "spoken text", "message", "raw text", "what was said", "what you said", "request",
		"Transkript", "Transkription", "Äußerung", "Anfrage", "Texte", "Énoncé", "Requête", "Transcripción", "Texto", "Solicitud",
		"Trascrizione", "Testo", "Richiesta", "Transcrição", "Pedido", "Transcriptie", "Tekst", "Verzoek", "Transkrypcja", "Wypowiedź",
		"Yttrande", "Begäran", "Metin", "İstek", "Přepis", "Požadavek", "文字起こし", "発話", "リクエスト", "转录", "文本", "请求", "النص", "الطلب", "पाठ", "अनुरोध",
	},
	roleReply: {
		"response", "alexa response", "response text", "tts text", "reply", "answer",
		"Antwort", "Réponse", "Respuesta", "Risposta", "Resposta", "Antwoord", "Odpowiedź", "Svar", "Yanıt", "Cevap", "Odpověď",
		"応答", "返答", "回答", "回复", "响应", "الرد", "الاستجابة", "उत्तर", "प्रतिक्रिया",
	},
	roleDevice: {
		"device name", "device", "device device name", "account name", "activity device",
		"Gerätename", "Gerät", "Nom de l’appareil", "Appareil", "Nombre del dispositivo", "Nome del dispositivo", "Nome do dispositivo",
		"Nome dispositivo", "Dispositivo", "Apparaatnaam", "Apparaat", "Nazwa urządzenia", "Urządzenie", "Enhetsnamn", "Enhet", "Cihaz adı", "Cihaz",
		"Název zařízení", "Zařízení", "デバイス名", "デバイス", "设备名称", "设备", "اسم الجهاز", "الجهاز", "डिवाइस का नाम", "डिवाइस",
	},
	roleSerial: {
		"serial number", "serial", "device serial number", "device serial", "dsn",
		"Seriennummer", "Numéro de série", "Número de serie", "Numero di serie", "Número de série", "Serienummer", "Numer seryjny",
		"Seri numarası", "Sériové číslo", "シリアル番号", "序列号", "الرقم التسلسلي", "सीरियल नंबर",
	},
	roleType: {
		"device type", "asin", "device asin", "Gerätetyp", "Type d’appareil", "Tipo de dispositivo", "Tipo di dispositivo", "Apparaattype",
		"Typ urządzenia", "Enhetstyp", "Cihaz türü", "Typ zařízení", "デバイスタイプ", "设备类型", "نوع الجهاز",
	},
	roleAudio: {
		"audio file", "audio file name", "file name", "wav", "wav file", "audio", "audio path", "path", "audio id",
		"Audiodatei", "Fichier audio", "Archivo de audio", "File audio", "Arquivo de áudio", "Audiobestand", "Plik audio", "Ljudfil",
		"Ses dosyası", "Zvukový soubor", "音声ファイル", "オーディオファイル", "音频文件", "ملف صوتي", "ऑडियो फ़ाइल",
	},
	roleID:        {"record key", "activity key", "activity id", "id"},
	roleUtterance: {"utterance id"},
	roleKind:      {"utterance type", "activity status"},
	roleDomain:    {"domain"},
	roleIntent:    {"intent"},
	rolePerson:    {"person", "activity user", "person first name"},
})

// joined are columns of dumps with one column for each recordItemType, which may all have words.
var joined = foldNames(map[role][]string{
	roleText:  {"customer transcript", "asr replacement text"},
	roleReply: {"alexa response", "tts replacement text"},
})

// foldName reduces the name of a column to its letters and digits, in lower case and without accents.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(name))
}

func foldNames(names map[role][]string) map[role][]string {
	for _, list := range names {
		for i, name := range list {
			list[i] = foldName(name)
		}
	}
	return names
}

// speaksOfTranscripts reports whether the name of a column, a file or a folder says in some language that it holds
// what was said, and not merely some text.
func speaksOfTranscripts(name string) bool {
	name = foldName(name)
	for _, word := range []string{"transcri", "transkri", "trascri", "utterance", "recognizedspeech", "文字起こし", "转录"} {
		if strings.Contains(name, foldName(word)) {
			return true
		}
	}
	return false
}

// hints returns 1 if the name of a column says among other words that it holds what was said, -1 if it says that it
// holds the reply, and 0 otherwise.
func hints(name string) int {
	name = foldName(name)
	mentions := func(r role) bool {
		for _, word := range synonyms[r] {
			if len([]rune(word)) > 3 && strings.Contains(name, word) {
				return true
			}
		}
		return false
	}
	switch text, reply := mentions(roleText), mentions(roleReply); {
	case reply && !text:
		return -1
	case text && !reply:
		return 1
	}
	return 0
}
