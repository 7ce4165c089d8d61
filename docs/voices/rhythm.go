package main

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"
)

// The two years the recordings are spread over; the last day is not part of them.
var (
	firstDay = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	endDay   = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
)

// How much a household speaks in each hour of a day, in parts of the busiest.
var (
	weekday = [24]int{1, 0, 0, 0, 0, 1, 6, 10, 8, 3, 2, 2, 4, 3, 2, 3, 5, 8, 10, 10, 8, 6, 4, 2}
	weekend = [24]int{2, 1, 0, 0, 0, 0, 1, 3, 7, 10, 10, 8, 8, 7, 6, 6, 6, 7, 9, 9, 7, 6, 5, 3}
)

// schedule gives the clips of one device times, no two the same, and returns
// them in the order of time. Which clip is said when is as random as the time.
func schedule(clips []clip, seed uint64) []clip {
	if len(clips) == 0 {
		return nil
	}
	random := rand.New(rand.NewPCG(seed, hash(clips[0].recording.Device.Serial)))
	days := int(endDay.Sub(firstDay).Hours() / 24)
	taken := make(map[time.Time]bool, len(clips))
	for i := range clips {
		t := momentOf(random, firstDay.AddDate(0, 0, random.IntN(days)))
		for taken[t] {
			t = t.Add(time.Second)
		}
		taken[t] = true
		clips[i].recording.Time = t
	}
	inOrderOfTime(clips)
	return clips
}

// momentOf picks a second of the day, weighed by how much is said in its hour.
func momentOf(random *rand.Rand, day time.Time) time.Time {
	weights := weekday
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		weights = weekend
	}
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at, hour := random.IntN(sum), 0
	for at >= weights[hour] {
		at -= weights[hour]
		hour++
	}
	return day.Add(time.Duration(hour)*time.Hour + time.Duration(random.IntN(3600))*time.Second)
}

func inOrderOfTime(clips []clip) {
	slices.SortStableFunc(clips, func(a, b clip) int {
		return cmp.Or(a.recording.Time.Compare(b.recording.Time),
			cmp.Compare(a.recording.Device.Serial, b.recording.Device.Serial))
	})
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}
