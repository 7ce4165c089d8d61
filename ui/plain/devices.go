package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"unsaid/phrase"
	"unsaid/store"
)

func lookCommands() []command {
	return []command{
		{"devices", "D", "N", "list the devices; with a number, all that is known of one", "", (*session).devices},
		{"rename", "N", "N NAME", "give a device another name; without one, the maker's comes back", "The number is the one that devices tells.", (*session).rename},
		{"merge", "C", "N N", "merge one device into another", "The numbers are those that devices tells. All of the first becomes the other's, now and in later imports.", (*session).merge},
		{"split", "K", "N", "split off what was merged", "The number is that of the part. devices with the number of the whole tells it.", (*session).split},
		{"calendar", "c", "MONTH or YEAR", "how much was recorded when", "Without more the months; with a year such as 2025 its months; with a month such as 2025-03 its days.", (*session).calendar},
		{"day", "y", "DAY", "find what was recorded on a day", "A day is written as 2025-03-01, 1 March 2025, yesterday, Monday or 3 days ago.", (*session).day},
		{"insights", "I", "", "a few figures", "", (*session).insights},
	}
}

func (s *session) devices(ctx context.Context, arg string) error {
	if arg != "" {
		d, err := s.device(ctx, arg)
		if err != nil {
			return err
		}
		s.tellDevice(&d)
		return nil
	}
	all, err := s.o.DB.Devices(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		s.say("There are no devices yet. import and a path imports an export.")
		return nil
	}
	for _, d := range all {
		s.say("%d. %s, %s, %d percent unintended. At the maker: %s.", d.ID, phrase.Device(d.Device), phrase.Count(d.Recordings, "recording"),
			percent(d.Unintended, d.Recordings), phrase.DeviceStanding(d.Status))
	}
	return nil
}

// device finds a device by its number.
func (s *session) device(ctx context.Context, arg string) (store.DeviceSummary, error) {
	number, err := id(arg, "devices")
	if err != nil {
		return store.DeviceSummary{}, err
	}
	all, err := s.o.DB.Devices(ctx)
	if err != nil {
		return store.DeviceSummary{}, err
	}
	for _, d := range all {
		if d.ID == number {
			return d, nil
		}
	}
	return store.DeviceSummary{}, fmt.Errorf("there is no device %d; devices lists them", number)
}

func (s *session) tellDevice(d *store.DeviceSummary) {
	s.say("%d. %s, of %s.", d.ID, phrase.Device(d.Device), phrase.Maker(d.Vendor))
	s.say("%s, %s.", phrase.Count(d.Recordings, "recording"), s.dates().Span(d.First, d.Last))
	s.say("%s unintended, that is %d percent.", phrase.Comma(d.Unintended), percent(d.Unintended, d.Recordings))
	if d.Bytes > 0 {
		s.say("%s of sound, %s.", length(d.Duration.Round(time.Second/10)), size(d.Bytes))
	}
	s.say("At the maker: %s.", phrase.DeviceStanding(d.Status))
	if d.Type != "" {
		s.say("Type: %s.", d.Type)
	}
	if d.Serial != "" {
		s.say("Serial number: %s.", d.Serial)
	}
	for _, part := range d.Parts {
		s.say("%d. %s is part of it; split %d makes it a device of its own again.", part.ID, part.Name, part.ID)
	}
	s.say("find device: and its name finds what it recorded, delete device %d deletes all of it.", d.ID)
}

// percent is a share, rounded; 0 of nothing.
func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return (100*n + of/2) / of
}

func (s *session) rename(ctx context.Context, args string) error {
	number, name, _ := strings.Cut(args, " ")
	d, err := s.device(ctx, number)
	if err != nil {
		return err
	}
	c, err := s.o.DB.RenameDevice(ctx, d.ID, strings.TrimSpace(name))
	return s.done(ctx, c, err)
}

func (s *session) merge(ctx context.Context, args string) error {
	number, other, _ := strings.Cut(args, " ")
	d, err := s.device(ctx, number)
	if err != nil {
		return err
	}
	into, err := s.device(ctx, strings.TrimSpace(other))
	if err != nil {
		return err
	}
	c, err := s.o.MergeDevices(ctx, d.ID, into.ID)
	return s.done(ctx, c, err)
}

func (s *session) split(ctx context.Context, arg string) error {
	number, err := id(arg, "devices")
	if err != nil {
		return err
	}
	c, err := s.o.SplitDevice(ctx, number)
	return s.done(ctx, c, err)
}

// errNoTimes is why there is nothing to say about when things were recorded.
var errNoTimes = errors.New("nothing with a known time is in the library")
