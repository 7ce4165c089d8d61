package importer

import "strings"

// monthWords are the months' names and abbreviations, in lower case, in the languages in which
// Google writes dates with them: English, German, French, Spanish, Catalan, Portuguese, Italian,
// Romanian, Dutch, Swedish, Danish, Norwegian, Polish, Turkish, Indonesian, Hungarian, Greek,
// Russian and Ukrainian, as Unicode's CLDR has them. No word means different months in two of
// these; Croatian and Czech are left out since theirs do.
var monthWords = [12]string{
	"january jan januar janvier janv januari janeiro enero ene jän jänner gener gennaio gen ianuarie ian styczeń stycznia sty ocak oca ιαν ιανουαρίου янв января січ січня",
	"february feb februar février févr fevr februari fevereiro fev febrero febr febbraio februarie luty lutego lut şubat şub φεβ φεβρουαρίου февр фев февраля лют лютого",
	"march mar märz mär mars maart mrt março marzo març martie marzec marca mart márc március maret μαρ μαρτίου марта мар март бер березня",
	"april apr avril avr abril abr aprile aprilie kwiecień kwietnia kwi nisan nis ápr április απρ απριλίου апр апреля квіт квітня",
	"may mai mei maj maio mayo maig maggio mag maja mayıs máj május μαΐ μαΐου мая май трав травня",
	"june jun juni juin junho junio juny giugno giu iunie iun czerwiec czerwca cze haziran haz jún június ιουν ιουνίου июн июня июнь черв червня",
	"july jul juli juillet juil julho julio juliol luglio lug iulie iul lipiec lipca lip temmuz tem júl július ιουλ ιουλίου июл июля июль лип липня",
	"august aug août aout augustus augusti agosto ago agost ag agustus agu sierpień sierpnia sie ağustos ağu augusztus αυγ αυγούστου авг августа серп серпня",
	"september sept sep septembre setembro septiembre setembre set settembre septembrie wrzesień września wrz eylül eyl szept szeptember σεπ σεπτεμβρίου сент сен сентября вер вересня",
	"october oct oktober okt octobre outubro out octubre ottobre ott octombrie październik października paź ekim eki október οκτ οκτωβρίου окт октября жовт жовтня",
	"november nov novembre novembro noviembre noiembrie noi listopad listopada lis kasım kas νοε νοεμβρίου нояб ноя ноября лист листопада",
	"december dec dezember dez décembre déc dezembro diciembre dic desembre des dicembre decembrie desember grudzień grudnia gru aralık ara δεκ δεκεμβρίου дек декабря груд грудня",
}

// monthOf is the month that a word in lower case stands for.
var monthOf = func() map[string]int {
	months := map[string]int{}
	for i, words := range monthWords {
		for _, word := range strings.Fields(words) {
			months[word] = i + 1
		}
	}
	return months
}()

// joinsDate reports whether a word in lower case is one of those around the numbers of a date.
func joinsDate(word string) bool {
	switch word {
	case "t", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"de", "del", "di", "d", "at", "um", "à", "às", "a", "las", "klo", "kl", "г", "р", "о", "об", "в", "年", "月", "日", "년", "월", "일":
		return true
	}
	for _, h := range halfDays {
		if h.word == word {
			return true
		}
	}
	return false
}

// halfDays are the words for the halves of the day, before or after the clock.
var halfDays = []struct{ word, half string }{
	{"am", "am"},
	{"a.m.", "am"},
	{"a. m.", "am"},
	{"pm", "pm"},
	{"p.m.", "pm"},
	{"p. m.", "pm"},
	{"午前", "am"},
	{"午後", "pm"},
	{"上午", "am"},
	{"下午", "pm"},
	{"오전", "am"},
	{"오후", "pm"},
	{"ÖÖ", "am"},
	{"ÖS", "pm"},
	{"π.μ.", "am"},
	{"μ.μ.", "pm"},
}

// localZones are the abbreviations of time zones that mean one zone wherever Google's exports use
// them, in minutes east of UTC, besides those of [zoneNames]. Left out are those that several
// countries use for different zones: IST, AST, and BST and CST on their own.
var localZones = map[string]int{
	"WET": 0, "WEST": 60, "WEZ": 0, "WESZ": 60,
	"CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
	"EET": 120, "EEST": 180, "OEZ": 120, "OESZ": 180,
	"MSK": 180, "TRT": 180, "SAST": 120, "WAT": 60, "CAT": 120, "EAT": 180,
	"JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "WIB": 420, "WITA": 480, "WIT": 540,
	"AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
	"BRT": -180, "NST": -210, "NDT": -150, "AKST": -540, "AKDT": -480, "HST": -600,
	"HNE": -300, "HAE": -240, "HNC": -360, "HAC": -300, "HNR": -420, "HAR": -360, "HNP": -480, "HAP": -420, // French of Canada
}
