package domaintest

import "minglu/domain/calendar"

// Day is the day of a text YYYY-MM-DD. It panics on what is no day.
func Day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Workdays is a calendar of working days that was published for some years only,
// so that a period which leaves them has none to be counted by.
func Workdays(years ...int) calendar.Calendar {
	published := map[int]calendar.Year{}
	for _, y := range years {
		year, ok := calendar.Default().Year(y)
		if !ok {
			panic("no calendar is known of the year asked for")
		}
		published[y] = year
	}
	c, err := calendar.New("test", published)
	if err != nil {
		panic(err)
	}
	return c
}
