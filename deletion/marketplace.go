package deletion

import (
	"fmt"
	"slices"
	"strings"
)

// defaultMarketplace is the one assumed, and said to be, when the user's is not known.
const defaultMarketplace = "amazon.com"

// Marketplaces returns the host names of Amazon's marketplaces that have Alexa. Links go to one of
// these, so that none goes elsewhere.
func Marketplaces() []string {
	return []string{
		"amazon.com", "amazon.de", "amazon.co.uk", "amazon.fr", "amazon.it", "amazon.es", "amazon.ca",
		"amazon.com.br", "amazon.com.mx", "amazon.co.jp", "amazon.in", "amazon.com.au",
	}
}

// ParseMarketplace returns the marketplace of that host name, which may begin with www.
func ParseMarketplace(name string) (string, error) {
	host := strings.TrimPrefix(strings.ToLower(name), "www.")
	if slices.Contains(Marketplaces(), host) {
		return host, nil
	}
	return "", fmt.Errorf("marketplace %q has no Alexa: it is one of %s", name, strings.Join(Marketplaces(), ", "))
}
