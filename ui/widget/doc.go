// Package widget contains the parts of screens: tables, charts, waveforms, fields and the like. A
// widget is a plain struct or function that receives what it shows; it knows nothing about recordings
// or screens.
package widget
