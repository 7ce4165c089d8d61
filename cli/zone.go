package cli

import (
	"os"
	"strings"
	"time"
	_ "time/tzdata" // zones are known where the system has no list of them, as on Windows
)

// systemZone is the system's time zone, under its IANA name where that can be found out: a request
// for deletion names its days by it. Go calls the zone of /etc/localtime just "Local", but that
// is a link to the zone's file on most systems.
func systemZone() *time.Location {
	name := time.Local.String()
	if name == "Local" {
		name, _ = os.Readlink("/etc/localtime") // where there is none, the name stays empty
	}
	if _, zone, isPath := strings.Cut(name, "zoneinfo/"); isPath {
		name = zone
	}
	zone, err := time.LoadLocation(name)
	if name == "" || err != nil {
		return time.Local
	}
	return zone
}
