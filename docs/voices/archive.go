package main

import (
	"fmt"
	"io"
	"os"

	"unsaid/importer/sample/export"
)

// writeArchive writes the zip of zips that Amazon hands out: the voice history,
// the account's devices, and a category that is of no interest here. Every clip
// has its row in the transcript table; one without words has an empty cell.
func writeArchive(w io.Writer, clips []clip) error {
	outer := export.NewZip(w, endDay)
	err := addZip(outer, "Alexa.zip", func(z *export.Zip) error { return addVoiceHistory(z, clips) })
	if err != nil {
		return err
	}
	err = addZip(outer, "Devices.Registration.zip", addRegistration)
	if err != nil {
		return err
	}
	err = addZip(outer, "Advertising.1.zip", func(z *export.Zip) error {
		return z.Add("Advertising.1/Advertising.AdvertiserAudiences.csv", []byte("Advertisers who brought audiences\nExample\n"))
	})
	if err != nil {
		return err
	}
	return outer.Close()
}

// addZip adds a zip, filled by fill, to another one. It is stored, not
// compressed a second time.
func addZip(outer *export.Zip, name string, fill func(*export.Zip) error) error {
	w, err := outer.Store(name)
	if err != nil {
		return err
	}
	inner := export.NewZip(w, endDay)
	if err := fill(inner); err != nil {
		return fmt.Errorf("fill %s: %w", name, err)
	}
	return inner.Close()
}

func addVoiceHistory(z *export.Zip, clips []clip) error {
	recordings := make([]export.Recording, len(clips))
	for i, c := range clips {
		recordings[i] = c.recording
		audio, err := os.ReadFile(c.file)
		if err != nil {
			return err
		}
		if err := z.Add(export.AudioFolder+c.recording.AudioName(), audio); err != nil {
			return err
		}
	}
	table, err := z.Create(export.TranscriptsName)
	if err != nil {
		return err
	}
	return export.WriteTranscripts(table, recordings)
}

func addRegistration(z *export.Zip) error {
	devices := make([]export.Device, len(languages))
	for i, l := range languages {
		devices[i] = l.device
	}
	table, err := z.Create(export.RegistrationName)
	if err != nil {
		return err
	}
	return export.WriteRegistration(table, devices)
}
