package deletion

import (
	"strings"

	"unsaid/store"
)

// page is the web page where Google shows a product's activity.
type page struct {
	Product, Address string
}

// The pages of Google's products, according to its help. Each shows one product, and can delete single
// items, a day, a range of days, or everything.
var (
	assistantPage = page{"Google Assistant", "https://myactivity.google.com/product/assistant"}
	geminiPage    = page{"Gemini", "https://myactivity.google.com/product/gemini"}
)

// pages returns the pages that show the request's recordings. A recording names its product; for a
// purged one only the device is known.
func (d *document) pages() []page {
	onAssistant, onGemini := false, false
	for i := range d.recordings {
		product := d.recordings[i].Domain
		if product == "" {
			product = d.req.Device.MakerName
		}
		if ofGemini(product) {
			onGemini = true
		} else {
			onAssistant = true
		}
	}
	var list []page
	if onAssistant {
		list = append(list, assistantPage)
	}
	if onGemini {
		list = append(list, geminiPage)
	}
	return list
}

// ofGemini reports whether a product, or a device named after one, is Gemini. Exports do not translate
// its name: Gemini Apps, Gemini-Apps, formerly Bard.
func ofGemini(product string) bool {
	product = strings.ToLower(product)
	return strings.Contains(product, "gemini") || strings.Contains(product, "bard")
}

// services lists the services that the account belongs to.
func (d *document) services() []string {
	switch d.req.Device.Vendor {
	case store.Amazon:
		return []string{"Amazon Alexa"}
	case store.Google:
		var list []string
		for _, p := range d.pages() {
			list = append(list, p.Product)
		}
		return list
	default:
		return []string{d.req.Device.Vendor}
	}
}
