package deletion

import (
	"fmt"
	"slices"
	"strings"
)

// defaultMarketplace is used if the user's marketplace is not known; the files say that it is assumed.
const defaultMarketplace = "amazon.com"

// Marketplaces returns the host names of Amazon's marketplaces with Alexa. Links go only to these.
func Marketplaces() []string {
	return []string{
		"amazon.com", "amazon.de", "amazon.co.uk", "amazon.fr", "amazon.it", "amazon.es", "amazon.ca",
		"amazon.com.br", "amazon.com.mx", "amazon.co.jp", "amazon.in", "amazon.com.au",
	}
}

// ParseMarketplace returns the marketplace with that host name, which may start with "www.".
func ParseMarketplace(name string) (string, error) {
	host := strings.TrimPrefix(strings.ToLower(name), "www.")
	if slices.Contains(Marketplaces(), host) {
		return host, nil
	}
	return "", fmt.Errorf("marketplace %q has no Alexa: it is one of %s", name, strings.Join(Marketplaces(), ", "))
}
