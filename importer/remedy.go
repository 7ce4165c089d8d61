package importer

import "unsaid/store"

// Mappings returns the alternative values of [Options.Map] that mend a table with this remedy, nil if none
// does. COLUMN stands for the name of a column.
func Mappings(r store.Remedy) []string {
	switch r {
	case store.NameColumns:
		return []string{"time=COLUMN,text=COLUMN"}
	case store.NameTimeColumn:
		return []string{"time=COLUMN"}
	case store.NameTextColumn:
		return []string{"text=COLUMN"}
	case store.OrderDates:
		return []string{mapDates + "=" + MonthFirst, mapDates + "=" + DayFirst}
	}
	return nil
}
