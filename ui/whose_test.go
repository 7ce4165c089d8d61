package ui

import (
	"testing"
	"time"
)

// What two people at one maker were handed out, made up, and a table that does not tell whose it is.
const (
	annaTable = "Timestamp,Device Name,Record Key,Transcript\n" +
		"2025-02-01T10:00:00Z,Kitchen,AAAAAAAA1111#1738404000000#TYPE#G0KITCHEN,play some jazz\n"
	benTable = "Timestamp,Device Name,Record Key,Transcript\n" +
		"2025-02-01T11:00:00Z,Kitchen,BBBBBBBB2222#1738407600000#TYPE#G0KITCHENB,stop the music\n"
	whoseTable = "Timestamp,Device Name,Transcript\n2025-02-05T11:00:00Z,Kitchen,what time is it\n"
)

// One person never notices that there are accounts. Where there are two, the screen says whose, and asks whose.
func TestWhoseHistory(t *testing.T) {
	sitDown(t, nil, func(u *user) {
		u.imports("anna.csv", annaTable)
		u.press("esc")
		u.seesNot("…1111")
		u.press("i")
		u.imports("ben.csv", benTable)
		u.press("esc")
		u.sees("Kitchen (…1111)")
		u.press("f")
		u.sees("Account", "…1111", "…2222")
		u.press("esc", "i")
		u.choose("whose.csv", whoseTable)
		u.sees("Whose history is it?", "several accounts at Amazon", "1 …1111", "2 …2222", "n another person's")
		u.isWhole("the question")
		u.press("2")
		u.sees("Whose history is it?")
		u.pass(time.Second)
		u.press("2")
		u.sees("Imported · whose.csv")
		u.press("esc")
		u.terminal(120, 36)
		u.sees("2 accounts: 3 recordings")

		u.press("i")
		u.choose("whose2.csv", whoseTable)
		u.pass(time.Second)
		u.press("n")
		u.sees("Whose history is it?", "A name for the account")
		u.write("Carl")
		u.press("enter")
		u.sees("Imported · whose2.csv")
		u.press("esc")
		u.sees("3 accounts: 4 rec")
	})
}
