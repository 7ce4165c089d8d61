// Package style defines the look of the screens: themes, colours and the styles made from them.
package style
