package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unsaid/store"
)

// takeoutPageOf returns a page of activity, with a style sheet as long as Google's.
func takeoutPageOf(cells ...string) string {
	return `<html><head><title>My Activity History</title><style type="text/css">` + strings.Repeat(".mdl-grid{display:flex}", 4000) +
		`</style></head><body><div class="mdl-grid">` + strings.Join(cells, "") + `</div></body></html>`
}

// takeoutCells returns an entry. The body is what stands before and behind the date.
func takeoutCells(product, before, date string, after ...string) string {
	return `<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">` +
		`<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">` + product + `<br></p></div>` +
		`<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">` + before + `<br>` + date + `<br>` + strings.Join(after, "") + `</div>` +
		`<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1 mdl-typography--text-right"></div>` +
		`<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Products:</b><br>&emsp;` + product + `<br>` +
		`<b>Locations:</b><br>&emsp;At <a href="https://example.com">this place</a><br><b>Details:</b><br>&emsp;Started by hotword<br>` +
		`<b>Why is this here?</b><br>&emsp;This activity was saved.</div></div></div>`
}

func TestTakeoutPage(t *testing.T) {
	c := collect(t, files{"MyActivity.html": takeoutPageOf(
		takeoutCells("Google Assistant", `Said <a href="https://www.google.com/search?q=caf%C3%A9">open the caf&eacute; &amp; bar</a><br>It is open<br>until 8:00`, "Jan 31, 2018, 10:54:50\u202fPM UTC"),
		takeoutCells("Assistant", "Used Assistant", "6 Oct 2020, 14:32:28 PDT"),
		takeoutCells("Search", "Searched for shoes", "6 Oct 2020, 14:32:28 PDT"),
		takeoutCells("Gemini Apps", "Prompted&nbsp;boil an egg<br>Attached 1 file.", "Jul 25, 2026, 11:07:57 PM PDT", "<p>Six <strong>minutes</strong>.</p><ul><li>One</li></ul><p>Jan 31, 2018, 10:54:50 PM UTC</p>"),
	)}, Options{})
	want := []store.Incoming{
		{
			Vendor: store.Google, Device: store.IncomingDevice{Name: assistantDevice, None: true}, Time: utc(2018, 1, 31, 22, 54, 50), TimeFrom: store.TimeExact,
			Transcript: "open the café & bar", Reply: "It is open\nuntil 8:00", Domain: "Google Assistant", Intent: "Started by hotword",
		},
		{
			Vendor: store.Google, Device: store.IncomingDevice{Name: assistantDevice, None: true}, Time: utc(2020, 10, 6, 21, 32, 28), TimeFrom: store.TimeExact,
			Domain: "Assistant", Intent: "Started by hotword",
		},
		{
			Vendor: store.Google, Device: store.IncomingDevice{Name: geminiDevice, None: true}, Time: utc(2026, 7, 26, 6, 7, 57), TimeFrom: store.TimeExact,
			Transcript: "boil an egg", Reply: "Six minutes.\nOne\nJan 31, 2018, 10:54:50 PM UTC", Domain: "Gemini Apps", Intent: "Started by hotword",
		},
	}
	if len(c.recordings) != len(want) {
		t.Fatalf("%+v %+v", c.recordings, c.members)
	}
	for i := range want {
		want[i].Origin = "MyActivity.html"
		if fmt.Sprint(c.recordings[i]) != fmt.Sprint(want[i]) {
			t.Errorf("got  %+v\nwant %+v", c.recordings[i], want[i])
		}
	}
	o, note := c.outcome("MyActivity.html")
	if o != store.MemberImported {
		t.Errorf("%s", o)
	}
	mustContain(t, note, "1 record of other products")
}

func TestTakeoutPageInGerman(t *testing.T) {
	cells := strings.NewReplacer("Products:", "Produkte:", "Details:", "Details:", "Locations:", "Standorte:").Replace(
		takeoutCells("Google Assistant", "„Spiel Jazz“ gesagt", "31.01.2018, 22:54:50 MEZ"))
	rec := one(t, "Takeout/Meine Aktivitäten/Google Assistant/MeineAktivitäten.html", takeoutPageOf(cells))
	if rec.Transcript != "„Spiel Jazz“ gesagt" || !rec.Time.Equal(utc(2018, 1, 31, 21, 54, 50)) {
		t.Errorf("%+v", rec)
	}
}

func TestTakeoutPageAudio(t *testing.T) {
	folder := "Takeout/My Activity/Assistant/"
	first := takeoutCells("Assistant", `Said one<br><audio controls><source src="2018-01-31_22_54_51_000_UTC.mp3" type="audio/mp3">Audio player</audio>`, "Jan 31, 2018, 10:54:50 PM UTC")
	second := takeoutCells("Cynorthwyydd", `Said two<br><a href="./2018%2D01-31_22_54_52_000_UTC.mp3#t=1">Play audio<br>`, "Jan 31, 2018, 10:54:51 PM UTC")
	third := takeoutCells("Search", `Said <a href="https://example.com/song.mp3">three</a>`, "Jan 31, 2018, 10:54:51 PM UTC")
	c := collect(t, files{
		folder + "MyActivity.html":                 takeoutPageOf(first, second, third),
		folder + "2018-01-31_22_54_51_000_UTC.mp3": wav(10, 1),
		folder + "2018-01-31_22_54_52_000_UTC.mp3": wav(10, 2),
	}, Options{})
	if !slices.Equal(c.said(), []string{"one", "two"}) || c.recordings[0].Reply != "" || c.recordings[1].Reply != "" {
		t.Fatalf("%q %+v", c.said(), c.recordings)
	}
	for i, r := range c.recordings {
		if r.Audio == nil || string(r.Audio.Data) != wav(10, byte(i+1)) {
			t.Errorf("%d has the wrong audio", i)
		}
	}
}

func TestTakeoutPageMarkup(t *testing.T) {
	date := "Jan 31, 2018, 10:54:50 PM UTC"
	for name, cells := range map[string]string{
		"other order and more classes": `<div data-x='1' id=e class='x outer-cell y'><div><div class=header-cell>Assistant</div><div id=c class='mdl-typography--body-1 z content-cell'>Said x<br>yes<br>` + date + `</div></div></div>`,
		"nothing is closed":            `<div class="outer-cell"><div class="header-cell"><p>Assistant<div class="content-cell mdl-typography--body-1">Said <b>x<br>yes<br><i>` + date + `<div class="content-cell mdl-typography--caption"><b>Products:<br>Assistant`,
		"no outer cell":                `<div class="header-cell">Assistant</div><div class="content-cell mdl-typography--body-1">Said x<br>yes<br>` + date + `</div>`,
		"no header":                    `<div class="outer-cell"><div class="content-cell mdl-typography--body-1">Said x<br>yes<br>` + date + `</div><div class="content-cell mdl-typography--caption"><b>Products:</b><br>Assistant</div></div>`,
		"only a body":                  `<div class="content-cell mdl-typography--body-1">Said x<br>yes<br>` + date + `</div>`,
		"more closed than opened":      `</div></p><div class="outer-cell"></b><div class="header-cell"></p>Assistant</div></div></div></div><div class="content-cell mdl-typography--body-1">Said x<br>yes<br>` + date + `</div></div></div>`,
		"raw text left open":           `<div class="outer-cell"><div class="header-cell">Assistant</div><div class="content-cell mdl-typography--body-1">Said x<br>yes<br>` + date + `<br><textarea><title><xmp></div></div>`,
	} {
		page := "<html><body>" + cells + takeoutCells("Assistant", "Said next", "Jan 31, 2018, 10:55:50 PM UTC") + "</body></html>"
		c := collect(t, files{"a.html": page}, Options{})
		if !slices.Equal(c.said(), []string{"x", "next"}) || c.recordings[0].Reply != "yes" || !c.recordings[0].Time.Equal(utc(2018, 1, 31, 22, 54, 50)) {
			t.Errorf("%s: %+v %+v", name, c.recordings, c.members)
		}
	}
}

func TestTakeoutPageCut(t *testing.T) {
	page := takeoutPageOf(
		takeoutCells("Assistant", "Said one", "Jan 31, 2018, 10:54:50 PM UTC"),
		takeoutCells("Assistant", "Said two and more", "Jan 31, 2018, 10:55:50 PM UTC"),
	)
	for _, mark := range []string{"and more", "10:55", "</body>"} {
		c := collect(t, files{"a.html": page[:strings.LastIndex(page, mark)]}, Options{})
		o, reason := c.outcome("a.html")
		if o != store.MemberFailed || c.said()[0] != "one" || len(c.recordings) == 2 != (mark == "</body>") {
			t.Errorf("cut at %s: %q, %s", mark, c.said(), o)
		}
		mustContain(t, reason, "ends in the middle")
	}
}

func TestTakeoutPageDatesThatAreNotClear(t *testing.T) {
	c := collect(t, files{"a.html": takeoutPageOf(
		takeoutCells("Assistant", "Said three", "31 quux 2018, 10:54:50 UTC"),
		takeoutCells("Assistant", "Said four", "Jan 31, 2018, 10:54:50 PM UTC"),
	)}, Options{})
	if o, reason := c.outcome("a.html#0"); o != store.MemberFailed || !slices.Equal(c.said(), []string{"four"}) {
		t.Errorf("%s %q", o, c.said())
	} else {
		mustContain(t, reason, "quux", "as JSON")
	}
	for name, cells := range map[string][]string{
		"do not say": {takeoutCells("Assistant", "Said one", "Jan 31, 2018, 10:54:50 PM")},
		"XYZT":       {takeoutCells("Assistant", "Said two", "Jan 31, 2017, 10:54:50 PM XYZT"), takeoutCells("Assistant", "Said four", "Jan 31, 2018, 10:54:50 PM UTC")},
		"their time": {takeoutCells("Gemini Apps", "Prompted five", "Jan 31, 2018, 10:54:50 PM", "<p>It was on</p><p>Jan 31, 2018, 10:54:50 PM UTC</p>")},
	} {
		c := collect(t, files{"a.html": takeoutPageOf(cells...)}, Options{})
		o, reason := c.outcome("a.html")
		if o != store.MemberFailed || len(c.recordings) > 0 || c.remedy("a.html") != store.NameZone {
			t.Errorf("%s: %s, %q", name, o, c.said())
		}
		mustContain(t, reason, name)
	}
	// Nobody is asked about what is no voice history.
	c = collect(t, files{"a.html": takeoutPageOf(takeoutCells("Search", "Searched for x", "10 Jan 2025, 01:45:00 IST"))}, Options{})
	if o, _ := c.outcome("a.html"); o != store.MemberIgnored {
		t.Errorf("a search: %s", o)
	}
}

func TestTakeoutPageIsNotATree(t *testing.T) {
	const deep = 200_000
	c := collect(t, files{"a.html": takeoutPageOf(
		takeoutCells("Assistant", "Said one", "Jan 31, 2018, 10:54:50 PM UTC", strings.Repeat("<div>", deep), "deep", strings.Repeat("</div>", deep)),
		takeoutCells("Assistant", "Said two", "Jan 31, 2018, 10:54:51 PM UTC", strings.Repeat("<div>", deep)),
		takeoutCells("Assistant", "Said three &#x0; &#99999999; &; &amp", "Jan 31, 2018, 10:54:52 PM UTC"),
	)}, Options{})
	if len(c.recordings) != 3 || c.recordings[0].Reply != "deep" || c.recordings[2].Transcript != "three \ufffd \ufffd &; &" {
		t.Errorf("%+v %+v", c.recordings, c.members)
	}
}

func TestTakeoutPageWithAnEntryTooLarge(t *testing.T) {
	lines := strings.Repeat("a<br>", maxRecordBytes/lineCost)
	c := collect(t, files{"a.html": takeoutPageOf(
		takeoutCells("Assistant", "Said one<br>"+lines, "Jan 31, 2018, 10:54:50 PM UTC"),
		takeoutCells("Assistant", "Said two", "Jan 31, 2018, 10:54:51 PM UTC"),
	)}, Options{})
	if o, _ := c.outcome("a.html#0"); o != store.MemberFailed || !slices.Equal(c.said(), []string{"two"}) {
		t.Errorf("%s", o)
	}
}

func FuzzTakeoutHTML(f *testing.F) {
	plain := func(cells ...string) string { return "<html><body>" + strings.Join(cells, "") + "</body></html>" }
	f.Add(plain(takeoutCells("Assistant", `Said <a href="https://example.com">x</a><br>yes`, "Jan 31, 2018, 10:54:50 PM UTC")))
	f.Add(plain(takeoutCells("Gemini Apps", "Prompted&nbsp;x", "4 Dec 2025, 23:07:41 GMT+05:30", "<p>a<pre>b\n</pre><li>c")))
	f.Add(plain(takeoutCells("Assistant", `x<br><audio><source src="a.mp3"></audio>`, "2018年1月31日 下午10:54:50 CST")))
	f.Add(`<div class="header-cell">Assistant</div><div class="content-cell">x<a href="a.mp3">`)
	f.Add(`<div class="outer-cell"><textarea><!--<div class='outer-cell'>&#0;<plaintext>`)
	f.Fuzz(func(t *testing.T, page string) {
		checkTakeout(t, collect(t, files{"a/x.html": page, "a/" + lovePath: wav(2, 1), "a/a.mp3": wav(2, 2)}, Options{}))
	})
}

func TestTakeoutPageWithoutDate(t *testing.T) {
	entry := `<div class="outer-cell"><div class="header-cell">Assistant</div><div class="content-cell mdl-typography--body-1">Said x`
	c := collect(t, files{"a.html": "<html><body>" + entry + "</div></div>" + entry + `<br><audio src="` + lovePath + `"></audio></div></div></body></html>`}, Options{})
	if len(c.recordings) != 1 || c.recordings[0].TimeFrom != store.TimeName || c.recordings[0].Transcript != "x" {
		t.Errorf("%+v", c.recordings)
	}
	o, reason := c.outcome("a.html#0")
	if o != store.MemberFailed {
		t.Errorf("%s", o)
	}
	mustContain(t, reason, "no date", "as JSON")
}
