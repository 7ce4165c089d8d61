package ui

import (
	"slices"

	"unsaid/ui/dialog"
	"unsaid/ui/keys"
)

// offers are all actions: those of the screen, those of all screens, those of the others; of each what the
// last row hints at before the rest.
func (a *App) offers() []dialog.Offer {
	var own, general, far []dialog.Offer
	for _, b := range a.Keys {
		switch {
		case b.Does == keys.ShowPalette:
		case b.On == nil:
			general = append(general, dialog.Offer{Binding: b, Screen: a.Screen, Why: a.why(a.Screen, b.Does)})
		case slices.Contains(b.On, a.Screen):
			own = append(own, dialog.Offer{Binding: b, Screen: a.Screen, Why: a.why(a.Screen, b.Does)})
		}
	}
	for s := range keys.Screens {
		for _, b := range a.Keys {
			if s != a.Screen && slices.Contains(b.On, s) {
				far = append(far, dialog.Offer{Binding: b, Screen: s, Far: true, Why: a.why(s, b.Does)})
			}
		}
	}
	hinted := func(o, other dialog.Offer) int { return min(1, len(other.Hint)) - min(1, len(o.Hint)) }
	slices.SortStableFunc(own, hinted)
	slices.SortStableFunc(general, hinted)
	return slices.Concat(own, general, far)
}
